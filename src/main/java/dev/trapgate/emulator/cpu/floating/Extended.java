package dev.trapgate.emulator.cpu.floating;

/** The 80-bit format: sign and exponent in one word of 16 bits, all of the significand in one of 64 (SDM vol. 1, 4.2.2). */
public final class Extended {

    private static final int BIAS = 16383;
    private static final int MIN_EXPONENT = 1 - BIAS;
    private static final int GREATEST = 0x7fff;
    private static final int SIGN = 0x8000;

    private Extended() {}

    /** {@return the number that a register has} */
    public static Real unpack(int signAndExponent, long significand) {
        boolean negative = (signAndExponent & SIGN) != 0;
        int exponent = signAndExponent & GREATEST;
        if (exponent == 0) {
            return significand == 0 ? Real.zero(negative) : Real.denormal(negative, MIN_EXPONENT, significand);
        }
        if (significand >= 0) {
            return Real.unsupported(negative, exponent - BIAS, significand);
        }
        if (exponent == GREATEST) {
            return significand == Real.INTEGER_BIT ? Real.infinity(negative) : Real.nan(negative, significand);
        }
        return Real.finite(negative, exponent - BIAS, significand);
    }

    /** {@return the sign and exponent of a number} */
    public static int signAndExponent(Real number) {
        int sign = number.isNegative() ? SIGN : 0;
        return switch (number.kind()) {
            case ZERO -> sign;
            case FINITE -> sign | Math.max(number.exponent() + BIAS, 0);
            case INFINITY, QUIET, SIGNALING -> sign | GREATEST;
            case UNSUPPORTED -> sign | number.exponent() + BIAS;
        };
    }

    /** {@return the significand of a number} */
    public static long significand(Real number) {
        boolean denormal = number.kind() == Real.Kind.FINITE && number.exponent() < MIN_EXPONENT;
        return denormal ? number.significand() >>> (MIN_EXPONENT - number.exponent()) : number.significand();
    }
}
