package dev.trapgate.bench;

import dev.trapgate.bench.call.Caller;
import dev.trapgate.bench.call.Row;
import dev.trapgate.entry.Gate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A row of a report with all that is said of it.
 *
 * @param row the row
 * @param figures what was measured; empty if nothing was
 * @param note why nothing was measured, or not in every round; empty if all is well
 * @param baseline what it is compared with; empty if there is nothing to compare it with
 * @param ratio how it compares with the baseline; empty if either was not measured
 * @param vsGlibc how it compares with C through glibc; empty if either was not measured
 * @param nanosByRound what each round measured, in nanoseconds; empty if none did
 * @param ratiosByRound how it compares with the baseline in each round that measured both; empty if none did
 */
record ComparedRow(
        Row row,
        Optional<Figures> figures,
        Optional<String> note,
        Optional<Row> baseline,
        Optional<Ratio> ratio,
        Optional<Ratio> vsGlibc,
        List<Double> nanosByRound,
        List<Double> ratiosByRound) {

    /**
     * Compares every row of a report.
     *
     * @param report the report
     * @return its rows, compared
     */
    static List<ComparedRow> of(CostReport report) {
        return report.rows().stream().map(row -> compared(row, report)).toList();
    }

    private static ComparedRow compared(Row row, CostReport report) {
        Measurements measurements = report.measurements();
        Optional<Row> baseline = find(report, row::isMeasuredAgainst);
        Optional<Row> glibc = find(report, other -> isGlibcInC(other) && other.operation() == row.operation());
        return new ComparedRow(
                row,
                measurements.figures(row),
                measurements.hindrance(row),
                baseline,
                baseline.flatMap(other -> measurements.ratio(row, other)),
                glibc.flatMap(other -> measurements.ratio(row, other)),
                measurements.nanos(row),
                baseline.map(other -> measurements.ratios(row, other)).orElse(List.of()));
    }

    private static boolean isGlibcInC(Row row) {
        return row.caller() == Caller.C && row.gate().equals(Optional.of(Gate.GLIBC));
    }

    private static Optional<Row> find(CostReport report, Predicate<Row> wanted) {
        return report.rows().stream().filter(wanted).findFirst();
    }

    /** {@return whether it is what others are compared with} */
    boolean isItsOwnBaseline() {
        return baseline.equals(Optional.of(row));
    }
}
