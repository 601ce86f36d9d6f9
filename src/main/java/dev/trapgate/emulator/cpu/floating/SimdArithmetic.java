package dev.trapgate.emulator.cpu.floating;

import dev.trapgate.emulator.cpu.VectorRegisters;
import dev.trapgate.emulator.cpu.floating.Environment.Flush;

/**
 * SSE's arithmetic on one element, with the rounding and the answers that MXCSR asks for (SDM vol. 1, 11.5 and table 4-7). The
 * exceptions of all elements of an instruction are gathered until {@link #unmasked} is asked.
 *
 * <p>Where MXCSR is as a program finds it, and operands and result are normal numbers or zeros, Java's own arithmetic, which
 * is IEEE 754's, gives the result; whether it is exact is asked only until it once was not.
 */
public final class SimdArithmetic {

    /** MXCSR but for its flags. */
    private static final int CONTROL = 0xffc0;

    private static final int USUAL = VectorRegisters.MXCSR_RESET;
    private static final int MASKS = Exceptions.ALL;

    private final VectorRegisters registers;
    private final Environment environment = new Environment();
    private int raised;

    /**
     * Makes the arithmetic of a processor.
     *
     * @param registers have its MXCSR
     */
    public SimdArithmetic(VectorRegisters registers) {
        this.registers = registers;
    }

    /**
     * Ends an instruction: gives MXCSR the flags of what was found.
     *
     * @return whether one of the exceptions is not masked, so that the instruction has no result
     */
    public boolean unmasked() {
        int found = raised;
        if (found == 0) {
            return false;
        }
        raised = 0;
        int mxcsr = registers.mxcsr();
        int masks = mxcsr >> VectorRegisters.MASK_SHIFT;
        // What is found by looking at the operands of any element keeps all from being computed.
        boolean early = (found & Exceptions.BEFORE_COMPUTATION & ~masks) != 0;
        int told = early ? found & Exceptions.BEFORE_COMPUTATION : found;
        registers.setMxcsr(mxcsr | told);
        return (told & ~masks & MASKS) != 0;
    }

    private boolean isUsual() {
        return (registers.mxcsr() & CONTROL) == USUAL;
    }

    private boolean asksPrecision() {
        return (registers.mxcsr() & Exceptions.PRECISION) == 0;
    }

    private void inexactUnless(boolean exact) {
        if (!exact) {
            raised |= Exceptions.PRECISION;
        }
    }

    /** {@return whether a number is a zero, or normal and not near the ends of the range} */
    private static boolean isPlain(double number) {
        long bits = Double.doubleToRawLongBits(number) << 1;
        return bits == 0 || ((bits >>> 53) - 128 < 1791 && bits >>> 53 >= 128);
    }

    /** {@return whether a number is a zero, or normal and not near the ends of the range} */
    private static boolean isPlain(float number) {
        int bits = Float.floatToRawIntBits(number) << 1;
        return bits == 0 || ((bits >>> 24) - 32 < 191 && bits >>> 24 >= 32);
    }

    /** {@return a + b of binary64} */
    public long add64(long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double sum = x + y;
        if (!isUsual() || !isPlain(x) || !isPlain(y) || !isPlain(sum)) {
            return binary(Arithmetic::add, a, b, Format.DOUBLE);
        }
        if (asksPrecision()) {
            inexactUnless(isExactSum(x, y, sum));
        }
        return Double.doubleToRawLongBits(sum);
    }

    /** {@return a − b of binary64} */
    public long subtract64(long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double difference = x - y;
        if (!isUsual() || !isPlain(x) || !isPlain(y) || !isPlain(difference)) {
            return binary(SimdArithmetic::subtract, a, b, Format.DOUBLE);
        }
        if (asksPrecision()) {
            inexactUnless(isExactSum(x, -y, difference));
        }
        return Double.doubleToRawLongBits(difference);
    }

    /** Knuth's TwoSum: the error of a sum is a number itself. */
    private static boolean isExactSum(double x, double y, double sum) {
        double part = sum - x;
        return x - (sum - part) + (y - part) == 0;
    }

    /** {@return a × b of binary64} */
    public long multiply64(long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double product = x * y;
        if (!isUsual() || !isPlain(x) || !isPlain(y) || !isPlain(product) || (product == 0 && x != 0 && y != 0)) {
            return binary(Arithmetic::multiply, a, b, Format.DOUBLE);
        }
        if (asksPrecision()) {
            inexactUnless(Math.fma(x, y, -product) == 0);
        }
        return Double.doubleToRawLongBits(product);
    }

    /** {@return a / b of binary64} */
    public long divide64(long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double quotient = x / y;
        if (!isUsual() || !isPlain(x) || !isPlain(y) || !isPlain(quotient) || y == 0 || (quotient == 0 && x != 0)) {
            return binary(Arithmetic::divide, a, b, Format.DOUBLE);
        }
        if (asksPrecision()) {
            inexactUnless(Math.fma(quotient, y, -x) == 0);
        }
        return Double.doubleToRawLongBits(quotient);
    }

    /** {@return the square root of binary64} */
    public long squareRoot64(long a) {
        double x = Double.longBitsToDouble(a);
        if (!isUsual() || !isPlain(x) || x < 0) {
            return squareRoot(a, Format.DOUBLE);
        }
        double root = Math.sqrt(x);
        if (asksPrecision()) {
            inexactUnless(Math.fma(root, root, -x) == 0);
        }
        return Double.doubleToRawLongBits(root);
    }

    /** {@return a + b of binary32} */
    public int add32(int a, int b) {
        float x = Float.intBitsToFloat(a);
        float y = Float.intBitsToFloat(b);
        float sum = x + y;
        if (!isUsual() || !isPlain(x) || !isPlain(y) || !isPlain(sum)) {
            return (int) binary(Arithmetic::add, a, b, Format.SINGLE);
        }
        if (asksPrecision()) {
            inexactUnless(isExactSum(x, y, sum));
        }
        return Float.floatToRawIntBits(sum);
    }

    /** {@return a − b of binary32} */
    public int subtract32(int a, int b) {
        float x = Float.intBitsToFloat(a);
        float y = Float.intBitsToFloat(b);
        float difference = x - y;
        if (!isUsual() || !isPlain(x) || !isPlain(y) || !isPlain(difference)) {
            return (int) binary(SimdArithmetic::subtract, a, b, Format.SINGLE);
        }
        if (asksPrecision()) {
            inexactUnless(isExactSum(x, -y, difference));
        }
        return Float.floatToRawIntBits(difference);
    }

    private static boolean isExactSum(float x, float y, float sum) {
        float part = sum - x;
        return x - (sum - part) + (y - part) == 0;
    }

    /** {@return a × b of binary32} */
    public int multiply32(int a, int b) {
        float x = Float.intBitsToFloat(a);
        float y = Float.intBitsToFloat(b);
        float product = x * y;
        if (!isUsual() || !isPlain(x) || !isPlain(y) || !isPlain(product) || (product == 0 && x != 0 && y != 0)) {
            return (int) binary(Arithmetic::multiply, a, b, Format.SINGLE);
        }
        if (asksPrecision()) {
            inexactUnless((double) x * y == product);
        }
        return Float.floatToRawIntBits(product);
    }

    /** {@return a / b of binary32} */
    public int divide32(int a, int b) {
        float x = Float.intBitsToFloat(a);
        float y = Float.intBitsToFloat(b);
        float quotient = x / y;
        if (!isUsual() || !isPlain(x) || !isPlain(y) || !isPlain(quotient) || y == 0 || (quotient == 0 && x != 0)) {
            return (int) binary(Arithmetic::divide, a, b, Format.SINGLE);
        }
        if (asksPrecision()) {
            inexactUnless((double) quotient * y == x);
        }
        return Float.floatToRawIntBits(quotient);
    }

    /** {@return the square root of binary32} */
    public int squareRoot32(int a) {
        float x = Float.intBitsToFloat(a);
        if (!isUsual() || !isPlain(x) || x < 0) {
            return (int) squareRoot(a, Format.SINGLE);
        }
        // The root of a float, as a double, is never so near to halfway between two floats that rounding twice matters.
        float root = (float) Math.sqrt(x);
        if (asksPrecision()) {
            inexactUnless((double) root * root == x);
        }
        return Float.floatToRawIntBits(root);
    }

    // The exact way.

    private interface Binary {
        Real of(Environment environment, Real a, Real b, Format format);
    }

    private static Real subtract(Environment environment, Real a, Real b, Format format) {
        return Arithmetic.add(environment, a, b.withSign(!b.isNegative()), format);
    }

    private void begin() {
        int mxcsr = registers.mxcsr();
        environment.begin(
                Rounding.of(mxcsr >> VectorRegisters.ROUNDING_SHIFT),
                mxcsr >> VectorRegisters.MASK_SHIFT,
                (mxcsr & VectorRegisters.FZ) == 0 ? Flush.NEVER : Flush.TO_ZERO);
    }

    private Real operand(long bits, Format format) {
        Real number = format.unpack(bits);
        boolean flushed = number.isDenormal() && (registers.mxcsr() & VectorRegisters.DAZ) != 0;
        return flushed ? Real.zero(number.isNegative()) : number;
    }

    private long binary(Binary operation, long a, long b, Format format) {
        begin();
        Real first = operand(a, format);
        Real second = operand(b, format);
        Real result =
                first.isNan() || second.isNan() ? nan(first, second) : operation.of(environment, first, second, format);
        raised |= environment.raised();
        return format.pack(result);
    }

    /** The first operand, if it is a NaN, else the second; quiet. */
    private Real nan(Real first, Real second) {
        noteSignaling(first, second);
        return first.isNan() ? first.quiet() : second.quiet();
    }

    private void noteSignaling(Real first, Real second) {
        if (first.kind() == Real.Kind.SIGNALING || second.kind() == Real.Kind.SIGNALING) {
            environment.raise(Exceptions.INVALID);
        }
    }

    private long squareRoot(long a, Format format) {
        begin();
        Real number = operand(a, format);
        Real root = number.isNan() ? nan(number, number) : Arithmetic.squareRoot(environment, number, format);
        raised |= environment.raised();
        return format.pack(root);
    }

    // Comparisons.

    /** How two elements are to each other. */
    public enum Relation {
        /** a &lt; b. */
        LESS,
        /** a = b. */
        EQUAL,
        /** a &gt; b. */
        GREATER,
        /** One is a NaN. */
        UNORDERED
    }

    /** Which NaNs are invalid as operands of a comparison. */
    public enum Invalid {
        /** The signaling ones. */
        SIGNALING,
        /** All. */
        ANY
    }

    /**
     * Compares two elements.
     *
     * @param a bits of the first
     * @param b bits of the second
     * @param format of both
     * @param invalid which NaNs are
     * @return how a is to b
     */
    public Relation compare(long a, long b, Format format, Invalid invalid) {
        Real first = operand(a, format);
        Real second = operand(b, format);
        if (first.isNan() || second.isNan()) {
            boolean signaling = first.kind() == Real.Kind.SIGNALING || second.kind() == Real.Kind.SIGNALING;
            raised |= signaling || invalid == Invalid.ANY ? Exceptions.INVALID : 0;
            return Relation.UNORDERED;
        }
        raised |= first.isDenormal() || second.isDenormal() ? Exceptions.DENORMAL : 0;
        int order = Real.compare(first, second);
        return order == 0 ? Relation.EQUAL : order < 0 ? Relation.LESS : Relation.GREATER;
    }

    /** {@return the lesser of two elements; the second if neither is, or one is a NaN} */
    public long minimum(long a, long b, Format format) {
        return chosen(compare(a, b, format, Invalid.ANY) == Relation.LESS ? a : b, format);
    }

    /** {@return the greater of two elements; the second if neither is, or one is a NaN} */
    public long maximum(long a, long b, Format format) {
        return chosen(compare(a, b, format, Invalid.ANY) == Relation.GREATER ? a : b, format);
    }

    private long chosen(long bits, Format format) {
        return (registers.mxcsr() & VectorRegisters.DAZ) == 0 ? bits : format.pack(operand(bits, format));
    }

    // Conversions.

    /** {@return an element in another format} */
    public long convert(long bits, Format from, Format to) {
        begin();
        Real number = operand(bits, from);
        if (number.isNan()) {
            noteSignaling(number, number);
            number = number.quiet();
        } else {
            Arithmetic.noteDenormal(environment, number, number);
            number = environment.round(number, to);
        }
        raised |= environment.raised();
        return to.pack(number);
    }

    /** {@return an integer as an element} */
    public long fromInteger(long value, Format to) {
        if (to.precision() == 53 && (int) value == value) {
            return Double.doubleToRawLongBits((double) value);
        }
        begin();
        Real number = environment.round(Real.of(value), to);
        raised |= environment.raised();
        return to.pack(number);
    }

    /** {@return an element as an integer of 32 or 64 bits, rounded as MXCSR says} */
    public long toInteger(long bits, Format from, int width) {
        begin();
        return toIntegerAsBegun(bits, from, width);
    }

    /** {@return an element as an integer of 32 or 64 bits, toward zero} */
    public long truncate(long bits, Format from, int width) {
        if (from.precision() == 53 && width == 32) {
            double number = Double.longBitsToDouble(bits);
            int whole = (int) number;
            if (whole == number && isUsual()) {
                return whole;
            }
        }
        environment.begin(Rounding.ZERO, Exceptions.ALL, Flush.NEVER);
        return toIntegerAsBegun(bits, from, width);
    }

    private long toIntegerAsBegun(long bits, Format from, int width) {
        long value = environment.toInteger(operand(bits, from), width);
        raised |= environment.raised();
        return value;
    }
}
