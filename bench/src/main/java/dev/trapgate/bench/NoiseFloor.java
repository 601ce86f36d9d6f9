package dev.trapgate.bench;

import dev.trapgate.bench.call.Row;
import java.util.List;
import java.util.Optional;

/** What sets two rows apart that measure the same: a smaller difference between others means nothing. */
final class NoiseFloor {

    private NoiseFloor() {}

    /**
     * Compares every duplicate of a report with the row that it repeats.
     *
     * @param report the report
     * @return the ratios of all rounds of all duplicates together; empty if none was measured
     */
    static Optional<Ratio> of(CostReport report) {
        List<Double> ratios = report.rows().stream()
                .filter(Row::duplicate)
                .flatMap(row -> report.rows().stream()
                        .filter(row::isMeasuredAgainst)
                        .flatMap(repeated -> report.measurements().ratios(row, repeated).stream()))
                .toList();
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Ratio.of(ratios));
    }
}
