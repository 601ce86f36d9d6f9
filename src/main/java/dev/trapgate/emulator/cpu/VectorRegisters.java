package dev.trapgate.emulator.cpu;

import java.util.Arrays;

/**
 * The sixteen XMM registers, by the number that instructions encode, and MXCSR (SDM vol. 1, 10.2).
 *
 * <p>A place of its own, {@link #OPERAND}, is where an instruction brings an operand from memory.
 */
public final class VectorRegisters {

    /** How many there are; 32-bit code has the first eight. */
    public static final int COUNT = 16;

    /** Stands for a memory operand; no instruction names it. */
    public static final int OPERAND = 16;

    /** MXCSR: denormal operands are zeros. */
    public static final int DAZ = 1 << 6;
    /** MXCSR: denormal results become zeros. */
    public static final int FZ = 1 << 15;
    /** MXCSR: the exceptions' masks begin here. */
    public static final int MASK_SHIFT = 7;
    /** MXCSR: the rounding control begins here. */
    public static final int ROUNDING_SHIFT = 13;
    /** MXCSR: all bits that there are. */
    public static final int MXCSR_BITS = 0xffff;
    /** MXCSR after a reset: all exceptions masked, to nearest. */
    public static final int MXCSR_RESET = 0x1f80;

    private final long[] values = new long[2 * (COUNT + 1)];
    private int mxcsr = MXCSR_RESET;

    VectorRegisters() {}

    /** {@return bits 0 to 63 of a register} */
    public long low(int register) {
        return values[2 * register];
    }

    /** {@return bits 64 to 127 of a register} */
    public long high(int register) {
        return values[2 * register + 1];
    }

    /** Writes all 128 bits of a register. */
    public void set(int register, long low, long high) {
        values[2 * register] = low;
        values[2 * register + 1] = high;
    }

    /** Writes bits 0 to 63 of a register and keeps the rest. */
    public void setLow(int register, long low) {
        values[2 * register] = low;
    }

    /** Writes bits 64 to 127 of a register and keeps the rest. */
    public void setHigh(int register, long high) {
        values[2 * register + 1] = high;
    }

    /** Writes bits 0 to 31 of a register and keeps the rest. */
    public void setLow32(int register, long value) {
        values[2 * register] = (values[2 * register] & ~0xffff_ffffL) | (value & 0xffff_ffffL);
    }

    /** {@return MXCSR} */
    public int mxcsr() {
        return mxcsr;
    }

    /** Writes MXCSR; of {@link #MXCSR_BITS}. */
    public void setMxcsr(int value) {
        mxcsr = value;
    }

    /** {@return whether they are as a reset leaves them} */
    public boolean isReset() {
        return mxcsr == MXCSR_RESET && Arrays.stream(values, 0, 2 * COUNT).allMatch(value -> value == 0);
    }

    /** Sets what a reset does. */
    public void reset() {
        Arrays.fill(values, 0);
        mxcsr = MXCSR_RESET;
    }
}
