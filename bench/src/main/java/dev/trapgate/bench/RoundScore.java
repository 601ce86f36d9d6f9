package dev.trapgate.bench;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one round measured of one row.
 *
 * @param iterations nanoseconds an operation took, in each iteration; at least one
 * @param bytesPerOp bytes of Java heap an operation allocated
 * @param cyclesPerOp cycles of the time-stamp counter that an operation took; 0 if they were not counted
 * @param samples how many single calls took how many nanoseconds; empty if none was timed
 */
record RoundScore(List<Double> iterations, double bytesPerOp, double cyclesPerOp, SortedMap<Long, Long> samples) {

    /**
     * A score without single calls.
     *
     * @param iterations nanoseconds an operation took, in each iteration; at least one
     * @param bytesPerOp bytes of Java heap an operation allocated
     * @param cyclesPerOp cycles of the time-stamp counter that an operation took; 0 if they were not counted
     */
    RoundScore(List<Double> iterations, double bytesPerOp, double cyclesPerOp) {
        this(iterations, bytesPerOp, cyclesPerOp, new TreeMap<>());
    }

    /** {@return the median of the iterations, in nanoseconds: one that was interrupted does not count} */
    double nanosPerOp() {
        return Median.of(iterations);
    }
}
