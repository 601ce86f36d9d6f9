package dev.trapgate.bench.page;

import dev.trapgate.cli.CostDocument;
import dev.trapgate.cli.CostDocument.Bin;
import dev.trapgate.cli.CostDocument.Figures;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.RowKey;
import dev.trapgate.cli.CostDocument.Sample;
import dev.trapgate.cli.CostDocument.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** A report as large as one gets, with known figures: every operation takes an eighth longer than the one before. */
final class SampleDocument {

    /** What must be shown as it is, whatever it looks like to HTML. */
    static final String HOSTILE = "<script>alert('1')</script>&amp;\"";

    private static final List<String> CALLS = List.of(
            "getppid",
            "clock_gettime",
            "read-1",
            "read-65536",
            "write-1",
            "openat+close",
            "mmap+munmap",
            "pipe ping-pong");

    private SampleDocument() {}

    static CostDocument make() {
        List<Row> rows = new ArrayList<>();
        double slower = 1;
        for (String call : CALLS) {
            rows.addAll(rows(call, slower));
            slower *= 1.125;
        }
        return of(rows, Optional.of(new Spread(0.98, 1.004, 1.02)));
    }

    static CostDocument of(List<Row> rows, Optional<Spread> noiseFloor) {
        Map<String, String> host = new LinkedHashMap<>();
        host.put("date", "2026-11-21T12:00:00Z");
        host.put("cpu", "A CPU " + HOSTILE);
        host.put("kernel", "Linux 6.18");
        host.put("mitigations", "a long line without a blank: " + "x".repeat(200));
        return new CostDocument(host, List.of("The load was high " + HOSTILE), noiseFloor, rows);
    }

    private static List<Row> rows(String call, double slower) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(call, "java", "SYSCALL", "ordinary", 1, 130 * slower));
        rows.add(row(call, "java", "SYSCALL", "critical", 1, 128 * slower));
        rows.add(row(call, "java", "SYSCALL", "ordinary", 16, 122 * slower));
        rows.add(row(call, "java", "SYSCALL", "ordinary", 64, 104 * slower));
        rows.add(row(call, "java", "GLIBC", "ordinary", 1, 170 * slower));
        rows.add(row(call, "java", "INT80", "ordinary", 1, 4200 * slower));
        rows.add(row(call, "java", "EMULATED_SYSCALL", "ordinary", 1, 900 * slower));
        rows.add(row(call, "ffm", "GLIBC", "ordinary", 1, 172 * slower));
        rows.add(row(call, "ffm+errno", "GLIBC", "ordinary", 1, 174 * slower));
        rows.add(row(call, "jni", "GLIBC", "ordinary", 1, 173 * slower));
        rows.add(row(call, "jna", "GLIBC", "ordinary", 1, 293 * slower));
        rows.add(row(call, "jdk", "", "ordinary", 1, 1500 * slower));
        rows.add(row(call, "i386", "I386_INT80", "", 1, 4100 * slower));
        rows.add(row(call, "c", "GLIBC", "", 1, 165 * slower));
        rows.add(row(call, "c", "SYSCALL", "", 1, 117 * slower));
        rows.add(row(call, "c", "INT80", "", 1, 4068 * slower));
        rows.add(missing(call));
        return rows;
    }

    /** {@return a row whose rounds are within two percent of a time} */
    static Row row(String call, String kind, String gate, String linkage, int batch, double nanos) {
        List<Double> rounds = DoubleStream.of(0.98, 0.99, 1, 1.01, 1.02)
                .map(each -> each * nanos)
                .boxed()
                .toList();
        String label = batch > 1 ? kind + " batch of " + batch : kind;
        RowKey key = new RowKey(call, label, gate, linkage);
        boolean isSampled = kind.equals("java") && gate.equals("SYSCALL") && linkage.equals("ordinary") && batch == 1;
        Figures figures = new Figures(
                nanos,
                OptionalDouble.of(nanos / 50),
                0,
                OptionalDouble.of(nanos * 3),
                rounds,
                List.of(1.0, 1.1, 1.2),
                isSampled ? Optional.of(sample(nanos)) : Optional.empty());
        Optional<Spread> ratio = Optional.of(new Spread(1, 1.1, 1.2));
        boolean isBaseline = kind.equals("c");
        return new Row(
                key,
                kind,
                batch,
                0,
                false,
                Optional.of(figures),
                Optional.of(isBaseline ? key.title() : "c SYSCALL"),
                ratio,
                ratio,
                Optional.empty());
    }

    private static Sample sample(double nanos) {
        List<Bin> bins = List.of(new Bin(nanos, 900), new Bin(nanos * 1.125, 80), new Bin(nanos * 2, 20));
        return new Sample(nanos, nanos * 1.1, nanos * 2, nanos * 3, nanos * 100, bins);
    }

    private static Row missing(String call) {
        return new Row(
                new RowKey(call, "jna " + HOSTILE, "GLIBC", "ordinary"),
                "jna",
                1,
                0,
                false,
                Optional.empty(),
                Optional.of("c GLIBC"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("there is no " + HOSTILE));
    }
}
