package dev.trapgate.bench;

import dev.trapgate.bench.call.Caller;
import dev.trapgate.bench.call.Operation;
import dev.trapgate.bench.call.Row;
import dev.trapgate.cli.CostDocument;
import dev.trapgate.cli.CostDocumentReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A report with known figures: two rounds, in which C through the instruction took 100 ns and then 200 ns. */
final class SampleReport {

    static final List<Row> ROWS = Operation.GETPPID.rows();

    private SampleReport() {}

    static CostReport make() {
        Measurements measurements = new Measurements();
        for (Row row : ROWS) {
            if (row.caller() == Caller.JNI) {
                measurements.hinder(row, "there is no C compiler");
                continue;
            }
            double nanos = nanos(row);
            measurements.add(row, 0, new RoundScore(List.of(nanos, nanos), 0, 0));
            measurements.add(row, 1, new RoundScore(List.of(2 * nanos, 2 * nanos), 0, 0));
        }
        return new CostReport(
                new Environment(
                        new TreeMap<>(Map.of("cpu", "A CPU", "kernel", "Linux 1")), List.of("The load was high.")),
                ROWS,
                measurements);
    }

    /** {@return the same, written as JSON and read again} */
    static CostDocument document() {
        return CostDocumentReader.parse(CostJson.of(make()), "the sample");
    }

    private static double nanos(Row row) {
        return switch (row.method()) {
            case "cSyscall" -> 100;
            case "syscall" -> 110;
            case "cGlibc" -> 160;
            default -> 1600;
        };
    }
}
