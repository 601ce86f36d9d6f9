package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.VectorRegisters;
import dev.trapgate.emulator.cpu.decode.Operand;

/**
 * An operand that is an XMM register or memory. What is read from memory is brought into
 * {@link VectorRegisters#OPERAND}, so that instructions know registers alone.
 */
@FunctionalInterface
interface VectorOperand {

    /** {@return the number of the register that has the operand} Narrow memory leaves zeros above it. */
    int fetch(Core core);

    /** What is demanded of the address of 16 bytes. */
    enum Alignment {
        /** A multiple of 16, else #GP(0). */
        DEMANDED,
        /** None: the instructions with a U in their names. */
        NONE
    }

    /** {@return an operand to read; one of 16 bytes in memory must be aligned} */
    static VectorOperand of(Operand operand, CodeKind kind) {
        return of(operand, kind, Alignment.DEMANDED);
    }

    /** {@return an operand to read} */
    static VectorOperand of(Operand operand, CodeKind kind, Alignment alignment) {
        if (operand instanceof Operand.VectorRegister register) {
            int number = register.number();
            return core -> number;
        }
        Operand.Memory memory = (Operand.Memory) operand;
        Address address = Address.of(memory, kind);
        if (memory.bits() < 128) {
            int size = memory.bits() / 8;
            return core -> narrow(core, core.memory.read(address.linear(core), size));
        }
        return alignment == Alignment.DEMANDED
                ? core -> wide(core, aligned(core, address.linear(core)))
                : core -> wide(core, address.linear(core));
    }

    private static int narrow(Core core, long value) {
        core.vectors.set(VectorRegisters.OPERAND, value, 0);
        return VectorRegisters.OPERAND;
    }

    private static int wide(Core core, long linear) {
        long low = core.memory.read64(linear);
        core.vectors.set(VectorRegisters.OPERAND, low, core.memory.read64(further(core, linear)));
        return VectorRegisters.OPERAND;
    }

    /** {@return an address, which is a multiple of 16} */
    static long aligned(Core core, long linear) {
        if ((linear & 15) != 0) {
            throw core.raise(Vector.GP);
        }
        return linear;
    }

    private static long further(Core core, long linear) {
        return core.kind() == CodeKind.BITS_64 ? linear + 8 : linear + 8 & 0xffff_ffffL;
    }

    /** {@return a step that writes 16 bytes of a register to memory} */
    static Step store(Operand.Memory memory, int register, CodeKind kind, Alignment alignment) {
        Address address = Address.of(memory, kind);
        if (alignment == Alignment.DEMANDED) {
            return core -> store(core, aligned(core, address.linearForWrite(core)), register);
        }
        return core -> {
            long linear = address.linearForWrite(core);
            if ((linear & PageFrames.PAGE_MASK) > PageFrames.PAGE_SIZE - 16) {
                core.memory.probeWrite(linear, 16);
            }
            store(core, linear, register);
        };
    }

    private static void store(Core core, long linear, int register) {
        core.memory.write64(linear, core.vectors.low(register));
        core.memory.write64(further(core, linear), core.vectors.high(register));
    }

    /** {@return the number of an operand that can only be a register} */
    static int number(Operand operand) {
        return ((Operand.VectorRegister) operand).number();
    }
}
