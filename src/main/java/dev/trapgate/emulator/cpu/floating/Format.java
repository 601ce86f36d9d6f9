package dev.trapgate.emulator.cpu.floating;

/**
 * How precise numbers are and how large they may be.
 *
 * @param precision bits of the significand, its leading one included: 24, 53 or 64
 * @param exponentBits width of the exponent: 8, 11 or 15
 */
public record Format(int precision, int exponentBits) {

    /** Binary32. */
    public static final Format SINGLE = new Format(24, 8);
    /** Binary64. */
    public static final Format DOUBLE = new Format(53, 11);
    /** The x87's 80 bits. */
    public static final Format EXTENDED = new Format(64, 15);

    /** {@return the greatest exponent; also what is added to one where it is stored} */
    public int bias() {
        return (1 << (exponentBits - 1)) - 1;
    }

    /** {@return the least exponent of a normal number} */
    int minExponent() {
        return 1 - bias();
    }

    private int fractionBits() {
        return precision - 1;
    }

    /** {@return the number that {@code bits} stand for; not of 80-bit numbers} */
    public Real unpack(long bits) {
        int fractionBits = fractionBits();
        boolean negative = (bits >>> (fractionBits + exponentBits) & 1) != 0;
        int exponent = (int) (bits >>> fractionBits) & (1 << exponentBits) - 1;
        long fraction = bits << (64 - fractionBits) >>> 1;
        if (exponent == 0) {
            return fraction == 0 ? Real.zero(negative) : Real.denormal(negative, minExponent(), fraction);
        }
        if (exponent == (1 << exponentBits) - 1) {
            return fraction == 0 ? Real.infinity(negative) : Real.nan(negative, fraction);
        }
        return Real.finite(negative, exponent - bias(), fraction | Real.INTEGER_BIT);
    }

    /** {@return the bits of a number that has been rounded to this format; not of 80-bit numbers} */
    public long pack(Real number) {
        int fractionBits = fractionBits();
        long sign = number.isNegative() ? 1L << (fractionBits + exponentBits) : 0;
        long fraction = number.significand() << 1 >>> (64 - fractionBits);
        long greatest = ((1L << exponentBits) - 1) << fractionBits;
        return switch (number.kind()) {
            case ZERO -> sign;
            case INFINITY -> sign | greatest;
            case QUIET, SIGNALING, UNSUPPORTED -> sign | greatest | fraction;
            case FINITE -> sign | magnitude(number.exponent(), number.significand(), fraction);
        };
    }

    private long magnitude(int exponent, long significand, long fraction) {
        int below = minExponent() - exponent;
        if (below > 0) {
            return significand >>> (64 - precision + below);
        }
        return (long) (exponent + bias()) << fractionBits() | fraction;
    }
}
