package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.execute.VectorOperand.Alignment;
import org.jspecify.annotations.Nullable;

/** Moves to, from and between XMM and MMX registers (SDM vol. 2, under the mnemonics). */
final class VectorMoves {

    private VectorMoves() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case MOVAPS, MOVAPD, MOVDQA, MOVNTPS, MOVNTPD, MOVNTDQ -> whole(decoded, kind, Alignment.DEMANDED);
            case MOVUPS, MOVUPD, MOVDQU -> whole(decoded, kind, Alignment.NONE);
            case MOVSS, MOVSD -> scalar(decoded, kind);
            case MOVLPS, MOVLPD -> lower(decoded, kind);
            case MOVHPS, MOVHPD -> upper(decoded, kind);
            case MOVHLPS -> registers(decoded, (core, to, from) -> core.vectors.setLow(to, core.vectors.high(from)));
            case MOVLHPS -> registers(decoded, (core, to, from) -> core.vectors.setHigh(to, core.vectors.low(from)));
            case MOVD -> general(decoded, kind);
            case MOVQ, MOVNTQ -> quadword(decoded, kind);
            case MOVQ2DQ -> toVector(decoded);
            case MOVDQ2Q -> toMedia(decoded);
            case MASKMOVDQU, MASKMOVQ -> masked(decoded, kind);
            default -> null;
        };
    }

    private interface Move {
        void of(Core core, int to, int from);
    }

    private static Step registers(DecodedInstruction decoded, Move move) {
        int to = VectorOperand.number(decoded.operand(0));
        int from = VectorOperand.number(decoded.operand(1));
        return core -> move.of(core, to, from);
    }

    private static Step whole(DecodedInstruction decoded, CodeKind kind, Alignment alignment) {
        if (decoded.operand(0) instanceof Operand.Memory memory) {
            return VectorOperand.store(memory, VectorOperand.number(decoded.operand(1)), kind, alignment);
        }
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind, alignment);
        return core -> {
            int from = source.fetch(core);
            core.vectors.set(to, core.vectors.low(from), core.vectors.high(from));
        };
    }

    /** From memory, the rest of the register becomes zero; from a register it stays. */
    private static Step scalar(DecodedInstruction decoded, CodeKind kind) {
        if (decoded.operand(0) instanceof Operand.Memory) {
            return storeLow(decoded, kind);
        }
        if (decoded.operand(1) instanceof Operand.Memory) {
            return load(decoded, kind);
        }
        return decoded.operand(0).bits() == 32
                ? registers(decoded, (core, to, from) -> core.vectors.setLow32(to, core.vectors.low(from)))
                : registers(decoded, (core, to, from) -> core.vectors.setLow(to, core.vectors.low(from)));
    }

    /** All of the register, zeros where the source is narrower. */
    private static Step load(DecodedInstruction decoded, CodeKind kind) {
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> core.vectors.set(to, core.vectors.low(source.fetch(core)), 0);
    }

    private static Step storeLow(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        int from = VectorOperand.number(decoded.operand(1));
        return core -> to.set(core, core.vectors.low(from));
    }

    private static Step lower(DecodedInstruction decoded, CodeKind kind) {
        if (decoded.operand(0) instanceof Operand.Memory) {
            return storeLow(decoded, kind);
        }
        int to = VectorOperand.number(decoded.operand(0));
        Source source = Places.source(decoded.operand(1), kind);
        return core -> core.vectors.setLow(to, source.get(core));
    }

    private static Step upper(DecodedInstruction decoded, CodeKind kind) {
        if (decoded.operand(0) instanceof Operand.Memory) {
            Place to = Places.place(decoded.operand(0), kind);
            int from = VectorOperand.number(decoded.operand(1));
            return core -> to.set(core, core.vectors.high(from));
        }
        int to = VectorOperand.number(decoded.operand(0));
        Source source = Places.source(decoded.operand(1), kind);
        return core -> core.vectors.setHigh(to, source.get(core));
    }

    /** MOVD, and with REX.W MOVQ: to or from a general register or memory. */
    private static Step general(DecodedInstruction decoded, CodeKind kind) {
        if (decoded.operand(0) instanceof Operand.VectorRegister to) {
            Source source = Places.source(decoded.operand(1), kind);
            return core -> core.vectors.set(to.number(), source.get(core), 0);
        }
        if (decoded.operand(1) instanceof Operand.VectorRegister) {
            return storeLow(decoded, kind);
        }
        if (decoded.operand(0) instanceof Operand.MediaRegister to) {
            Source source = Places.source(decoded.operand(1), kind);
            return MediaOperand.step(core -> core.x87.setMedia(to.number(), source.get(core)));
        }
        Place to = Places.place(decoded.operand(0), kind);
        int from = MediaOperand.number(decoded.operand(1));
        return MediaOperand.step(core -> to.set(core, core.x87.media(from)));
    }

    private static Step quadword(DecodedInstruction decoded, CodeKind kind) {
        if (MediaOperand.isIn(decoded.operand(0))) {
            int to = MediaOperand.number(decoded.operand(0));
            MediaOperand source = MediaOperand.of(decoded.operand(1), kind);
            return MediaOperand.step(core -> core.x87.setMedia(to, source.fetch(core)));
        }
        if (MediaOperand.isIn(decoded.operand(1))) {
            Place to = Places.place(decoded.operand(0), kind);
            int from = MediaOperand.number(decoded.operand(1));
            return MediaOperand.step(core -> to.set(core, core.x87.media(from)));
        }
        return decoded.operand(0) instanceof Operand.Memory ? storeLow(decoded, kind) : load(decoded, kind);
    }

    private static Step toVector(DecodedInstruction decoded) {
        int to = VectorOperand.number(decoded.operand(0));
        int from = MediaOperand.number(decoded.operand(1));
        return MediaOperand.step(core -> core.vectors.set(to, core.x87.media(from), 0));
    }

    private static Step toMedia(DecodedInstruction decoded) {
        int to = MediaOperand.number(decoded.operand(0));
        int from = VectorOperand.number(decoded.operand(1));
        return MediaOperand.step(core -> core.x87.setMedia(to, core.vectors.low(from)));
    }

    /** The bytes whose mask byte has its highest bit set go to where rdi is. */
    private static Step masked(DecodedInstruction decoded, CodeKind kind) {
        int bytes = decoded.operand(0).bits() / 8;
        Operand.Memory memory = new Operand.Memory(
                decoded.segment(),
                GeneralRegisters.RDI,
                GeneralRegisters.NONE,
                0,
                0,
                decoded.addressBits(),
                decoded.operand(0).bits());
        Address address = Address.of(memory, kind);
        if (decoded.operand(0) instanceof Operand.MediaRegister from) {
            int mask = MediaOperand.number(decoded.operand(1));
            return MediaOperand.step(core -> {
                long linear = address.linearForWrite(core);
                masked(core, linear, bytes, core.x87.media(from.number()), core.x87.media(mask));
            });
        }
        int from = VectorOperand.number(decoded.operand(0));
        int mask = VectorOperand.number(decoded.operand(1));
        return core -> {
            long linear = address.linearForWrite(core);
            masked(core, linear, 8, core.vectors.low(from), core.vectors.low(mask));
            masked(core, linear + 8, 8, core.vectors.high(from), core.vectors.high(mask));
        };
    }

    private static void masked(Core core, long linear, int bytes, long value, long mask) {
        for (int i = 0; i < bytes; i++) {
            if ((mask >>> (8 * i + 7) & 1) != 0) {
                core.memory.write8(linear + i, value >>> (8 * i));
            }
        }
    }
}
