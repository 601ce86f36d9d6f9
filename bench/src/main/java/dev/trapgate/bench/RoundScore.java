package dev.trapgate.bench;

import java.util.List;

/**
 * What one round measured of one row.
 *
 * @param iterations nanoseconds an operation took, in each iteration; at least one
 * @param bytesPerOp bytes of Java heap an operation allocated
 * @param cyclesPerOp cycles of the time-stamp counter that an operation took; 0 if they were not counted
 */
record RoundScore(List<Double> iterations, double bytesPerOp, double cyclesPerOp) {

    /** {@return the median of the iterations, in nanoseconds: one that was interrupted does not count} */
    double nanosPerOp() {
        return Median.of(iterations);
    }
}
