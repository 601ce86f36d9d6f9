package dev.trapgate.emulator.cpu.floating;

import java.math.BigInteger;

/** Power series in fixed point: values are integers that stand for themselves times 2<sup>−bits</sup>. */
final class Series {

    private static final int HALVINGS = 6;

    private Series() {}

    /** {@return π, by Machin's formula} */
    static BigInteger pi(int bits) {
        int guarded = bits + 32;
        BigInteger first = arcTangentOfInverse(5, guarded).shiftLeft(4);
        return first.subtract(arcTangentOfInverse(239, guarded).shiftLeft(2)).shiftRight(32);
    }

    private static BigInteger arcTangentOfInverse(int n, int bits) {
        BigInteger square = BigInteger.valueOf((long) n * n);
        BigInteger power = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(n));
        BigInteger sum = power;
        for (int k = 3; power.signum() != 0; k += 2) {
            power = power.divide(square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum;
    }

    /** {@return the natural logarithm of 2} */
    static BigInteger ln2(int bits) {
        return logarithm(BigInteger.TWO.shiftLeft(bits + 32), bits + 32).shiftRight(32);
    }

    private static BigInteger product(BigInteger a, BigInteger b, int bits) {
        return a.multiply(b).shiftRight(bits);
    }

    /** {@return e<sup>t</sup> − 1, for t from −1 to 1} */
    static BigInteger exponentialMinusOne(BigInteger t, int bits) {
        BigInteger term = t;
        BigInteger sum = t;
        for (int k = 2; term.abs().bitLength() > 1; k++) {
            term = product(term, t, bits).divide(BigInteger.valueOf(k));
            sum = sum.add(term);
        }
        return sum;
    }

    /** {@return the natural logarithm of a number from 1/2 to 2, as twice the inverse hyperbolic tangent of (m − 1) / (m + 1)} */
    static BigInteger logarithm(BigInteger m, int bits) {
        BigInteger one = BigInteger.ONE.shiftLeft(bits);
        BigInteger t = m.subtract(one).shiftLeft(bits).divide(m.add(one));
        BigInteger square = product(t, t, bits);
        BigInteger power = t;
        BigInteger sum = t;
        for (int k = 3; power.abs().bitLength() > 1; k += 2) {
            power = product(power, square, bits);
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum.shiftLeft(1);
    }

    /** {@return the arc tangent of a number from 0 to 1: its half has the tangent t / (1 + √(1 + t²))} */
    static BigInteger arcTangent(BigInteger tangent, int bits) {
        BigInteger one = BigInteger.ONE.shiftLeft(bits);
        BigInteger t = tangent;
        for (int i = 0; i < HALVINGS; i++) {
            BigInteger root = one.add(product(t, t, bits)).shiftLeft(bits).sqrt();
            t = t.shiftLeft(bits).divide(one.add(root));
        }
        BigInteger square = product(t, t, bits);
        BigInteger power = t;
        BigInteger sum = t;
        for (int k = 3; power.abs().bitLength() > 1; k += 2) {
            power = product(power, square, bits).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum.shiftLeft(HALVINGS);
    }

    /** {@return the sine of an angle from −1 to 1} */
    static BigInteger sine(BigInteger angle, int bits) {
        return alternating(angle, angle, 2, bits);
    }

    /** {@return the cosine of an angle from −1 to 1} */
    static BigInteger cosine(BigInteger angle, int bits) {
        return alternating(BigInteger.ONE.shiftLeft(bits), angle, 1, bits);
    }

    /** Every term is the last one times −angle² / (k (k + 1)). */
    private static BigInteger alternating(BigInteger first, BigInteger angle, int from, int bits) {
        BigInteger square = product(angle, angle, bits);
        BigInteger term = first;
        BigInteger sum = first;
        for (int k = from; term.abs().bitLength() > 1; k += 2) {
            term = product(term, square, bits)
                    .divide(BigInteger.valueOf((long) k * (k + 1)))
                    .negate();
            sum = sum.add(term);
        }
        return sum;
    }
}
