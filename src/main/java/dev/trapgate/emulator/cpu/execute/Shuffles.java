package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.VectorRegisters;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Instructions that put lanes elsewhere, or make narrower ones (SDM vol. 2, PUNPCK, PACK, PSHUF, SHUFP, PINSRW, MOVMSK). */
final class Shuffles {

    private static final long LOW_32 = 0xffff_ffffL;

    /** What becomes of both operands; {@code from} may be {@code to}. */
    private interface Whole {
        void of(VectorRegisters vectors, int to, int from);
    }

    private Shuffles() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case PUNPCKLBW -> unpackLow(decoded, kind, 8);
            case PUNPCKLWD -> unpackLow(decoded, kind, 16);
            case PUNPCKLDQ, UNPCKLPS -> unpackLow(decoded, kind, 32);
            case PUNPCKHBW -> unpackHigh(decoded, kind, 8);
            case PUNPCKHWD -> unpackHigh(decoded, kind, 16);
            case PUNPCKHDQ, UNPCKHPS -> unpackHigh(decoded, kind, 32);
            case PUNPCKLQDQ, UNPCKLPD -> whole(decoded, kind, (v, to, from) -> v.set(to, v.low(to), v.low(from)));
            case PUNPCKHQDQ, UNPCKHPD -> whole(decoded, kind, (v, to, from) -> v.set(to, v.high(to), v.high(from)));
            case PACKSSWB -> pack(decoded, kind, 16, value -> Lanes.saturate(value, 8));
            case PACKSSDW -> pack(decoded, kind, 32, value -> Lanes.saturate(value, 16));
            case PACKUSWB -> pack(decoded, kind, 16, value -> Lanes.saturateUnsigned(value, 8));
            default -> chosen(decoded, kind);
        };
    }

    private static @Nullable Step chosen(DecodedInstruction decoded, CodeKind kind) {
        int order = decoded.operand(2) instanceof Operand.Immediate immediate ? (int) immediate.value() & 0xff : 0;
        return switch (decoded.operation()) {
            case PSHUFW -> shuffleMedia(decoded, kind, order);
            case PSHUFD -> whole(decoded, kind, (v, to, from) -> shuffle32(v, to, from, from, order));
            case SHUFPS -> whole(decoded, kind, (v, to, from) -> shuffle32(v, to, to, from, order));
            case PSHUFLW ->
                whole(decoded, kind, (v, to, from) -> v.set(to, Lanes.shuffle(v.low(from), order), v.high(from)));
            case PSHUFHW ->
                whole(decoded, kind, (v, to, from) -> v.set(to, v.low(from), Lanes.shuffle(v.high(from), order)));
            case SHUFPD ->
                whole(
                        decoded,
                        kind,
                        (v, to, from) -> v.set(
                                to,
                                (order & 1) == 0 ? v.low(to) : v.high(to),
                                (order & 2) == 0 ? v.low(from) : v.high(from)));
            case PINSRW -> insert(decoded, kind, order);
            case PEXTRW -> extract(decoded, kind, order);
            case PMOVMSKB, MOVMSKPS, MOVMSKPD -> signs(decoded, kind);
            default -> null;
        };
    }

    private static Step whole(DecodedInstruction decoded, CodeKind kind, Whole change) {
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> change.of(core.vectors, to, source.fetch(core));
    }

    private static Step media(DecodedInstruction decoded, CodeKind kind, PackedIntegers.Half change) {
        int to = MediaOperand.number(decoded.operand(0));
        MediaOperand source = MediaOperand.of(decoded.operand(1), kind);
        return MediaOperand.step(core -> core.x87.setMedia(to, change.of(core.x87.media(to), source.fetch(core))));
    }

    private static Step unpackLow(DecodedInstruction decoded, CodeKind kind, int width) {
        if (decoded.operand(0) instanceof Operand.MediaRegister) {
            return media(decoded, kind, (a, b) -> Lanes.interleave(a, b, width));
        }
        return whole(decoded, kind, (v, to, from) -> {
            long a = v.low(to);
            long b = v.low(from);
            v.set(to, Lanes.interleave(a, b, width), Lanes.interleave(a >>> 32, b >>> 32, width));
        });
    }

    private static Step unpackHigh(DecodedInstruction decoded, CodeKind kind, int width) {
        if (decoded.operand(0) instanceof Operand.MediaRegister) {
            return media(decoded, kind, (a, b) -> Lanes.interleave(a >>> 32, b >>> 32, width));
        }
        return whole(decoded, kind, (v, to, from) -> {
            long a = v.high(to);
            long b = v.high(from);
            v.set(to, Lanes.interleave(a, b, width), Lanes.interleave(a >>> 32, b >>> 32, width));
        });
    }

    private static Step pack(DecodedInstruction decoded, CodeKind kind, int width, IntUnaryOperator saturate) {
        if (decoded.operand(0) instanceof Operand.MediaRegister) {
            return media(decoded, kind, (a, b) -> Lanes.pack(a, b, width, saturate));
        }
        return whole(
                decoded,
                kind,
                (v, to, from) -> v.set(
                        to,
                        Lanes.pack(v.low(to), v.high(to), width, saturate),
                        Lanes.pack(v.low(from), v.high(from), width, saturate)));
    }

    private static void shuffle32(VectorRegisters vectors, int to, int lower, int upper, int order) {
        long low = lane32(vectors, lower, order) | lane32(vectors, lower, order >> 2) << 32;
        long high = lane32(vectors, upper, order >> 4) | lane32(vectors, upper, order >> 6) << 32;
        vectors.set(to, low, high);
    }

    private static long lane32(VectorRegisters vectors, int register, int number) {
        long half = (number & 2) == 0 ? vectors.low(register) : vectors.high(register);
        return (number & 1) == 0 ? half & LOW_32 : half >>> 32;
    }

    private static Step shuffleMedia(DecodedInstruction decoded, CodeKind kind, int order) {
        return media(decoded, kind, (a, b) -> Lanes.shuffle(b, order));
    }

    private static Step insert(DecodedInstruction decoded, CodeKind kind, int number) {
        Source source = Places.source(decoded.operand(1), kind);
        int shift = 16 * (number & 3);
        long kept = ~(0xffffL << shift);
        if (decoded.operand(0) instanceof Operand.MediaRegister register) {
            int to = register.number();
            return MediaOperand.step(
                    core -> core.x87.setMedia(to, (core.x87.media(to) & kept) | source.get(core) << shift));
        }
        int to = VectorOperand.number(decoded.operand(0));
        if ((number & 4) == 0) {
            return core -> core.vectors.setLow(to, (core.vectors.low(to) & kept) | source.get(core) << shift);
        }
        return core -> core.vectors.setHigh(to, (core.vectors.high(to) & kept) | source.get(core) << shift);
    }

    private static Step extract(DecodedInstruction decoded, CodeKind kind, int number) {
        Place to = Places.place(decoded.operand(0), kind);
        int shift = 16 * (number & 3);
        if (decoded.operand(1) instanceof Operand.MediaRegister register) {
            int from = register.number();
            return MediaOperand.step(core -> to.set(core, core.x87.media(from) >>> shift & 0xffff));
        }
        int from = VectorOperand.number(decoded.operand(1));
        if ((number & 4) == 0) {
            return core -> to.set(core, core.vectors.low(from) >>> shift & 0xffff);
        }
        return core -> to.set(core, core.vectors.high(from) >>> shift & 0xffff);
    }

    private static Step signs(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        if (decoded.operand(1) instanceof Operand.MediaRegister register) {
            int from = register.number();
            return MediaOperand.step(core -> to.set(core, signs(core.x87.media(from), 8)));
        }
        int from = VectorOperand.number(decoded.operand(1));
        int width =
                switch (decoded.operation()) {
                    case PMOVMSKB -> 8;
                    case MOVMSKPS -> 32;
                    default -> 64;
                };
        int lanes = 64 / width;
        return core ->
                to.set(core, signs(core.vectors.low(from), width) | signs(core.vectors.high(from), width) << lanes);
    }

    private static long signs(long value, int width) {
        if (width == 8) {
            // The product gathers the eight bits in the highest byte; no two of them meet.
            return ((value >>> 7 & 0x0101_0101_0101_0101L) * 0x0102_0408_1020_4080L) >>> 56;
        }
        return width == 32 ? value >>> 63 << 1 | (value >>> 31 & 1) : value >>> 63;
    }
}
