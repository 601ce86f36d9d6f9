package dev.trapgate.emulator.cpu.floating;

import dev.trapgate.emulator.cpu.floating.Real.Kind;
import java.math.BigInteger;

/**
 * The x87's transcendental functions, worked out to hundreds of bits and rounded once. Processors are allowed an error of one unit
 * in the last place (SDM vol. 1, 8.3.10), and so may differ there; arguments of the circular functions are reduced by the first
 * 66 bits of π (8.3.8).
 */
public final class Transcendental {

    private static final int BITS = 384;
    private static final int TINY = -160;
    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(BITS);
    private static final BigInteger PI = Series.pi(BITS);
    private static final BigInteger PI_OF_66_BITS = BigInteger.valueOf(3)
            .shiftLeft(64)
            .or(unsigned(0x243f_6a88_85a3_08d3L))
            .shiftLeft(BITS - 64);
    private static final BigInteger LN_2 = Series.ln2(BITS);

    private Transcendental() {}

    private static BigInteger unsigned(long value) {
        return BigInteger.valueOf(value >>> 1).shiftLeft(1).or(BigInteger.valueOf(value & 1));
    }

    /** {@return a magnitude times 2<sup>−scale</sup>, which is not exact, rounded} */
    private static Real rounded(Environment to, boolean negative, BigInteger magnitude, int scale) {
        int length = magnitude.bitLength();
        BigInteger top = magnitude.shiftRight(length - 128);
        long high = top.shiftRight(64).longValue();
        return to.round(negative, length - 1 - scale, high, top.longValue() | 1, Format.EXTENDED);
    }

    private static Real rounded(Environment to, BigInteger value, int scale) {
        return rounded(to, value.signum() < 0, value.abs(), scale);
    }

    /** {@return a number above 2<sup>TINY</sup> in fixed point, without its sign} */
    private static BigInteger fixed(Real number) {
        return unsigned(number.significand()).shiftLeft(BITS - 63 + number.exponent());
    }

    private static BigInteger signed(Real number) {
        return number.isNegative() ? fixed(number).negate() : fixed(number);
    }

    private static boolean isTiny(Real number) {
        return number.exponent() < TINY;
    }

    /** {@return a tiny number, or what is a little less or more than it} */
    private static Real beside(Environment to, Real number, int direction) {
        BigInteger magnitude = unsigned(number.significand()).shiftLeft(BITS).add(BigInteger.valueOf(direction));
        return rounded(to, number.isNegative(), magnitude, BITS + 63 - number.exponent());
    }

    /** {@return 2<sup>x</sup> − 1, for x from −1 to 1; others are their own answer} */
    public static Real exponentialMinusOne(Environment to, Real x) {
        if (x.isInfinity()) {
            return x.isNegative() ? Real.of(-1) : x;
        }
        Arithmetic.noteDenormal(to, x, x);
        boolean one = x.exponent() == 0 && x.significand() == Real.INTEGER_BIT;
        if (x.isZero() || x.exponent() > 0 || (x.exponent() == 0 && !one) || (one && !x.isNegative())) {
            return x;
        }
        if (one) {
            return Real.finite(true, -1, Real.INTEGER_BIT);
        }
        if (isTiny(x)) {
            return scaledBy(to, x, LN_2, BITS);
        }
        return rounded(to, Series.exponentialMinusOne(signed(x).multiply(LN_2).shiftRight(BITS), BITS), BITS);
    }

    /** {@return a number times a factor in fixed point} */
    private static Real scaledBy(Environment to, Real number, BigInteger factor, int scale) {
        BigInteger magnitude = unsigned(number.significand()).multiply(factor);
        return rounded(to, number.isNegative() != factor.signum() < 0, magnitude.abs(), scale + 63 - number.exponent());
    }

    /** {@return y × log2 x} */
    public static Real logarithm(Environment to, Real x, Real y) {
        boolean below = x.isZero() || (x.kind() == Kind.FINITE && x.exponent() < 0);
        boolean one = x.kind() == Kind.FINITE && x.exponent() == 0 && x.significand() == Real.INTEGER_BIT;
        boolean invalid = (x.isNegative() && !x.isZero())
                || (y.isZero() && (x.isZero() || x.isInfinity()))
                || (y.isInfinity() && one);
        if (invalid) {
            return to.invalid();
        }
        boolean negative = y.isNegative() != below;
        if (x.isZero() && !y.isInfinity()) {
            to.raise(Exceptions.ZERO_DIVIDE);
            return Real.infinity(negative);
        }
        Arithmetic.noteDenormal(to, x, y);
        if (x.isInfinity() || y.isInfinity() || x.isZero()) {
            return Real.infinity(negative);
        }
        if (y.isZero() || one) {
            return Real.zero(negative);
        }
        if (x.significand() == Real.INTEGER_BIT) {
            return Arithmetic.multiply(to, y, Real.of(x.exponent()), Format.EXTENDED);
        }
        return scaledBy(to, y, binaryLogarithm(unsigned(x.significand()), x.exponent()), BITS);
    }

    /** {@return log2 of a significand of 64 bits, times 2 to the power of an exponent, in fixed point} */
    private static BigInteger binaryLogarithm(BigInteger significand, int exponent) {
        // Near one from below, log2 of the significand and the exponent would cancel each other.
        boolean upper = significand.testBit(62);
        BigInteger mantissa = significand.shiftLeft(BITS - (upper ? 64 : 63));
        int whole = upper ? exponent + 1 : exponent;
        BigInteger natural = Series.logarithm(mantissa, BITS);
        return natural.shiftLeft(BITS)
                .divide(LN_2)
                .add(BigInteger.valueOf(whole).shiftLeft(BITS));
    }

    /** {@return y × log2 (x + 1), for x above −1} */
    public static Real logarithmOfOneMore(Environment to, Real x, Real y) {
        boolean tooSmall = x.isNegative() && !x.isZero() && (x.isInfinity() || x.exponent() >= 0);
        if (tooSmall || (x.isZero() && y.isInfinity()) || (x.isInfinity() && y.isZero())) {
            return to.invalid();
        }
        boolean negative = y.isNegative() != x.isNegative();
        Arithmetic.noteDenormal(to, x, y);
        if (x.isInfinity() || y.isInfinity()) {
            return Real.infinity(negative);
        }
        if (x.isZero() || y.isZero()) {
            return Real.zero(negative);
        }
        if (isTiny(x)) {
            BigInteger product = unsigned(x.significand()).multiply(unsigned(y.significand()));
            BigInteger quotient = product.shiftLeft(2 * BITS).divide(LN_2);
            return rounded(to, negative, quotient, BITS + 126 - x.exponent() - y.exponent());
        }
        if (x.exponent() > 0) {
            BigInteger sum = ONE.add(fixed(x));
            int length = sum.bitLength();
            return scaledBy(to, y, logarithmOfWide(sum, length - 1 - BITS), BITS);
        }
        BigInteger natural = Series.logarithm(ONE.add(signed(x)), BITS);
        return scaledBy(to, y, natural.shiftLeft(BITS).divide(LN_2), BITS);
    }

    private static BigInteger logarithmOfWide(BigInteger sum, int exponent) {
        BigInteger natural = Series.logarithm(sum.shiftRight(exponent), BITS);
        return natural.shiftLeft(BITS)
                .divide(LN_2)
                .add(BigInteger.valueOf(exponent).shiftLeft(BITS));
    }

    /** {@return the angle of the point whose coordinates are x and y} */
    public static Real arcTangent(Environment to, Real y, Real x) {
        boolean negative = y.isNegative();
        Arithmetic.noteDenormal(to, x, y);
        if (y.isZero() || (x.isInfinity() && !y.isInfinity())) {
            return x.isNegative() ? rounded(to, negative, PI, BITS) : Real.zero(negative);
        }
        if (y.isInfinity() && x.isInfinity()) {
            BigInteger eighth = PI.shiftRight(2);
            return rounded(to, negative, x.isNegative() ? PI.subtract(eighth) : eighth, BITS);
        }
        if (x.isZero() || y.isInfinity()) {
            return rounded(to, negative, PI, BITS + 1);
        }
        int distance = y.exponent() - x.exponent();
        if (distance < TINY && !x.isNegative()) {
            BigInteger quotient = unsigned(y.significand()).shiftLeft(BITS).divide(unsigned(x.significand()));
            return rounded(to, negative, quotient, BITS - distance);
        }
        return rounded(to, negative, angle(y, x, distance), BITS);
    }

    private static BigInteger angle(Real y, Real x, int distance) {
        boolean steep = distance > 0 || (distance == 0 && Real.compareMagnitudes(y, x) > 0);
        BigInteger lesser = unsigned((steep ? x : y).significand());
        BigInteger greater = unsigned((steep ? y : x).significand());
        int by = Math.max(BITS - Math.abs(distance), 0);
        BigInteger angle = Series.arcTangent(lesser.shiftLeft(by).divide(greater), BITS);
        if (steep) {
            BigInteger right = PI.shiftRight(1);
            return x.isNegative() ? right.add(angle) : right.subtract(angle);
        }
        return x.isNegative() ? PI.subtract(angle) : angle;
    }

    /** Which function of an angle. */
    public enum Circular {
        /** Sine. */
        SINE,
        /** Cosine. */
        COSINE,
        /** Tangent. */
        TANGENT
    }

    /** {@return a function of an angle below 2<sup>63</sup>} */
    public static Real circular(Environment to, Real angle, Circular function) {
        Arithmetic.noteDenormal(to, angle, angle);
        if (angle.isZero()) {
            return function == Circular.COSINE ? Real.of(1) : angle;
        }
        if (isTiny(angle)) {
            return switch (function) {
                case SINE -> beside(to, angle, -1);
                case TANGENT -> beside(to, angle, 1);
                case COSINE -> rounded(to, ONE.subtract(BigInteger.ONE), BITS);
            };
        }
        BigInteger right = PI_OF_66_BITS.shiftRight(1);
        BigInteger turned = signed(angle).add(PI_OF_66_BITS.shiftRight(2));
        BigInteger turn = turned.mod(right);
        BigInteger rest = turn.subtract(PI_OF_66_BITS.shiftRight(2));
        int quadrant = turned.subtract(turn).divide(right).intValue() & 3;
        Turned at = Turned.of(Series.sine(rest, BITS), Series.cosine(rest, BITS), quadrant);
        return switch (function) {
            case SINE -> rounded(to, at.sine(), BITS);
            case COSINE -> rounded(to, at.cosine(), BITS);
            case TANGENT -> rounded(to, at.sine().shiftLeft(BITS).divide(at.cosine()), BITS);
        };
    }

    /** Sine and cosine of an angle. */
    private record Turned(BigInteger sine, BigInteger cosine) {

        /** {@return those of an angle that is so many right angles greater} */
        static Turned of(BigInteger sine, BigInteger cosine, int quadrant) {
            return switch (quadrant) {
                case 0 -> new Turned(sine, cosine);
                case 1 -> new Turned(cosine, sine.negate());
                case 2 -> new Turned(sine.negate(), cosine.negate());
                default -> new Turned(cosine.negate(), sine);
            };
        }
    }
}
