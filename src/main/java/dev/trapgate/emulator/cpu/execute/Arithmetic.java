package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;

/** Addition, subtraction, logic and comparison (SDM vol. 2, under the mnemonics). */
final class Arithmetic {

    /** A result of two values, and its flags. */
    @FunctionalInterface
    interface Binary {
        long apply(StatusFlags flags, long a, long b, int shift);
    }

    /** A result of one value, and its flags. */
    @FunctionalInterface
    interface Unary {
        long apply(StatusFlags flags, long a, int shift);
    }

    private Arithmetic() {}

    /** {@return a step that replaces the first operand by a result of both} */
    static Step binary(DecodedInstruction decoded, CodeKind kind, Binary operation) {
        int shift = 64 - decoded.operandBits();
        Source second = Places.source(decoded.operand(1), kind);
        if (decoded.locked()) {
            Operand.Memory memory = (Operand.Memory) decoded.operand(0);
            return Locked.update(memory, kind, (core, a) -> operation.apply(core.flags, a, second.get(core), shift));
        }
        Place first = Places.place(decoded.operand(0), kind);
        return core -> {
            long a = first.getForUpdate(core);
            first.set(core, operation.apply(core.flags, a, second.get(core), shift));
        };
    }

    /** {@return a step that keeps only the flags of a result of both operands} */
    static Step comparison(DecodedInstruction decoded, CodeKind kind, Binary operation) {
        int shift = 64 - decoded.operandBits();
        Source first = Places.source(decoded.operand(0), kind);
        Source second = Places.source(decoded.operand(1), kind);
        return core -> operation.apply(core.flags, first.get(core), second.get(core), shift);
    }

    /** {@return a step that replaces its operand by a result of it} */
    static Step unary(DecodedInstruction decoded, CodeKind kind, Unary operation) {
        int shift = 64 - decoded.operandBits();
        if (decoded.locked()) {
            Operand.Memory memory = (Operand.Memory) decoded.operand(0);
            return Locked.update(memory, kind, (core, a) -> operation.apply(core.flags, a, shift));
        }
        Place place = Places.place(decoded.operand(0), kind);
        return core -> place.set(core, operation.apply(core.flags, place.getForUpdate(core), shift));
    }

    /** XADD: the sum to the first operand, what was there to the second. */
    static Step xadd(DecodedInstruction decoded, CodeKind kind) {
        int shift = 64 - decoded.operandBits();
        Place second = Places.place(decoded.operand(1), kind);
        if (decoded.operand(0) instanceof Operand.Memory memory) {
            return Locked.exchange(
                    memory,
                    kind,
                    (core, a) -> core.flags.add(a, second.get(core), shift),
                    (core, a) -> second.set(core, a));
        }
        Place first = Places.place(decoded.operand(0), kind);
        return core -> {
            long a = first.get(core);
            long sum = core.flags.add(a, second.get(core), shift);
            second.set(core, a);
            first.set(core, sum);
        };
    }

    /** CMPXCHG: a destination in memory is written in any case. */
    static Step cmpxchg(DecodedInstruction decoded, CodeKind kind) {
        int bits = decoded.operandBits();
        int shift = 64 - bits;
        long mask = Places.mask(bits);
        Source second = Places.source(decoded.operand(1), kind);
        Place accumulator = Places.place(new Operand.Register(GeneralRegisters.RAX, bits, Operand.Part.LOW), kind);
        if (decoded.operand(0) instanceof Operand.Memory memory) {
            return Locked.exchange(
                    memory,
                    kind,
                    (core, a) -> (core.flags.sub(accumulator.get(core), a, shift) & mask) == 0 ? second.get(core) : a,
                    (core, a) -> {
                        if (!core.flags.zero()) {
                            accumulator.set(core, a);
                        }
                    });
        }
        Place first = Places.place(decoded.operand(0), kind);
        return core -> {
            long a = first.get(core);
            core.flags.sub(accumulator.get(core), a, shift);
            if (core.flags.zero()) {
                first.set(core, second.get(core));
            } else {
                accumulator.set(core, a);
            }
        };
    }
}
