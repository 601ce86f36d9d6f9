package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.LinearMemory;
import dev.trapgate.emulator.cpu.RaisedFault;
import dev.trapgate.emulator.cpu.SegmentRegister;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.VectorRegisters;
import dev.trapgate.emulator.cpu.X87Registers;
import dev.trapgate.emulator.cpu.decode.Segment;
import dev.trapgate.emulator.cpu.floating.SimdArithmetic;

/**
 * The state that a program's instructions change: a processor, with its status flags and instruction pointer in the form in
 * which the instructions like them best. Between {@link #begin} and {@link #end} this form counts.
 */
final class Core {

    private static final long LOW_32 = 0xffff_ffffL;

    /** More than any budget. */
    private static final long LEFT = 1L << 62;

    final Cpu cpu;
    final GeneralRegisters registers;
    final VectorRegisters vectors;
    final X87Registers x87;
    final SimdArithmetic simd;
    final FloatStack stack;
    final LinearMemory memory;
    final StatusFlags flags = new StatusFlags();
    final Block.ChangedException changed = new Block.ChangedException();

    /** Where the program goes on after the instruction that is being executed, if that is not the one after it. */
    long next;

    /** How many more instructions may be executed before somebody else has a say. */
    long budget;

    /** The last instruction loaded SS: no interrupt comes before the next one, which is to load the stack pointer. */
    boolean shadow;

    private final SegmentRegister[] segments;
    private CodeKind kind = CodeKind.BITS_64;

    Core(Cpu cpu) {
        this.cpu = cpu;
        this.registers = cpu.registers();
        this.vectors = cpu.vectors();
        this.x87 = cpu.x87();
        this.stack = new FloatStack(x87);
        this.simd = new SimdArithmetic(vectors);
        this.memory = new LinearMemory(cpu);
        this.segments = new SegmentRegister[] {
            cpu.segments().es(),
            cpu.segments().cs(),
            cpu.segments().ss(),
            cpu.segments().ds(),
            cpu.segments().fs(),
            cpu.segments().gs()
        };
    }

    /** Takes the processor's state over. */
    void begin() {
        memory.begin();
        flags.set(cpu.rflags());
        next = cpu.rip();
        kind = CodeKind.of(cpu);
        shadow = false;
    }

    /** Gives the processor its state back, with the instruction pointer at {@code ip}. */
    void end(long ip) {
        cpu.setRip(ip);
        cpu.setRflags(rflags());
    }

    /** {@return which code is running} */
    CodeKind kind() {
        return kind;
    }

    /** {@return all flags as they are now} */
    long rflags() {
        return (cpu.rflags() & ~StatusFlags.ALL) | flags.get();
    }

    /** Sets the flags, the status flags among them. */
    void setRflags(long value) {
        cpu.setRflags(value);
        flags.set(value);
    }

    /** {@return how far a string instruction moves on: by its size, backward if DF is set} */
    long stride(int size) {
        return (cpu.rflags() & Flags.DF) == 0 ? size : -size;
    }

    /** Lets nothing be executed after this instruction before the state has been looked at anew. */
    void leave() {
        budget -= LEFT;
    }

    /** {@return what is left of the budget, whether somebody has let nothing more be executed or not} */
    long budget() {
        return budget < -LEFT / 2 ? budget + LEFT : budget;
    }

    /** {@return the exception for a fault without an error code, or with an error code of 0} */
    RaisedFault raise(int vector) {
        return memory.fault(Fault.of(vector));
    }

    /** Throws a fault unless it is none. */
    void check(int fault) {
        if (fault != Fault.NONE) {
            throw memory.fault(fault);
        }
    }

    SegmentRegister segment(Segment segment) {
        return segments[segment.number()];
    }

    /** {@return the linear address of an offset that is about to be read, by a segment whose base or limit counts} */
    long linear(Segment segment, long offset, int size) {
        SegmentRegister register = segment(segment);
        if (kind == CodeKind.BITS_64) {
            return register.base() + offset;
        }
        boolean outside = register.isUnusable()
                || !Descriptor.isReadable(register.descriptor())
                || offset + Math.max(size, 1) - 1 > register.limit();
        if (outside) {
            throw raise(segment == Segment.SS ? Vector.SS : Vector.GP);
        }
        return register.base() + offset & LOW_32;
    }

    /** {@return the linear address of an offset that is about to be written, by a segment whose base or limit counts} */
    long linearForWrite(Segment segment, long offset, int size) {
        SegmentRegister register = segment(segment);
        if (kind != CodeKind.BITS_64 && !register.isUnusable() && !Descriptor.isWritableData(register.descriptor())) {
            throw raise(Vector.GP);
        }
        return linear(segment, offset, size);
    }

    /** Goes to an offset in 64-bit code, which must be canonical. */
    void jump64(long target) {
        if (target << 16 >> 16 != target) {
            throw raise(Vector.GP);
        }
        next = target;
    }

    // The stack.

    private long stackAddress(long sp, int size) {
        if (kind == CodeKind.BITS_64) {
            if (sp << 16 >> 16 != sp) {
                throw raise(Vector.SS);
            }
            return sp;
        }
        return kind == CodeKind.FLAT_32 ? sp & LOW_32 : linearForWrite(Segment.SS, sp & LOW_32, size);
    }

    /** {@return the stack pointer after a change} */
    long stackPointer(long change) {
        long sp = registers.get(GeneralRegisters.RSP) + change;
        return kind == CodeKind.BITS_64 ? sp : sp & LOW_32;
    }

    void setStackPointer(long sp) {
        registers.set(GeneralRegisters.RSP, sp);
    }

    // Told to a listener are the pushes and pops of registers and return addresses.

    void push(long value, int size) {
        long sp = stackPointer(-size);
        memory.write(stackAddress(sp, size), size, value);
        setStackPointer(sp);
    }

    void push64(long value, String meaning) {
        long sp = registers.get(GeneralRegisters.RSP) - 8;
        memory.write64(stackAddress(sp, 8), value);
        registers.set(GeneralRegisters.RSP, sp);
        CpuListener listener = cpu.listener();
        if (listener != null) {
            listener.pushed(sp, 8, value, meaning);
        }
    }

    void push32(long value, String meaning) {
        long sp = (registers.get(GeneralRegisters.RSP) - 4) & LOW_32;
        long linear = stackAddress(sp, 4);
        memory.write32(linear, value);
        registers.set(GeneralRegisters.RSP, sp);
        CpuListener listener = cpu.listener();
        if (listener != null) {
            listener.pushed(linear, 4, value & LOW_32, meaning);
        }
    }

    /** {@return what is on the stack at a distance from its top; the stack pointer does not move} */
    long peek(long distance, int size) {
        return memory.read(stackAddress(stackPointer(distance), size), size);
    }

    /** Writes at a distance from the top of the stack; the stack pointer does not move. */
    void poke(long distance, int size, long value) {
        memory.write(stackAddress(stackPointer(distance), size), size, value);
    }

    long pop64(String meaning) {
        long sp = registers.get(GeneralRegisters.RSP);
        long value = memory.read64(stackAddress(sp, 8));
        registers.set(GeneralRegisters.RSP, sp + 8);
        CpuListener listener = cpu.listener();
        if (listener != null) {
            listener.popped(sp, 8, value, meaning);
        }
        return value;
    }

    long pop32(String meaning) {
        long linear = stackAddress(registers.get(GeneralRegisters.RSP), 4);
        long value = memory.read32(linear);
        registers.set32(GeneralRegisters.RSP, registers.get(GeneralRegisters.RSP) + 4);
        CpuListener listener = cpu.listener();
        if (listener != null) {
            listener.popped(linear, 4, value, meaning);
        }
        return value;
    }

    long pop(int size) {
        long value = peek(0, size);
        setStackPointer(stackPointer(size));
        return value;
    }
}
