package dev.trapgate.bench;

import dev.trapgate.bench.call.Operation;
import dev.trapgate.bench.call.Row;
import dev.trapgate.cli.Columns;
import dev.trapgate.cli.Columns.Side;
import dev.trapgate.entry.Linkage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A report for a terminal: the environment, then a group of rows for each operation. */
final class CostTable {

    private static final List<String> LEGEND = List.of(
            "ns/op   median of the rounds; ± is half the width of JMH's 99.9 % interval over all iterations",
            "cycles  of the time-stamp counter, read in the 32-bit process around its loop",
            "B/op    Java heap that the calling thread allocated",
            "ratio   to C by the same gate in the same process, marked =; of JNR to syscall(2) in C; of emulated",
            "        gates and __kernel_vsyscall to the real instruction in C; of programs to the 64-bit one; at",
            "        depth 6, under six frames that are not inlined, to ffm there; of a batch, made in one crossing,",
            "        per call.",
            "        Median of the rounds' ratios, lowest–highest",
            "/glibc  ratio to C through glibc");

    private static final String NOTHING = "";
    private static final int COLUMNS = 11;
    private static final double DECIMALS_BELOW = 100;

    private final CostReport report;

    CostTable(CostReport report) {
        this.report = report;
    }

    /** {@return the lines} */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.addAll(environment());
        lines.add("");
        lines.addAll(groups());
        lines.addAll(LEGEND);
        return lines;
    }

    private List<String> environment() {
        Columns columns = new Columns(Side.LEFT, Side.LEFT);
        report.environment().facts().forEach(columns::row);
        return columns.lines();
    }

    private List<String> groups() {
        Map<Operation, List<ComparedRow>> groups = ComparedRow.of(report).stream()
                .collect(Collectors.groupingBy(
                        compared -> compared.row().operation(), LinkedHashMap::new, Collectors.toList()));
        Columns columns = new Columns(
                Side.LEFT,
                Side.LEFT,
                Side.LEFT,
                Side.RIGHT,
                Side.LEFT,
                Side.RIGHT,
                Side.RIGHT,
                Side.RIGHT,
                Side.LEFT,
                Side.RIGHT,
                Side.LEFT);
        groups.forEach((operation, rows) -> {
            columns.row(
                    operation.label(),
                    "gate",
                    "linkage",
                    "ns/op",
                    "±",
                    "cycles",
                    "B/op",
                    "ratio",
                    "",
                    "/glibc",
                    NOTHING);
            rows.forEach(row -> columns.row(cells(row)));
            columns.row(Collections.nCopies(COLUMNS, NOTHING).toArray(String[]::new));
        });
        return columns.lines();
    }

    private static String[] cells(ComparedRow compared) {
        Row row = compared.row();
        Optional<Figures> figures = compared.figures();
        Optional<Ratio> ratio = compared.isItsOwnBaseline() ? Optional.empty() : compared.ratio();
        return new String[] {
            "  " + row.callerLabel(),
            row.gate().map(Enum::name).orElse(NOTHING),
            row.linkage().map(CostTable::nameOf).orElse(NOTHING),
            figures.map(found -> number(found.nanosPerOp())).orElse("–"),
            figures.map(CostTable::error).orElse(NOTHING),
            figures.map(CostTable::cycles).orElse(NOTHING),
            figures.map(found -> rounded("%.1f", found.bytesPerOp())).orElse(NOTHING),
            compared.isItsOwnBaseline() && figures.isPresent()
                    ? "="
                    : ratio.map(found -> ratio(found.median())).orElse(NOTHING),
            ratio.map(found -> ratio(found.lowest()) + "–" + ratio(found.highest()))
                    .orElse(NOTHING),
            compared.vsGlibc().map(found -> ratio(found.median())).orElse(NOTHING),
            compared.note().orElse(NOTHING)
        };
    }

    private static String error(Figures figures) {
        return figures.error().stream().mapToObj(CostTable::number).findFirst().orElse("?");
    }

    private static String cycles(Figures figures) {
        return figures.cyclesPerOp().stream()
                .mapToObj(cycles -> rounded("%.0f", cycles))
                .findFirst()
                .orElse(NOTHING);
    }

    private static String number(double nanos) {
        return rounded(nanos < DECIMALS_BELOW ? "%.2f" : "%.1f", nanos);
    }

    private static String ratio(double ratio) {
        return rounded("%.2f", ratio);
    }

    private static String rounded(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    /**
     * Names a linkage.
     *
     * @param linkage the linkage
     * @return its name in lower case
     */
    static String nameOf(Linkage linkage) {
        return linkage.name().toLowerCase(Locale.ROOT);
    }
}
