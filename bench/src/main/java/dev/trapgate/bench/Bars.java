package dev.trapgate.bench;

import dev.trapgate.cli.CostDocument.Row;
import java.util.List;

/**
 * Bars of block characters, in eighths of a character.
 *
 * @param width of the longest, in characters; 0 for none
 * @param full what the longest stands for, in nanoseconds
 */
record Bars(int width, double full) {

    /** U+2588 to U+258F: a full block, then seven eighths and so on down to one. */
    private static final char FULL_BLOCK = '\u2588';

    private static final int EIGHTHS = 8;
    private static final String BEYOND = "▶";
    private static final double BEYOND_MEDIANS = 4;

    /**
     * Chooses a scale. A row that takes many times as long as most would leave nothing to see of the others.
     *
     * @param rows the rows of one operation
     * @param width of the longest bar, in characters
     * @return a scale up to the slowest row that takes at most four times the median
     */
    static Bars of(List<Row> rows, int width) {
        List<Double> nanos = rows.stream()
                .flatMapToDouble(row -> row.nanos().stream())
                .boxed()
                .toList();
        if (nanos.isEmpty()) {
            return new Bars(0, 1);
        }
        double bound = BEYOND_MEDIANS * Median.of(nanos);
        return new Bars(
                width,
                nanos.stream()
                        .mapToDouble(Double::doubleValue)
                        .filter(each -> each <= bound)
                        .max()
                        .orElse(bound));
    }

    /**
     * Draws a bar.
     *
     * @param nanos what it stands for
     * @return the bar; empty if it is too short to be seen
     */
    String of(double nanos) {
        if (width == 0) {
            return "";
        }
        if (nanos > full) {
            return String.valueOf(FULL_BLOCK).repeat(width - 1) + BEYOND;
        }
        int eighths = (int) Math.round(nanos / full * width * EIGHTHS);
        int rest = eighths % EIGHTHS;
        return String.valueOf(FULL_BLOCK).repeat(eighths / EIGHTHS)
                + (rest == 0 ? "" : String.valueOf((char) (FULL_BLOCK + EIGHTHS - rest)));
    }
}
