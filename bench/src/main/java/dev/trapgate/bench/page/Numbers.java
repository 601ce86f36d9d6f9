package dev.trapgate.bench.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Figures as people read them. */
final class Numbers {

    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final MathContext TICK_DIGITS = new MathContext(3);

    private Numbers() {}

    /** {@return a time with its unit, to three digits} */
    static String time(double nanos) {
        if (nanos < MICRO) {
            return digits(nanos) + " ns";
        }
        return nanos < MILLI ? digits(nanos / MICRO) + " µs" : digits(nanos / MILLI) + " ms";
    }

    /** {@return a time that stands at a tick, with its unit} */
    static String tick(double nanos) {
        if (nanos < MICRO) {
            return plain(nanos) + " ns";
        }
        return nanos < MILLI ? plain(nanos / MICRO) + " µs" : plain(nanos / MILLI) + " ms";
    }

    /** {@return a ratio that stands at a tick, with its sign} */
    static String ratioTick(double ratio) {
        return plain(ratio) + "×";
    }

    /** {@return a ratio with its sign} */
    static String ratio(double ratio) {
        return fixed(ratio) + "×";
    }

    /** {@return a number to two decimal places, fewer when it is large} */
    static String fixed(double number) {
        return text(number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f", number);
    }

    private static String digits(double number) {
        return text(number < 9.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%.0f", number);
    }

    private static String plain(double number) {
        // Ticks are multiples of 1, 2 or 5 and a power of ten, but for the last bits of their binary form.
        return new BigDecimal(number).round(TICK_DIGITS).stripTrailingZeros().toPlainString();
    }

    private static String text(String format, Object number) {
        return String.format(Locale.ROOT, format, number);
    }
}
