package dev.trapgate.emulator.cpu.floating;

import dev.trapgate.emulator.cpu.floating.Real.Kind;
import java.math.BigInteger;

/**
 * Addition, multiplication, division and square root of numbers that are no NaNs, rounded once; SSE and the x87 differ in
 * NaNs alone.
 */
public final class Arithmetic {

    private static final long LOW_32 = 0xffff_ffffL;
    private static final int ROOT_SHIFT = 64;

    private Arithmetic() {}

    /** {@return a + b; ∞ − ∞ is invalid} */
    public static Real add(Environment to, Real a, Real b, Format format) {
        if (a.isInfinity() || b.isInfinity()) {
            if (a.isInfinity() && b.isInfinity() && a.isNegative() != b.isNegative()) {
                return to.invalid();
            }
            noteDenormal(to, a, b);
            return a.isInfinity() ? a : b;
        }
        noteDenormal(to, a, b);
        if (a.isZero() && b.isZero()) {
            return a.isNegative() == b.isNegative() ? a : to.exactZero();
        }
        if (a.isZero() || b.isZero()) {
            return to.round(a.isZero() ? b : a, format);
        }
        boolean swapped = Real.compareMagnitudes(a, b) < 0;
        return addOrdered(to, swapped ? b : a, swapped ? a : b, format);
    }

    /** Adds a number to one that is not less in magnitude. */
    private static Real addOrdered(Environment to, Real a, Real b, Format format) {
        int by = a.exponent() - b.exponent();
        long high = by < 64 ? b.significand() >>> by : 0;
        long low = Jam.lower(b.significand(), 0, by);
        if (a.isNegative() == b.isNegative()) {
            long sum = a.significand() + high;
            boolean carry = Long.compareUnsigned(sum, high) < 0;
            return carry
                    ? to.round(
                            a.isNegative(),
                            a.exponent() + 1,
                            sum >>> 1 | Real.INTEGER_BIT,
                            Jam.lower(sum, low, 1),
                            format)
                    : to.round(a.isNegative(), a.exponent(), sum, low, format);
        }
        long restLow = -low;
        long restHigh = a.significand() - high - (low == 0 ? 0 : 1);
        if ((restHigh | restLow) == 0) {
            return to.exactZero();
        }
        return normalized(to, a.isNegative(), a.exponent(), restHigh, restLow, format);
    }

    private static Real normalized(Environment to, boolean negative, int exponent, long high, long low, Format format) {
        if (high == 0) {
            int zeros = Long.numberOfLeadingZeros(low);
            return to.round(negative, exponent - 64 - zeros, low << zeros, 0, format);
        }
        int zeros = Long.numberOfLeadingZeros(high);
        return zeros == 0
                ? to.round(negative, exponent, high, low, format)
                : to.round(negative, exponent - zeros, high << zeros | low >>> (64 - zeros), low << zeros, format);
    }

    /** {@return a × b; 0 × ∞ is invalid} */
    public static Real multiply(Environment to, Real a, Real b, Format format) {
        boolean negative = a.isNegative() != b.isNegative();
        if (a.isInfinity() || b.isInfinity()) {
            if (a.isZero() || b.isZero()) {
                return to.invalid();
            }
            noteDenormal(to, a, b);
            return Real.infinity(negative);
        }
        noteDenormal(to, a, b);
        if (a.isZero() || b.isZero()) {
            return Real.zero(negative);
        }
        long high = Math.unsignedMultiplyHigh(a.significand(), b.significand());
        long low = a.significand() * b.significand();
        return normalized(to, negative, a.exponent() + b.exponent() + 1, high, low, format);
    }

    /** {@return a / b; 0 / 0 and ∞ / ∞ are invalid} */
    public static Real divide(Environment to, Real a, Real b, Format format) {
        boolean negative = a.isNegative() != b.isNegative();
        if ((a.isZero() && b.isZero()) || (a.isInfinity() && b.isInfinity())) {
            return to.invalid();
        }
        if (b.isZero() && a.kind() == Kind.FINITE) {
            to.raise(Exceptions.ZERO_DIVIDE);
            return Real.infinity(negative);
        }
        noteDenormal(to, a, b);
        if (a.isInfinity() || b.isZero()) {
            return Real.infinity(negative);
        }
        if (a.isZero() || b.isInfinity()) {
            return Real.zero(negative);
        }
        long divisor = b.significand();
        long[] upper = divide(a.significand() >>> 1, a.significand() << 63, divisor);
        long[] lower = divide(upper[1], 0, divisor);
        long low = lower[0] | (lower[1] == 0 ? 0 : 1);
        return normalized(to, negative, a.exponent() - b.exponent(), upper[0], low, format);
    }

    /** {@return quotient and remainder of an unsigned division of 128 bits, whose upper half is less than the divisor} */
    static long[] divide(long high, long low, long divisor) {
        long[] upper = digit(high, low >>> 32, divisor);
        long[] lower = digit(upper[1], low & LOW_32, divisor);
        return new long[] {upper[0] << 32 | lower[0], lower[1]};
    }

    /** One digit of 32 bits (Knuth, The Art of Computer Programming, vol. 2, 4.3.1, algorithm D); divisor's highest bit set. */
    private static long[] digit(long rest, long next, long divisor) {
        long upper = divisor >>> 32;
        long lower = divisor & LOW_32;
        long digit = Long.divideUnsigned(rest, upper);
        long left = rest - digit * upper;
        while (digit > LOW_32 || Long.compareUnsigned(digit * lower, left << 32 | next) > 0) {
            digit--;
            left += upper;
            if (left > LOW_32) {
                break;
            }
        }
        return new long[] {digit, (rest << 32 | next) - digit * divisor};
    }

    /** {@return the square root; that of a negative number other than zero is invalid} */
    public static Real squareRoot(Environment to, Real a, Format format) {
        if (a.isZero()) {
            return a;
        }
        if (a.isNegative()) {
            return to.invalid();
        }
        noteDenormal(to, a, a);
        if (a.isInfinity()) {
            return a;
        }
        int odd = a.exponent() & 1;
        BigInteger radicand = unsigned(a.significand()).shiftLeft(ROOT_SHIFT * 3 - 1 + odd);
        BigInteger[] root = radicand.sqrtAndRemainder();
        long low = root[0].longValue() | (root[1].signum() == 0 ? 0 : 1);
        long high = root[0].shiftRight(64).longValue();
        return to.round(false, (a.exponent() - odd) >> 1, high, low, format);
    }

    private static BigInteger unsigned(long value) {
        return BigInteger.valueOf(value >>> 1).shiftLeft(1).or(BigInteger.valueOf(value & 1));
    }

    /** Notes that an operand is denormal. */
    public static void noteDenormal(Environment to, Real a, Real b) {
        if (a.isDenormal() || b.isDenormal()) {
            to.raise(Exceptions.DENORMAL);
        }
    }
}
