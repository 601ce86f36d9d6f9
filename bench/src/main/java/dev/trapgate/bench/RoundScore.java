package dev.trapgate.bench;

import java.util.List;

/**
 * What one round measured of one row.
 *
 * @param iterations nanoseconds an operation took, in each iteration; at least one
 * @param bytesPerOp bytes of Java heap an operation allocated
 */
record RoundScore(List<Double> iterations, double bytesPerOp) {

    /** {@return the median of the iterations, in nanoseconds: one that was interrupted does not count} */
    double nanosPerOp() {
        return Median.of(iterations);
    }
}
