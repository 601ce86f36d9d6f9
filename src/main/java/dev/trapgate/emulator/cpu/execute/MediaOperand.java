package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.Operand;

/** An operand that is an MMX register or memory. */
@FunctionalInterface
interface MediaOperand {

    /** {@return its value} */
    long fetch(Core core);

    /** {@return an operand to read} */
    static MediaOperand of(Operand operand, CodeKind kind) {
        if (operand instanceof Operand.MediaRegister register) {
            int number = register.number();
            return core -> core.x87.media(number);
        }
        Operand.Memory memory = (Operand.Memory) operand;
        Address address = Address.of(memory, kind);
        int size = memory.bits() / 8;
        return core -> core.memory.read(address.linear(core), size);
    }

    /** {@return a step that is an MMX instruction: an x87 exception that waits comes first} */
    static Step step(Step rest) {
        return core -> {
            check(core);
            rest.execute(core);
            core.x87.enterMedia();
        };
    }

    /** Raises an x87 exception that waits. */
    static void check(Core core) {
        if (core.x87.hasError()) {
            throw core.raise(Vector.MF);
        }
    }

    /** {@return whether an instruction's destination or source is an MMX register} */
    static boolean isIn(Operand... operands) {
        for (Operand operand : operands) {
            if (operand instanceof Operand.MediaRegister) {
                return true;
            }
        }
        return false;
    }

    /** {@return the number of an operand that can only be a register} */
    static int number(Operand operand) {
        return ((Operand.MediaRegister) operand).number();
    }
}
