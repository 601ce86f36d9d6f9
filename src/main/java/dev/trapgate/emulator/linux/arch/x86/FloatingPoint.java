package dev.trapgate.emulator.linux.arch.x86;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.FxState;
import java.lang.foreign.MemorySegment;

/** A task's floating-point and SSE registers, as signal frames carry them: the 512 bytes of FXSAVE. */
public final class FloatingPoint {

    /** Size of what FXSAVE writes. */
    public static final int FXSAVE_SIZE = FxState.SIZE;

    private final Cpu cpu;

    /**
     * Makes a way to the registers of a task.
     *
     * @param cpu its processor, which is nobody else's
     */
    public FloatingPoint(Cpu cpu) {
        this.cpu = cpu;
    }

    /** {@return whether the program has used them, as far as they tell: {@code used_math} of a classic kernel} */
    public boolean isUsed() {
        return !cpu.x87().isReset() || !cpu.vectors().isReset();
    }

    /** Writes the registers: FXSAVE64. */
    public void save(MemorySegment to) {
        FxState.save(cpu, to, FxState.Layout.BITS_64);
    }

    /**
     * Loads the registers: FXRSTOR64.
     *
     * @param from {@link #FXSAVE_SIZE} bytes
     * @return false, and nothing is loaded, where the instruction would raise #GP: a reserved bit of MXCSR is set
     */
    public boolean load(MemorySegment from) {
        return FxState.load(cpu, from, FxState.Layout.BITS_64);
    }

    /** Sets the registers as at a program's start: {@code fpu__clear_user_states}. */
    public void reset() {
        cpu.x87().reset();
        cpu.vectors().reset();
    }
}
