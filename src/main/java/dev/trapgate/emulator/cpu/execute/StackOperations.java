package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.RaisedFault;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;

/** PUSH and POP in all their forms, ENTER and LEAVE (SDM vol. 2). */
final class StackOperations {

    private static final int RSP = GeneralRegisters.RSP;
    private static final int RBP = GeneralRegisters.RBP;
    private static final int MOST_LEVELS = 31;

    /** What POPF may change at CPL 3; the rest it drops silently. */
    private static final long POPPED = StatusFlags.ALL | Flags.TF | Flags.DF | Flags.NT | Flags.AC | Flags.ID;

    private StackOperations() {}

    static Step push(DecodedInstruction decoded, CodeKind kind) {
        int size = decoded.operandBits() / 8;
        Operand operand = decoded.operand(0);
        if (operand instanceof Operand.Register register && size >= 4) {
            int number = register.number();
            String name = GeneralRegisters.name(number);
            return size == 8
                    ? core -> core.push64(core.registers.get(number), name)
                    : core -> core.push32(core.registers.get(number), name);
        }
        if (operand instanceof Operand.SegmentOperand segment && size == 4) {
            // Intel's processors write only the selector's two bytes, AMD's clear the two above.
            return core -> {
                int written = core.cpu.vendor() == Vendor.INTEL ? 2 : 4;
                core.poke(-4, written, core.segment(segment.segment()).selector());
                core.setStackPointer(core.stackPointer(-4));
            };
        }
        Source source = Places.source(operand, kind);
        return core -> core.push(source.get(core), size);
    }

    static Step pop(DecodedInstruction decoded, CodeKind kind) {
        int size = decoded.operandBits() / 8;
        Operand operand = decoded.operand(0);
        if (operand instanceof Operand.SegmentOperand segment) {
            return core -> {
                int selector = (int) core.peek(0, size) & 0xffff;
                Segments.load(core, segment.segment(), selector);
                core.setStackPointer(core.stackPointer(size));
            };
        }
        if (operand instanceof Operand.Memory memory) {
            return popToMemory(Address.of(memory, kind), size);
        }
        Operand.Register register = (Operand.Register) operand;
        int number = register.number();
        String name = GeneralRegisters.name(number);
        return switch (size) {
            case 8 -> core -> core.registers.set(number, core.pop64(name));
            case 4 -> core -> core.registers.set(number, core.pop32(name));
            default -> core -> core.registers.set16(number, (int) core.pop(size));
        };
    }

    /** An address by the stack pointer is that of after the POP. */
    private static Step popToMemory(Address address, int size) {
        return core -> {
            long before = core.registers.get(RSP);
            long value = core.pop(size);
            try {
                core.memory.write(address.linearForWrite(core), size, value);
            } catch (RaisedFault fault) {
                core.registers.set(RSP, before);
                throw fault;
            }
        };
    }

    static Step pushFlags(DecodedInstruction decoded) {
        int size = decoded.operandBits() / 8;
        return core -> core.push(core.rflags() & ~(Flags.RF | Flags.VM), size);
    }

    static Step popFlags(DecodedInstruction decoded) {
        int size = decoded.operandBits() / 8;
        long taken = size == 2 ? POPPED & 0xffff : POPPED;
        return core -> {
            long value = core.pop(size);
            core.setRflags((core.rflags() & ~taken & ~Flags.RF) | (value & taken));
            core.leave();
        };
    }

    static Step pushAll(DecodedInstruction decoded) {
        int size = decoded.operandBits() / 8;
        return core -> {
            for (int register = GeneralRegisters.RDI; register >= 0; register--) {
                core.poke((-1L - register) * size, size, core.registers.get(register));
            }
            core.setStackPointer(core.stackPointer(-8L * size));
        };
    }

    static Step popAll(DecodedInstruction decoded) {
        int size = decoded.operandBits() / 8;
        return core -> {
            long[] values = new long[8];
            for (int register = 0; register < values.length; register++) {
                values[register] = core.peek((7L - register) * size, size);
            }
            for (int register = 0; register < values.length; register++) {
                if (register != RSP && size == 2) {
                    core.registers.set16(register, (int) values[register]);
                } else if (register != RSP) {
                    core.registers.set32(register, values[register]);
                }
            }
            core.setStackPointer(core.stackPointer(8L * size));
        };
    }

    static Step leave(DecodedInstruction decoded) {
        int size = decoded.operandBits() / 8;
        return core -> {
            long before = core.registers.get(RSP);
            core.registers.set(RSP, core.registers.get(RBP));
            long value;
            try {
                value = core.pop(size);
            } catch (RaisedFault fault) {
                core.registers.set(RSP, before);
                throw fault;
            }
            setFramePointer(core, size, value);
        };
    }

    private static void setFramePointer(Core core, int size, long value) {
        if (size == 2) {
            core.registers.set16(RBP, (int) value);
        } else {
            core.registers.set(RBP, value);
        }
    }

    /** The frames of the levels around are copied; in the end the new top of the stack must be writable. */
    static Step enter(DecodedInstruction decoded) {
        int size = decoded.operandBits() / 8;
        long space = ((Operand.Immediate) decoded.operand(0)).value();
        int level = (int) ((Operand.Immediate) decoded.operand(1)).value() & MOST_LEVELS;
        return core -> {
            long mask = core.kind() == CodeKind.BITS_64 ? -1 : 0xffff_ffffL;
            long frame = core.registers.get(RBP);
            core.poke(-size, size, frame);
            long newFrame = core.stackPointer(-size);
            long depth = -size;
            for (int i = 1; i < level; i++) {
                long from = (frame - (long) i * size & mask) - core.registers.get(RSP);
                depth -= size;
                core.poke(depth, size, core.peek(from, size));
            }
            if (level > 0) {
                depth -= size;
                core.poke(depth, size, newFrame);
            }
            depth -= space;
            core.memory.readForUpdate(core.stackPointer(depth), size);
            core.setStackPointer(core.stackPointer(depth));
            setFramePointer(core, size, newFrame);
        };
    }
}
