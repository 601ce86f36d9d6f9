package dev.trapgate.bench;

import dev.trapgate.cli.Columns;
import dev.trapgate.cli.Columns.Side;
import dev.trapgate.cli.CostDocument;
import dev.trapgate.cli.CostDocument.Figures;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.Sample;
import dev.trapgate.cli.CostDocument.Spread;
import dev.trapgate.cli.Screen;
import dev.trapgate.entry.Linkage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A report for a terminal: warnings, the environment, then a group of rows for each operation. */
final class CostTable {

    private static final List<String> LEGEND = List.of(
            "ns/op   median of the rounds; ± is half the width of JMH's 99.9 % interval over all iterations",
            "p99     99 of 100 single calls took no longer, in ns, where they were timed one by one",
            "cycles  of the time-stamp counter",
            "B/op    Java heap that the calling thread allocated",
            "ratio   to C by the same gate in the same process, marked =; of JNR to syscall(2) in C; of emulated",
            "        gates and __kernel_vsyscall to the real instruction in C; of programs to the 64-bit one; at",
            "        depth 6, under six frames that are not inlined, to ffm there; of a batch, made in one crossing,",
            "        per call; of a row that is there again to the first.",
            "        Median of the rounds' ratios, lowest–highest",
            "/glibc  ratio to C through glibc");

    private static final String BARS =
            "bars    ns/op, each group to its own scale; ▶ goes on beyond it (more than four times the group's median)";

    private static final String NOTHING = "";
    private static final int COLUMNS = 12;
    private static final double DECIMALS_BELOW = 100;

    private final CostDocument document;
    private final Screen screen;

    /**
     * Prepares.
     *
     * @param document the report
     * @param screen what it will be shown on
     */
    CostTable(CostDocument document, Screen screen) {
        this.document = document;
        this.screen = screen;
    }

    /** {@return the lines} */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        document.warnings().forEach(warning -> lines.add("warning: " + warning));
        if (!document.warnings().isEmpty()) {
            lines.add("");
        }
        Columns facts = new Columns(Side.LEFT, Side.LEFT);
        document.host().forEach(facts::row);
        lines.addAll(facts.lines());
        noiseFloor().ifPresent(lines::add);
        lines.add("");
        List<String> table = groups(0);
        int bar = screen.barWidth(table);
        lines.addAll(bar > 0 ? groups(bar) : table);
        lines.addAll(LEGEND);
        if (bar > 0) {
            lines.add(BARS);
        }
        return lines;
    }

    private Optional<String> noiseFloor() {
        return document.noiseFloor()
                .map(floor -> "noise floor: rows measured twice differ by " + ratio(floor.median()) + " ("
                        + range(floor) + "); a ratio between rows that is closer to 1 than that is no difference");
    }

    private List<String> groups(int barWidth) {
        Map<String, List<Row>> groups = document.rows().stream()
                .collect(Collectors.groupingBy(row -> row.key().call(), LinkedHashMap::new, Collectors.toList()));
        Columns columns = new Columns(
                Side.LEFT,
                Side.LEFT,
                Side.LEFT,
                Side.RIGHT,
                Side.LEFT,
                Side.RIGHT,
                Side.RIGHT,
                Side.RIGHT,
                Side.RIGHT,
                Side.LEFT,
                Side.RIGHT,
                Side.LEFT);
        groups.forEach((call, rows) -> {
            Bars bars = Bars.of(rows, barWidth);
            columns.row(call, "gate", "linkage", "ns/op", "±", "p99", "cycles", "B/op", "ratio", "", "/glibc", NOTHING);
            rows.forEach(row -> columns.row(cells(row, bars)));
            columns.row(Collections.nCopies(COLUMNS, NOTHING).toArray(String[]::new));
        });
        return columns.lines();
    }

    private static String[] cells(Row row, Bars bars) {
        Optional<Figures> figures = row.figures();
        Optional<Spread> ratio = row.isItsOwnBaseline() ? Optional.empty() : row.ratio();
        String bar = figures.map(found -> bars.of(found.nanos())).orElse(NOTHING);
        return new String[] {
            "  " + row.key().caller(),
            row.key().gate(),
            row.key().linkage(),
            figures.map(found -> number(found.nanos())).orElse("–"),
            figures.map(found -> found.error().stream()
                            .mapToObj(CostTable::number)
                            .findFirst()
                            .orElse("?"))
                    .orElse(NOTHING),
            figures.flatMap(Figures::sample)
                    .map(Sample::p99)
                    .map(CostTable::whole)
                    .orElse(NOTHING),
            figures.map(found -> whole(found.cycles())).orElse(NOTHING),
            figures.map(found -> rounded("%.1f", found.bytes())).orElse(NOTHING),
            row.isItsOwnBaseline() && figures.isPresent()
                    ? "="
                    : ratio.map(found -> ratio(found.median())).orElse(NOTHING),
            ratio.map(CostTable::range).orElse(NOTHING),
            row.vsGlibc().map(found -> ratio(found.median())).orElse(NOTHING),
            row.note().map(note -> bar.isEmpty() ? note : bar + " " + note).orElse(bar)
        };
    }

    private static String range(Spread spread) {
        return ratio(spread.lowest()) + "–" + ratio(spread.highest());
    }

    private static String whole(OptionalDouble number) {
        return number.stream().mapToObj(CostTable::whole).findFirst().orElse(NOTHING);
    }

    private static String whole(double number) {
        return rounded("%.0f", number);
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
