package dev.trapgate.security;

/**
 * What a rule of a seccomp filter asks of one argument: all 64 bits of it, compared as unsigned.
 *
 * <p>The kernel itself reads no more of an argument than its type has: for an {@code int} or {@code unsigned int}, ask by
 * {@link #isInt}, or what a caller leaves in the other half decides. What a pointer points to cannot be asked: it may change
 * after the answer.
 *
 * @param argument which argument, 0 to 5
 * @param operator how it is compared
 * @param operand with what
 * @param mask which bits count for {@link Operator#MASKED_EQUAL}, all ones for the others
 */
public record ArgumentComparison(int argument, Operator operator, long operand, long mask) {

    private static final int ARGUMENTS = 6;
    private static final long ALL = -1L;
    private static final long LOW_HALF = 0xffff_ffffL;

    /** How an argument is compared; numbers as unsigned. */
    public enum Operator {
        /** It is the operand. */
        EQUAL("=="),
        /** It is not the operand. */
        NOT_EQUAL("!="),
        /** It is less. */
        LESS("<"),
        /** It is less, or the operand. */
        LESS_OR_EQUAL("<="),
        /** It is more. */
        GREATER(">"),
        /** It is more, or the operand. */
        GREATER_OR_EQUAL(">="),
        /** Those of its bits that the mask has are the operand. */
        MASKED_EQUAL("==");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    /** Refuses what could never be true, or is no argument. */
    public ArgumentComparison {
        if (argument < 0 || argument >= ARGUMENTS) {
            throw new IllegalArgumentException("argument " + argument + ": a call has arguments 0 to 5");
        }
        if ((operand & ~mask) != 0) {
            throw new IllegalArgumentException(String.format(
                    "an argument masked by 0x%x is never 0x%x; leave the other bits out of both", mask, operand));
        }
    }

    /**
     * {@return whether an argument is a value}
     *
     * @param argument which, 0 to 5
     * @param value the value
     */
    public static ArgumentComparison is(int argument, long value) {
        return new ArgumentComparison(argument, Operator.EQUAL, value, ALL);
    }

    /**
     * {@return whether an argument is not a value}
     *
     * @param argument which, 0 to 5
     * @param value the value
     */
    public static ArgumentComparison isNot(int argument, long value) {
        return new ArgumentComparison(argument, Operator.NOT_EQUAL, value, ALL);
    }

    /**
     * {@return whether an argument of 32 bits, such as a descriptor, is a value}
     *
     * @param argument which, 0 to 5
     * @param value the value
     */
    public static ArgumentComparison isInt(int argument, int value) {
        return masked(argument, LOW_HALF, value & LOW_HALF);
    }

    /**
     * {@return whether some bits of an argument, flags for example, are a value}
     *
     * @param argument which, 0 to 5
     * @param mask which bits
     * @param value what they are to be; no other bits
     */
    public static ArgumentComparison masked(int argument, long mask, long value) {
        return new ArgumentComparison(argument, Operator.MASKED_EQUAL, value, mask);
    }

    /**
     * {@return whether an argument is less than a value}
     *
     * @param argument which, 0 to 5
     * @param value the value, as unsigned
     */
    public static ArgumentComparison isLess(int argument, long value) {
        return new ArgumentComparison(argument, Operator.LESS, value, ALL);
    }

    /**
     * {@return whether an argument is a value at most}
     *
     * @param argument which, 0 to 5
     * @param value the value, as unsigned
     */
    public static ArgumentComparison isAtMost(int argument, long value) {
        return new ArgumentComparison(argument, Operator.LESS_OR_EQUAL, value, ALL);
    }

    /**
     * {@return whether an argument is more than a value}
     *
     * @param argument which, 0 to 5
     * @param value the value, as unsigned
     */
    public static ArgumentComparison isGreater(int argument, long value) {
        return new ArgumentComparison(argument, Operator.GREATER, value, ALL);
    }

    /**
     * {@return whether an argument is a value at least}
     *
     * @param argument which, 0 to 5
     * @param value the value, as unsigned
     */
    public static ArgumentComparison isAtLeast(int argument, long value) {
        return new ArgumentComparison(argument, Operator.GREATER_OR_EQUAL, value, ALL);
    }

    /** {@return for example {@code args[1] & 0x3 == 0x1}} */
    @Override
    public String toString() {
        String masked = mask == ALL ? "" : " & 0x" + Long.toHexString(mask);
        return "args[" + argument + "]" + masked + " " + operator.sign + " 0x" + Long.toHexString(operand);
    }
}
