package dev.trapgate.emulator.cpu.floating;

/**
 * The six floating-point exceptions, as bits of MXCSR's and the x87 status word's low byte; their masks are in the same order
 * (SDM vol. 1, 4.9.1).
 */
public final class Exceptions {

    /** Invalid operation. */
    public static final int INVALID = 1;
    /** An operand was denormal. */
    public static final int DENORMAL = 1 << 1;
    /** A finite number was divided by zero. */
    public static final int ZERO_DIVIDE = 1 << 2;
    /** The result is too large for its format. */
    public static final int OVERFLOW = 1 << 3;
    /** The result is too small for its format. */
    public static final int UNDERFLOW = 1 << 4;
    /** The result had to be rounded. */
    public static final int PRECISION = 1 << 5;

    /** All six. */
    public static final int ALL = 0x3f;

    /** Those that are found by looking at the operands. */
    public static final int BEFORE_COMPUTATION = INVALID | DENORMAL | ZERO_DIVIDE;

    private Exceptions() {}
}
