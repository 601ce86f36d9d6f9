package dev.trapgate.cli;

import java.util.List;
import java.util.Locale;

/**
 * What became of a figure from one report to the next.
 *
 * @param isClear whether it changed by more than chance and noise explain
 * @param text the change in percent, or why there is none to speak of
 */
record Change(boolean isClear, String text) {

    /** Nothing to compare. */
    static final Change NONE = new Change(false, "");

    private static final Change WITHIN = new Change(false, "~");
    private static final Change UNKNOWN = new Change(false, "?");

    /** How likely chance may be where a change is called one. */
    private static final double SIGNIFICANCE = 0.01;

    /** With four rounds in each, even those that are wholly apart are so by chance in one case of 35. */
    private static final int FEWEST_ROUNDS = 5;

    /**
     * Compares two lists of rounds.
     *
     * @param before the rounds of the one report; none if there is no figure
     * @param after the rounds of the other
     * @param noise how far a figure is from its own twin, as a share of it
     * @return what changed
     */
    static Change between(List<Double> before, List<Double> after, double noise) {
        if (before.isEmpty() || after.isEmpty()) {
            return NONE;
        }
        if (Math.min(before.size(), after.size()) < FEWEST_ROUNDS) {
            return UNKNOWN;
        }
        double change = RankTest.median(after) / RankTest.median(before) - 1;
        boolean isClear = Math.abs(change) > noise && RankTest.probability(before, after) < SIGNIFICANCE;
        return isClear ? new Change(true, percent(change)) : WITHIN;
    }

    private static String percent(double change) {
        return String.format(Locale.ROOT, "%+.0f %%", change * 100).replace('-', '−');
    }
}
