package dev.trapgate.bench.page;

import java.util.Locale;

/** Figures as people read them. */
final class Numbers {

    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;

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
        return number == Math.rint(number) ? text("%.0f", number) : text("%s", (float) number);
    }

    private static String text(String format, Object number) {
        return String.format(Locale.ROOT, format, number);
    }
}
