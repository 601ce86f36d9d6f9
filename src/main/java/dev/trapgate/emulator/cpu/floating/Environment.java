package dev.trapgate.emulator.cpu.floating;

/**
 * How results are rounded, and which exceptions were found on the way: the common part of MXCSR and of the x87's control and
 * status words. One thread at a time may use one.
 */
public final class Environment {

    /** What is added to an exponent that underflowed, or taken from one that overflowed, for a handler (SDM vol. 1, 8.5.4). */
    private static final int WRAP = 24576;

    private Rounding rounding = Rounding.NEAREST;
    private int masks = Exceptions.ALL;
    private boolean flushToZero;
    private int raised;
    private boolean roundedUp;

    /** Sets it, with no exception found so far. */
    public void begin(Rounding mode, int masked, Flush flush) {
        rounding = mode;
        masks = masked;
        flushToZero = flush == Flush.TO_ZERO;
        raised = 0;
        roundedUp = false;
    }

    /** What becomes of results that are denormal. */
    public enum Flush {
        /** They stay. */
        NEVER,
        /** They become zero, while underflow is masked: MXCSR.FZ. */
        TO_ZERO
    }

    /** {@return the rounding mode} */
    public Rounding rounding() {
        return rounding;
    }

    /** {@return the exceptions that were found, bits of {@link Exceptions}} */
    public int raised() {
        return raised;
    }

    /** Notes exceptions. */
    public void raise(int exceptions) {
        raised |= exceptions;
    }

    /** {@return whether the last rounding made the magnitude greater} */
    public boolean roundedUp() {
        return roundedUp;
    }

    /** {@return whether an exception is masked} */
    boolean isMasked(int exception) {
        return (masks & exception) != 0;
    }

    /** Notes an invalid operation. {@return its masked answer} */
    public Real invalid() {
        raise(Exceptions.INVALID);
        return Real.INDEFINITE;
    }

    /** {@return the zero that is the sum of two numbers of opposite sign} */
    Real exactZero() {
        return Real.zero(rounding == Rounding.DOWN);
    }

    /** {@return a number rounded to a format} */
    public Real round(Real number, Format format) {
        return number.kind() == Real.Kind.FINITE
                ? round(number.isNegative(), number.exponent(), number.significand(), 0, format)
                : number;
    }

    /**
     * Rounds a number other than zero.
     *
     * @param negative its sign
     * @param exponent the power of two of its highest bit
     * @param high its upper 64 bits, the highest set
     * @param low its lower 64 bits; whatever is beyond them is told by the last being set
     * @param format to what
     * @return the number
     */
    Real round(boolean negative, int exponent, long high, long low, Format format) {
        if (exponent < format.minExponent()) {
            return roundSmall(negative, exponent, high, low, format);
        }
        long rest = rest(high, low, format.precision());
        long rounded = significand(negative, high, rest, format.precision());
        int carried = rounded == 0 ? exponent + 1 : exponent;
        long significand = rounded == 0 ? Real.INTEGER_BIT : rounded;
        if (carried > format.bias()) {
            return overflow(negative, carried, significand, rest, format);
        }
        raise(rest == 0 ? 0 : Exceptions.PRECISION);
        return Real.finite(negative, carried, significand);
    }

    /** {@return what is cut off, from its highest bit; the last bit tells whatever is beyond} */
    private static long rest(long high, long low, int precision) {
        return precision == 64 ? low : high << precision | (low == 0 ? 0 : 1);
    }

    /** {@return the upper bits after rounding, 0 if there was a carry out of the highest} */
    private long significand(boolean negative, long high, long rest, int precision) {
        long unit = 1L << (64 - precision);
        long kept = high & -unit;
        roundedUp = isUp(negative, (kept & unit) != 0, rest);
        return roundedUp ? kept + unit : kept;
    }

    private boolean isUp(boolean negative, boolean odd, long rest) {
        if (rest == 0) {
            return false;
        }
        return rounding == Rounding.NEAREST ? rest < 0 && (rest << 1 != 0 || odd) : rounding.isOutward(negative);
    }

    private Real overflow(boolean negative, int exponent, long significand, long rest, Format format) {
        raise(Exceptions.OVERFLOW);
        if (!isMasked(Exceptions.OVERFLOW)) {
            raise(rest == 0 ? 0 : Exceptions.PRECISION);
            if (exponent - WRAP <= format.bias()) {
                return Real.finite(negative, exponent - WRAP, significand);
            }
            // Only FSCALE leads so far.
            raise(Exceptions.PRECISION);
            roundedUp = true;
            return Real.infinity(negative);
        }
        raise(Exceptions.PRECISION);
        roundedUp = rounding == Rounding.NEAREST || rounding.isOutward(negative);
        return roundedUp
                ? Real.infinity(negative)
                : Real.finite(negative, format.bias(), -1L << (64 - format.precision()));
    }

    /** A number below the least normal one: tiny, unless it becomes that one when rounded as if there were no least. */
    private Real roundSmall(boolean negative, int exponent, long high, long low, Format format) {
        long rest = rest(high, low, format.precision());
        long unbounded = significand(negative, high, rest, format.precision());
        boolean tiny = unbounded != 0 || exponent < format.minExponent() - 1;
        if (tiny && !isMasked(Exceptions.UNDERFLOW)) {
            raise(rest == 0 ? Exceptions.UNDERFLOW : Exceptions.UNDERFLOW | Exceptions.PRECISION);
            int carried = unbounded == 0 ? exponent + 1 : exponent;
            if (carried + WRAP < format.minExponent()) {
                raise(Exceptions.PRECISION);
                return Real.zero(negative);
            }
            return Real.finite(negative, carried + WRAP, unbounded == 0 ? Real.INTEGER_BIT : unbounded);
        }
        if (tiny && flushToZero) {
            raise(Exceptions.UNDERFLOW | Exceptions.PRECISION);
            return Real.zero(negative);
        }
        return denormalize(negative, format.minExponent() - exponent, high, low, tiny, format);
    }

    private Real denormalize(boolean negative, int by, long high, long low, boolean tiny, Format format) {
        long shiftedHigh = by < 64 ? high >>> by : 0;
        long rest = rest(shiftedHigh, Jam.lower(high, low, by), format.precision());
        long rounded = significand(negative, shiftedHigh, rest, format.precision());
        if (rest != 0) {
            raise(tiny ? Exceptions.UNDERFLOW | Exceptions.PRECISION : Exceptions.PRECISION);
        }
        if (rounded == 0) {
            return Real.zero(negative);
        }
        int zeros = Long.numberOfLeadingZeros(rounded);
        return Real.finite(negative, format.minExponent() - zeros, rounded << zeros);
    }

    /**
     * Rounds to a whole number.
     *
     * @param number zero or a finite number; others are their own answer
     * @return the whole number
     */
    public Real roundToWhole(Real number) {
        if (number.kind() != Real.Kind.FINITE || number.exponent() >= 63) {
            return number;
        }
        long magnitude = magnitude(number);
        if (magnitude == 0) {
            return Real.zero(number.isNegative());
        }
        int zeros = Long.numberOfLeadingZeros(magnitude);
        return Real.finite(number.isNegative(), 63 - zeros, magnitude << zeros);
    }

    /** {@return a number below 2<sup>64</sup>, as an integer without its sign, rounded} */
    private long magnitude(Real number) {
        int shift = 63 - number.exponent();
        long whole = shift < 64 ? number.significand() >>> shift : 0;
        long rest = Jam.lower(number.significand(), 0, shift);
        roundedUp = isUp(number.isNegative(), (whole & 1) != 0, rest);
        raise(rest == 0 ? 0 : Exceptions.PRECISION);
        return roundedUp ? whole + 1 : whole;
    }

    /** Takes back what was found, but for an invalid operation: the result does not fit. */
    public void invalidate() {
        raised = Exceptions.INVALID;
        roundedUp = false;
    }

    /**
     * Converts to a signed integer.
     *
     * @param number any
     * @param bits the integer's width: 16, 32 or 64
     * @return the integer; the least one where the result does not fit, which is invalid
     */
    public long toInteger(Real number, int bits) {
        long least = -1L << (bits - 1);
        if (number.isZero()) {
            return 0;
        }
        if (number.kind() != Real.Kind.FINITE || number.exponent() >= 64) {
            raise(Exceptions.INVALID);
            return least;
        }
        long magnitude = magnitude(number);
        boolean wrapped = magnitude == 0 && number.exponent() == 63;
        long most = number.isNegative() ? -least : -least - 1;
        if (wrapped || Long.compareUnsigned(magnitude, most) > 0) {
            invalidate();
            return least;
        }
        return number.isNegative() ? -magnitude : magnitude;
    }
}
