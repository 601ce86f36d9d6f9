package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;

/** Data movement that leaves the flags alone (SDM vol. 2, MOV, MOVZX, MOVSX, CMOVcc, XCHG, LEA, XLAT, CBW, CWD). */
final class Moves {

    private static final int RAX = GeneralRegisters.RAX;
    private static final int RDX = GeneralRegisters.RDX;

    private Moves() {}

    static Step mov(DecodedInstruction decoded, CodeKind kind) {
        Operand to = decoded.operand(0);
        if (to instanceof Operand.SegmentOperand segment) {
            return Segments.load(segment.segment(), Places.source(decoded.operand(1), kind));
        }
        if (to instanceof Operand.Memory memory && decoded.operand(1) instanceof Operand.SegmentOperand) {
            to = resized(memory, 16);
        }
        Place place = Places.place(to, kind);
        Source source = Places.source(decoded.operand(1), kind);
        return core -> place.set(core, source.get(core));
    }

    static Operand.Memory resized(Operand.Memory memory, int bits) {
        return new Operand.Memory(
                memory.segment(),
                memory.base(),
                memory.index(),
                memory.scale(),
                memory.displacement(),
                memory.addressBits(),
                bits);
    }

    static Step zeroExtend(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        Source from = Places.source(decoded.operand(1), kind);
        return core -> to.set(core, from.get(core));
    }

    static Step signExtend(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        Source from = Places.source(decoded.operand(1), kind);
        int shift = 64 - decoded.operand(1).bits();
        return core -> to.set(core, from.get(core) << shift >> shift);
    }

    /** The source is read, and a 32-bit destination loses its upper half, whether the condition holds or not. */
    static Step ifCondition(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        Source from = Places.source(decoded.operand(1), kind);
        int condition = decoded.condition();
        return core -> {
            long value = from.get(core);
            to.set(core, core.flags.test(condition) ? value : to.get(core));
        };
    }

    static Step setByCondition(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        int condition = decoded.condition();
        return core -> to.set(core, core.flags.test(condition) ? 1 : 0);
    }

    /** With memory it is locked, prefix or not. */
    static Step exchange(DecodedInstruction decoded, CodeKind kind) {
        Place second = Places.place(decoded.operand(1), kind);
        if (decoded.operand(0) instanceof Operand.Memory memory) {
            return Locked.exchange(memory, kind, (core, old) -> second.get(core), second::set);
        }
        Place first = Places.place(decoded.operand(0), kind);
        return core -> {
            long value = first.get(core);
            first.set(core, second.get(core));
            second.set(core, value);
        };
    }

    static Step effectiveAddress(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        Address address = Address.of((Operand.Memory) decoded.operand(1), kind);
        return core -> to.set(core, address.offset(core));
    }

    static Step translate(DecodedInstruction decoded, CodeKind kind) {
        long mask = Places.mask(decoded.addressBits());
        var segment = decoded.segment();
        boolean counts = Address.counts(segment, kind);
        return core -> {
            long offset = core.registers.get(GeneralRegisters.RBX) + core.registers.get8(RAX) & mask;
            long linear = counts ? core.linear(segment, offset, 1) : offset;
            core.registers.set8(RAX, (int) core.memory.read8(linear));
        };
    }

    /** CBW, CWDE, CDQE. */
    static Step widenAccumulator(DecodedInstruction decoded) {
        return switch (decoded.operandBits()) {
            case 16 -> core -> core.registers.set16(RAX, (byte) core.registers.get(RAX));
            case 32 -> core -> core.registers.set32(RAX, (short) core.registers.get(RAX));
            default -> core -> core.registers.set(RAX, core.registers.get(RAX) << 32 >> 32);
        };
    }

    /** CWD, CDQ, CQO. */
    static Step fillWithSign(DecodedInstruction decoded) {
        return switch (decoded.operandBits()) {
            case 16 -> core -> core.registers.set16(RDX, (short) core.registers.get(RAX) >> 15);
            case 32 -> core -> core.registers.set32(RDX, (int) core.registers.get(RAX) >> 31);
            default -> core -> core.registers.set(RDX, core.registers.get(RAX) >> 63);
        };
    }
}
