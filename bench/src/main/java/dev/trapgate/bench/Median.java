package dev.trapgate.bench;

import java.util.List;

/** The middle of some figures. */
public final class Median {

    private Median() {}

    /**
     * Finds the middle figure, or the mean of the two in the middle.
     *
     * @param figures the figures, in any order
     * @return their median
     * @throws IllegalArgumentException if there are none
     */
    public static double of(List<Double> figures) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no figures have no median");
        }
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
