package dev.trapgate.notation;

import java.math.BigInteger;
import java.util.Locale;

/** Whole numbers as C and the shell's users write them. */
public final class NumberText {

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger GREATEST =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private NumberText() {}

    /**
     * Reads a number.
     *
     * @param text decimal, {@code 0x} hexadecimal, {@code 0o} or (as in C) {@code 0} octal, {@code 0b} binary, with a
     *     sign or none
     * @return its 64 bits
     * @throws UsageException if it is no number, or is below −2⁶³ or above 2⁶⁴−1
     */
    public static long parse(String text) {
        boolean isNegative = text.startsWith("-");
        String digits = isNegative || text.startsWith("+") ? text.substring(1) : text;
        BigInteger magnitude = magnitude(digits, text);
        BigInteger value = isNegative ? magnitude.negate() : magnitude;
        if (value.compareTo(LEAST) < 0 || value.compareTo(GREATEST) > 0) {
            throw new UsageException("number '" + text + "' does not fit into 64 bits (-2^63 to 2^64-1)");
        }
        return value.longValue();
    }

    private static BigInteger magnitude(String digits, String text) {
        String lower = digits.toLowerCase(Locale.ROOT);
        if (lower.startsWith("0x")) {
            return magnitude(lower.substring(2), 16, text);
        }
        if (lower.startsWith("0o")) {
            return magnitude(lower.substring(2), 8, text);
        }
        if (lower.startsWith("0b")) {
            return magnitude(lower.substring(2), 2, text);
        }
        return magnitude(lower, lower.length() > 1 && lower.startsWith("0") ? 8 : 10, text);
    }

    private static BigInteger magnitude(String digits, int radix, String text) {
        boolean isNumber = !digits.isEmpty() && digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
        if (!isNumber) {
            throw new UsageException(
                    "'" + text + "' is not a number; write decimal, 0x hexadecimal, 0o (or C's 0) octal or 0b binary");
        }
        return new BigInteger(digits, radix);
    }
}
