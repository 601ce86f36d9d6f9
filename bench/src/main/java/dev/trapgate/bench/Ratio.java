package dev.trapgate.bench;

import java.util.Collections;
import java.util.List;

/**
 * How one row compares with another.
 *
 * @param median the median of the rounds' ratios
 * @param lowest the least of them
 * @param highest the greatest of them
 */
record Ratio(double median, double lowest, double highest) {

    static Ratio of(List<Double> perRound) {
        return new Ratio(Median.of(perRound), Collections.min(perRound), Collections.max(perRound));
    }
}
