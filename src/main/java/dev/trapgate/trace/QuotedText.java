package dev.trapgate.trace;

/**
 * Bytes between quotation marks, as {@code strace(1)} writes them.
 *
 * <p>Printable ASCII stands for itself; tab, newline, vertical tab, form feed, carriage return, the quotation mark and
 * the backslash have their C escapes; any other byte is in octal, as short as the byte after it allows.
 */
public final class QuotedText {

    private static final String CUT_SHORT = "...";

    private QuotedText() {}

    /**
     * Quotes bytes.
     *
     * @param bytes the bytes
     * @param limit how many of them to show, 0 or more
     * @return the quotation, with {@code ...} behind it if there are more bytes than {@code limit}
     */
    public static String of(byte[] bytes, int limit) {
        int shown = Math.min(bytes.length, limit);
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < shown; i++) {
            boolean digitFollows = i + 1 < shown && isDigit(bytes[i + 1]);
            quoted.append(escaped(bytes[i] & 0xff, digitFollows ? Octal.FULL : Octal.SHORT));
        }
        return quoted.append('"').append(shown < bytes.length ? CUT_SHORT : "").toString();
    }

    private enum Octal {
        /** As many digits as the value has. */
        SHORT,
        /** Three digits, so that a digit may follow. */
        FULL
    }

    private static String escaped(int value, Octal octal) {
        return switch (value) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case 0x0b -> "\\v";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> isPrintable(value) ? String.valueOf((char) value) : octal(value, octal);
        };
    }

    private static String octal(int value, Octal octal) {
        String digits = Integer.toOctalString(value);
        return octal == Octal.SHORT ? "\\" + digits : "\\" + "0".repeat(3 - digits.length()) + digits;
    }

    private static boolean isPrintable(int value) {
        return value >= ' ' && value <= '~';
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }
}
