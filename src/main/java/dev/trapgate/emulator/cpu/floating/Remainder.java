package dev.trapgate.emulator.cpu.floating;

import java.math.BigInteger;

/**
 * A remainder of a division whose quotient is an integer, or a step toward it (SDM vol. 2, FPREM, FPREM1). It is exact.
 *
 * @param value the remainder, or what is still to be divided
 * @param quotient the low three bits of the quotient
 * @param isComplete whether it is the remainder
 */
public record Remainder(Real value, int quotient, boolean isComplete) {

    /** How far the exponents may lie apart for one step. */
    private static final int ONE_STEP = 64;

    /** How the quotient is made an integer. */
    public enum Quotient {
        /** Toward zero: FPREM. */
        TRUNCATED,
        /** To the nearest, halfway to the even one: FPREM1, IEEE 754's remainder. */
        NEAREST
    }

    /** {@return the remainder of a / b; ∞ / b and a / 0 are invalid} */
    public static Remainder of(Environment to, Real a, Real b, Quotient rounding) {
        if (a.isInfinity() || b.isZero()) {
            return new Remainder(to.invalid(), 0, true);
        }
        Arithmetic.noteDenormal(to, a, b);
        if (a.isZero() || b.isInfinity()) {
            return new Remainder(to.round(a, Format.EXTENDED), 0, true);
        }
        int distance = a.exponent() - b.exponent();
        if (distance < -1) {
            return new Remainder(to.round(a, Format.EXTENDED), 0, true);
        }
        return distance < ONE_STEP ? last(to, a, b, rounding) : step(to, a, b, distance);
    }

    private static BigInteger unsigned(long value) {
        return BigInteger.valueOf(value >>> 1).shiftLeft(1).or(BigInteger.valueOf(value & 1));
    }

    private static Remainder last(Environment to, Real a, Real b, Quotient rounding) {
        int unit = Math.min(a.exponent(), b.exponent());
        BigInteger divisor = unsigned(b.significand()).shiftLeft(b.exponent() - unit);
        BigInteger[] parts =
                unsigned(a.significand()).shiftLeft(a.exponent() - unit).divideAndRemainder(divisor);
        BigInteger quotient = parts[0];
        BigInteger rest = parts[1];
        if (rounding == Quotient.NEAREST) {
            int half = rest.shiftLeft(1).compareTo(divisor);
            if (half > 0 || (half == 0 && quotient.testBit(0))) {
                quotient = quotient.add(BigInteger.ONE);
                rest = rest.subtract(divisor);
            }
        }
        return new Remainder(value(to, a.isNegative(), rest, unit), quotient.intValue() & 7, true);
    }

    /** Takes away a multiple of the divisor so great that the exponent becomes less by 32 to 63. */
    private static Remainder step(Environment to, Real a, Real b, int distance) {
        int by = 32 + (distance & 31);
        int unit = a.exponent() - by;
        BigInteger divisor = unsigned(b.significand());
        BigInteger rest = unsigned(a.significand()).shiftLeft(by).mod(divisor);
        return new Remainder(value(to, a.isNegative(), rest, unit), 0, false);
    }

    /** {@return what rest times two to the power of unit − 63 is; a zero keeps the sign of the dividend} */
    private static Real value(Environment to, boolean negative, BigInteger rest, int unit) {
        if (rest.signum() == 0) {
            return Real.zero(negative);
        }
        int length = rest.bitLength() - (rest.signum() < 0 && rest.negate().bitLength() > rest.bitLength() ? -1 : 0);
        long significand = rest.abs().shiftLeft(64 - length).longValue();
        Real number = Real.finite(negative != rest.signum() < 0, unit + length - 64, significand);
        return to.round(number, Format.EXTENDED);
    }
}
