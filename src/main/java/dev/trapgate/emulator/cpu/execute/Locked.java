package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;

/** Changes of memory that no other processor can come between. */
final class Locked {

    /** Makes the new value of the old one; may be asked more than once. */
    @FunctionalInterface
    interface Change {
        long of(Core core, long old);
    }

    /** Does something with the value that was replaced. */
    @FunctionalInterface
    interface Use {
        void of(Core core, long old);
    }

    private static final int PAIR_ALIGNMENT = 15;

    private Locked() {}

    static Step update(Operand.Memory memory, CodeKind kind, Change change) {
        Address address = Address.of(memory, kind);
        int size = memory.bits() / 8;
        return core -> core.memory.update(address.linearForWrite(core), size, old -> change.of(core, old));
    }

    /** Changes memory, and does something with what was there. */
    static Step exchange(Operand.Memory memory, CodeKind kind, Change change, Use use) {
        Address address = Address.of(memory, kind);
        int size = memory.bits() / 8;
        return core -> {
            long linear = address.linearForWrite(core);
            long replaced = core.memory.exchange(linear, size, old -> change.of(core, old));
            use.of(core, replaced);
        };
    }

    /**
     * CMPXCHG8B and CMPXCHG16B: the latter, on an address that is not a multiple of 16, is #GP(0). Its halves are exchanged
     * one after the other, which excludes only its like.
     */
    static Step cmpxchg8b(DecodedInstruction decoded, CodeKind kind) {
        Operand.Memory memory = (Operand.Memory) decoded.operand(0);
        Address address = Address.of(memory, kind);
        if (memory.bits() == 128) {
            return core -> {
                long linear = address.linearForWrite(core);
                if ((linear & PAIR_ALIGNMENT) != 0) {
                    throw core.raise(Vector.GP);
                }
                cmpxchg16b(core, linear);
            };
        }
        return core -> {
            GeneralRegisters registers = core.registers;
            long expected = registers.get32(GeneralRegisters.RDX) << 32 | registers.get32(GeneralRegisters.RAX);
            long wanted = registers.get32(GeneralRegisters.RCX) << 32 | registers.get32(GeneralRegisters.RBX);
            long found = core.memory.exchange(address.linearForWrite(core), 8, old -> old == expected ? wanted : old);
            core.flags.setZero(found == expected);
            if (found != expected) {
                registers.set32(GeneralRegisters.RAX, found);
                registers.set32(GeneralRegisters.RDX, found >>> 32);
            }
        };
    }

    private static void cmpxchg16b(Core core, long linear) {
        GeneralRegisters registers = core.registers;
        synchronized (Locked.class) {
            long low = core.memory.readForUpdate(linear, 8);
            long high = core.memory.readForUpdate(linear + 8, 8);
            boolean equal = low == registers.get(GeneralRegisters.RAX) && high == registers.get(GeneralRegisters.RDX);
            core.flags.setZero(equal);
            if (equal) {
                core.memory.write64(linear, registers.get(GeneralRegisters.RBX));
                core.memory.write64(linear + 8, registers.get(GeneralRegisters.RCX));
            } else {
                registers.set(GeneralRegisters.RAX, low);
                registers.set(GeneralRegisters.RDX, high);
            }
        }
    }
}
