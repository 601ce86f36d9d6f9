package dev.trapgate.emulator.cpu.execute;

/**
 * RCPPS and RSQRTPS: results of which 11 bits are right. Processors differ in the others; here they are those of the exact
 * result, cut off after 12 (SDM vol. 2, RCPPS, RSQRTPS: relative error at most 1.5 × 2<sup>−12</sup>). No exceptions, no
 * MXCSR: denormal operands are zeros, results that would be denormal too.
 */
final class Approximations {

    private static final int QUIET = 1 << 22;
    private static final int SIGN = 1 << 31;
    private static final int LEAST_NORMAL = 1 << 23;
    private static final int INDEFINITE = 0xffc0_0000;
    private static final int KEPT = -1 << 11;

    private Approximations() {}

    static int reciprocal(int bits) {
        float number = Float.intBitsToFloat(bits);
        if (Float.isNaN(number)) {
            return bits | QUIET;
        }
        return cut(1.0 / Float.intBitsToFloat(flushed(bits)));
    }

    static int reciprocalRoot(int bits) {
        float number = Float.intBitsToFloat(bits);
        if (Float.isNaN(number)) {
            return bits | QUIET;
        }
        int operand = flushed(bits);
        float flushed = Float.intBitsToFloat(operand);
        if (flushed == 0) {
            return (operand & SIGN) | Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
        }
        return flushed < 0 ? INDEFINITE : cut(1.0 / Math.sqrt(flushed));
    }

    private static int flushed(int bits) {
        return (bits & ~SIGN) < LEAST_NORMAL ? bits & SIGN : bits;
    }

    private static int cut(double exact) {
        return flushed(Float.floatToRawIntBits((float) exact)) & KEPT;
    }
}
