package dev.trapgate.emulator.linux.fs.proc;

import java.util.Locale;
import java.util.StringJoiner;

/** How the kernel prints sets of processors: {@code %*pb} and {@code %*pbl} of lib/vsprintf.c. */
final class ProcessorSets {

    private static final int GROUP = 32;
    private static final int DIGIT = 4;
    private static final long GROUP_MASK = 0xffff_ffffL;

    private ProcessorSets() {}

    /**
     * {@return a set in hexadecimal, in groups of 32 bits, the highest first}
     *
     * @param set the processors, as bits
     * @param count how many there can be, 1 to 64
     */
    static String mask(long set, int count) {
        StringBuilder text = new StringBuilder();
        int high = (count - 1) / GROUP;
        for (int group = high; group >= 0; group--) {
            int bits = group == high ? count - high * GROUP : GROUP;
            int digits = (bits + DIGIT - 1) / DIGIT;
            text.append(text.isEmpty() ? "" : ",")
                    .append(String.format(Locale.ROOT, "%0" + digits + "x", (set >>> (group * GROUP)) & GROUP_MASK));
        }
        return text.toString();
    }

    /** {@return a set as ranges, for example {@code 0-1,4}} */
    static String list(long set) {
        StringJoiner ranges = new StringJoiner(",");
        long left = set;
        while (left != 0) {
            int first = Long.numberOfTrailingZeros(left);
            int length = Long.numberOfTrailingZeros(~(left >>> first));
            ranges.add(length == 1 ? String.valueOf(first) : first + "-" + (first + length - 1));
            left = first + length >= Long.SIZE ? 0 : left >>> (first + length) << (first + length);
        }
        return ranges.toString();
    }
}
