package dev.trapgate.emulator.cpu.floating;

/**
 * A floating-point datum taken apart: −1<sup>negative</sup> × significand × 2<sup>exponent − 63</sup>, or what is no number.
 *
 * <p>Every finite number has its significand's highest bit set, denormal ones too. A NaN's significand is as in the 80-bit
 * format: bit 63 set, bit 62 tells a quiet one, the payload below it is what other formats keep the upper part of.
 */
public final class Real {

    /** What a datum is. */
    public enum Kind {
        /** Zero, of either sign. */
        ZERO,
        /** A number other than zero. */
        FINITE,
        /** Infinity. */
        INFINITY,
        /** A NaN that no operation complains of. */
        QUIET,
        /** A NaN that is invalid as an operand. */
        SIGNALING,
        /** An encoding of 80 bits that no processor since the 80387 makes or takes. */
        UNSUPPORTED
    }

    static final long INTEGER_BIT = 1L << 63;
    private static final long QUIET_BIT = 1L << 62;

    /** The answer to an invalid operation: the default NaN. */
    public static final Real INDEFINITE = new Real(Kind.QUIET, true, 0, INTEGER_BIT | QUIET_BIT, false);

    private final Kind kind;
    private final boolean negative;
    private final int exponent;
    private final long significand;
    private final boolean denormal;

    private Real(Kind kind, boolean negative, int exponent, long significand, boolean denormal) {
        this.kind = kind;
        this.negative = negative;
        this.exponent = exponent;
        this.significand = significand;
        this.denormal = denormal;
    }

    /** {@return a zero} */
    public static Real zero(boolean negative) {
        return new Real(Kind.ZERO, negative, 0, 0, false);
    }

    /** {@return an infinity} */
    public static Real infinity(boolean negative) {
        return new Real(Kind.INFINITY, negative, 0, INTEGER_BIT, false);
    }

    /** {@return a NaN with a payload, bit 62 of which tells whether it is quiet} */
    public static Real nan(boolean negative, long payload) {
        Kind kind = (payload & QUIET_BIT) != 0 ? Kind.QUIET : Kind.SIGNALING;
        return new Real(kind, negative, 0, payload | INTEGER_BIT, false);
    }

    /** {@return a number other than zero; its significand has the highest bit set} */
    public static Real finite(boolean negative, int exponent, long significand) {
        return new Real(Kind.FINITE, negative, exponent, significand, false);
    }

    /** {@return a denormal number: its significand is not zero, and has not got the highest bit set} */
    public static Real denormal(boolean negative, int exponent, long significand) {
        int zeros = Long.numberOfLeadingZeros(significand);
        return new Real(Kind.FINITE, negative, exponent - zeros, significand << zeros, true);
    }

    /** {@return what stands for an encoding that is none, with its bits} */
    public static Real unsupported(boolean negative, int exponent, long significand) {
        return new Real(Kind.UNSUPPORTED, negative, exponent, significand, false);
    }

    /** {@return an integer, exactly} */
    public static Real of(long value) {
        if (value == 0) {
            return zero(false);
        }
        long magnitude = Math.abs(value);
        int zeros = Long.numberOfLeadingZeros(magnitude);
        return finite(value < 0, 63 - zeros, magnitude << zeros);
    }

    /** {@return what it is} */
    public Kind kind() {
        return kind;
    }

    /** {@return whether its sign is minus} */
    public boolean isNegative() {
        return negative;
    }

    /** {@return the power of two of its highest bit, if it is finite} */
    public int exponent() {
        return exponent;
    }

    /** {@return its bits, from the highest} */
    public long significand() {
        return significand;
    }

    /** {@return whether it was denormal where it came from} */
    public boolean isDenormal() {
        return denormal;
    }

    /** {@return whether it is a NaN} */
    public boolean isNan() {
        return kind == Kind.QUIET || kind == Kind.SIGNALING;
    }

    /** {@return whether it is a zero} */
    public boolean isZero() {
        return kind == Kind.ZERO;
    }

    /** {@return whether it is an infinity} */
    public boolean isInfinity() {
        return kind == Kind.INFINITY;
    }

    /** {@return the same with another sign} */
    public Real withSign(boolean minus) {
        return negative == minus ? this : new Real(kind, minus, exponent, significand, denormal);
    }

    /** {@return a NaN that is quiet, with the same payload} */
    public Real quiet() {
        return new Real(Kind.QUIET, negative, 0, significand | QUIET_BIT, false);
    }

    /**
     * Compares two numbers, infinities among them; zeros of both signs are equal.
     *
     * @return less than 0, 0, or more than 0
     */
    public static int compare(Real a, Real b) {
        if (a.isZero() || b.isZero()) {
            return a.sign() - b.sign();
        }
        if (a.negative != b.negative) {
            return a.sign();
        }
        int magnitudes = a.isInfinity() || b.isInfinity()
                ? Boolean.compare(a.isInfinity(), b.isInfinity())
                : compareMagnitudes(a, b);
        return a.negative ? -magnitudes : magnitudes;
    }

    static int compareMagnitudes(Real a, Real b) {
        int byExponent = Integer.compare(a.exponent, b.exponent);
        return byExponent != 0 ? byExponent : Long.compareUnsigned(a.significand, b.significand);
    }

    private int sign() {
        return isZero() ? 0 : negative ? -1 : 1;
    }
}
