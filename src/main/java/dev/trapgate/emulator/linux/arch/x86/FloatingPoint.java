package dev.trapgate.emulator.linux.arch.x86;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A task's floating-point and SSE registers, as signal frames carry them: the 512 bytes of FXSAVE. This one keeps what the
 * processor has after a reset, and what sigreturn(2) gave back; an interpreter that executes such instructions puts one of
 * its own in its place.
 */
public class FloatingPoint {

    /** Size of what FXSAVE writes. */
    public static final int FXSAVE_SIZE = 512;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MXCSR = 24;
    private static final int MXCSR_MASK = 28;
    private static final int MXCSR_BITS = 0xffff;
    private static final short CONTROL_WORD = 0x37f;
    private static final int CONTROL_STATUS = 0x1f80;

    private final MemorySegment image = MemorySegment.ofArray(new long[FXSAVE_SIZE / Long.BYTES]);

    /** Makes registers as FNINIT and a reset leave them. */
    public FloatingPoint() {
        setInitial(image);
    }

    private static void setInitial(MemorySegment image) {
        image.fill((byte) 0);
        image.set(SHORT, 0, CONTROL_WORD);
        image.set(INT, MXCSR, CONTROL_STATUS);
        image.set(INT, MXCSR_MASK, MXCSR_BITS);
    }

    /** {@return whether the program has used them: {@code used_math} of a classic kernel} */
    public boolean isUsed() {
        return false;
    }

    /** Writes the registers: FXSAVE64. */
    public void save(MemorySegment to) {
        to.copyFrom(image);
    }

    /**
     * Loads the registers: FXRSTOR64.
     *
     * @param from {@link #FXSAVE_SIZE} bytes
     * @return false, and nothing is loaded, where the instruction would raise #GP: a reserved bit of MXCSR is set
     */
    public boolean load(MemorySegment from) {
        if ((from.get(INT.withByteAlignment(1), MXCSR) & ~MXCSR_BITS) != 0) {
            return false;
        }
        image.copyFrom(from);
        image.set(INT, MXCSR_MASK, MXCSR_BITS);
        return true;
    }

    /** Sets the registers as at a program's start: {@code fpu__clear_user_states}. */
    public void reset() {
        setInitial(image);
    }
}
