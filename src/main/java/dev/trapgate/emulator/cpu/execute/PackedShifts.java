package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import org.jspecify.annotations.Nullable;

/** Shifts of MMX and XMM registers, by a constant or by a count in another (SDM vol. 2, PSLL, PSRL, PSRA, PSLLDQ, PSRLDQ). */
final class PackedShifts {

    /** What becomes of 64 bits that are shifted by 0 or more. */
    private interface Half {
        long of(long value, long count);
    }

    private PackedShifts() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case PSLLW -> step(decoded, kind, (value, count) -> left(value, count, 16));
            case PSLLD -> step(decoded, kind, (value, count) -> left(value, count, 32));
            case PSLLQ -> step(decoded, kind, (value, count) -> left(value, count, 64));
            case PSRLW -> step(decoded, kind, (value, count) -> right(value, count, 16));
            case PSRLD -> step(decoded, kind, (value, count) -> right(value, count, 32));
            case PSRLQ -> step(decoded, kind, (value, count) -> right(value, count, 64));
            case PSRAW -> step(decoded, kind, (value, count) -> signed(value, count, 16));
            case PSRAD -> step(decoded, kind, (value, count) -> signed(value, count, 32));
            case PSLLDQ -> leftByBytes(decoded);
            case PSRLDQ -> rightByBytes(decoded);
            default -> null;
        };
    }

    private static Step step(DecodedInstruction decoded, CodeKind kind, Half half) {
        if (decoded.operand(0) instanceof Operand.MediaRegister register) {
            return media(decoded, kind, register.number(), half);
        }
        int to = VectorOperand.number(decoded.operand(0));
        if (decoded.operand(1) instanceof Operand.Immediate immediate) {
            long count = immediate.value() & 0xff;
            return core -> shift(core, to, count, half);
        }
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> shift(core, to, core.vectors.low(source.fetch(core)), half);
    }

    private static void shift(Core core, int to, long count, Half half) {
        core.vectors.set(to, half.of(core.vectors.low(to), count), half.of(core.vectors.high(to), count));
    }

    private static Step media(DecodedInstruction decoded, CodeKind kind, int to, Half half) {
        if (decoded.operand(1) instanceof Operand.Immediate immediate) {
            long count = immediate.value() & 0xff;
            return MediaOperand.step(core -> core.x87.setMedia(to, half.of(core.x87.media(to), count)));
        }
        MediaOperand source = MediaOperand.of(decoded.operand(1), kind);
        return MediaOperand.step(core -> core.x87.setMedia(to, half.of(core.x87.media(to), source.fetch(core))));
    }

    private static boolean isWithin(long count, int width) {
        return count >= 0 && count < width;
    }

    /** {@return a mask in every lane} */
    private static long repeated(long mask, int width) {
        return switch (width) {
            case 16 -> (mask & 0xffff) * 0x1_0001_0001_0001L;
            case 32 -> (mask & 0xffff_ffffL) * 0x1_0000_0001L;
            default -> mask;
        };
    }

    private static long left(long value, long count, int width) {
        return isWithin(count, width) ? value << count & repeated(-1L << count, width) : 0;
    }

    private static long right(long value, long count, int width) {
        return isWithin(count, width) ? value >>> count & repeated(-1L >>> (64 - width) >>> count, width) : 0;
    }

    private static long signed(long value, long count, int width) {
        int by = isWithin(count, width) ? (int) count : width - 1;
        return Lanes.signed(value, 0, width, (lane, none) -> lane >> by);
    }

    private static Step leftByBytes(DecodedInstruction decoded) {
        int to = VectorOperand.number(decoded.operand(0));
        int bits = 8 * (int) (((Operand.Immediate) decoded.operand(1)).value() & 0xff);
        return core -> {
            long low = core.vectors.low(to);
            long high = core.vectors.high(to);
            core.vectors.set(
                    to,
                    left(low, bits, 64),
                    left(high, bits, 64) | right(low, 64 - bits, 64) | left(low, bits - 64, 64));
        };
    }

    private static Step rightByBytes(DecodedInstruction decoded) {
        int to = VectorOperand.number(decoded.operand(0));
        int bits = 8 * (int) (((Operand.Immediate) decoded.operand(1)).value() & 0xff);
        return core -> {
            long low = core.vectors.low(to);
            long high = core.vectors.high(to);
            core.vectors.set(
                    to,
                    right(low, bits, 64) | left(high, 64 - bits, 64) | right(high, bits - 64, 64),
                    right(high, bits, 64));
        };
    }
}
