package dev.trapgate.bench.page;

import com.google.gson.Gson;
import dev.trapgate.bench.page.LineChart.Point;
import dev.trapgate.cli.CostDocument.Figures;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.Sample;
import dev.trapgate.cli.CostDocument.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * An operation on the page.
 *
 * @param id of its section
 * @param name the operation's
 * @param lead its fastest way from Java and its fastest in C, in a sentence
 * @param charts its charts, perhaps none
 * @param rows its table
 */
record OperationView(String id, String name, String lead, List<ChartView> charts, List<RowView> rows) {

    private static final Gson GSON = new Gson();
    private static final List<String> PERCENTILES = List.of("50 %", "90 %", "99 %", "99.9 %", "slowest");

    /**
     * A chart with its words.
     *
     * @param id of its element
     * @param title a few words
     * @param description what it shows, for those who cannot see it
     * @param series the names of its series, a JSON array
     * @param svg the drawing
     */
    record ChartView(String id, String title, String description, String series, Svg svg) {}

    static OperationView of(String name, List<Row> rows, ChartFonts fonts) {
        String id = "op-" + name.replaceAll("[^a-z0-9]+", "-");
        return new OperationView(
                id,
                name,
                lead(rows),
                fonts.refusal().isEmpty()
                        ? charts(
                                id,
                                name,
                                rows.stream().filter(row -> !row.isTwin()).toList())
                        : List.of(),
                rows.stream().map(RowView::of).toList());
    }

    private static String lead(List<Row> rows) {
        List<String> parts = new ArrayList<>();
        fastest(rows, true)
                .ifPresent(row -> parts.add("Fastest from Java: " + row.key().title() + ", " + time(row) + "."));
        fastest(rows, false)
                .ifPresent(row -> parts.add("Fastest in C: " + row.key().title() + ", " + time(row) + "."));
        return String.join(" ", parts);
    }

    private static Optional<Row> fastest(List<Row> rows, boolean fromJava) {
        return rows.stream()
                .filter(row -> row.figures().isPresent() && row.batch() == 1)
                .filter(row -> fromJava ? Family.of(row).isJava() : Family.of(row) == Family.C)
                .min(Comparator.comparingDouble(row -> row.nanos().orElseThrow()));
    }

    private static String time(Row row) {
        return Numbers.time(row.nanos().orElseThrow());
    }

    private static List<ChartView> charts(String id, String name, List<Row> rows) {
        List<ChartView> charts = new ArrayList<>();
        times(id + "-time", name, rows).ifPresent(charts::add);
        ratios(id + "-ratio", name, rows).ifPresent(charts::add);
        batches(id + "-batch", name, rows).ifPresent(charts::add);
        List<Row> sampled = rows.stream()
                .filter(row -> row.figures().flatMap(Figures::sample).isPresent())
                .toList();
        if (!sampled.isEmpty()) {
            charts.add(percentiles(id + "-percentiles", name, sampled));
        }
        List<Row> withHistogram = sampled.stream()
                .filter(row -> !sample(row).histogram().isEmpty())
                .toList();
        if (!withHistogram.isEmpty()) {
            String chart = id + "-histogram";
            charts.add(view(
                    chart,
                    name + ": how single calls are distributed",
                    "A strip for each way: the higher, the more calls took that long. ",
                    withHistogram.stream().map(row -> row.key().title()).toList(),
                    SampleCharts.histograms(withHistogram, chart)));
        }
        return charts;
    }

    /** {@return a chart with its words} */
    static ChartView view(String id, String title, String description, List<String> series, Svg svg) {
        return new ChartView(id, title, description, GSON.toJson(series), svg);
    }

    private static Optional<ChartView> times(String id, String name, List<Row> rows) {
        RowChart chart = RowChart.ofTimes();
        rows.stream()
                .filter(row -> row.figures().isPresent())
                .sorted(Comparator.comparingDouble(row -> row.nanos().orElseThrow()))
                .forEach(row -> chart.add(
                        row.key().title(),
                        Family.of(row),
                        row.figures().orElseThrow().spread()));
        if (chart.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble glibc = nanos(rows, "c GLIBC");
        glibc.ifPresent(chart::compareWith);
        return Optional.of(view(
                id,
                name + ": time of a call",
                "The mark is the median of the rounds, its whiskers the fastest and the slowest round; fastest first."
                        + (glibc.isPresent() ? " The dashed line is C through glibc." : ""),
                chart.series(),
                chart.draw(id)));
    }

    private static OptionalDouble nanos(List<Row> rows, String title) {
        return rows.stream()
                .filter(row -> row.key().title().equals(title))
                .flatMapToDouble(row -> row.nanos().stream())
                .findFirst();
    }

    private static Optional<ChartView> ratios(String id, String name, List<Row> rows) {
        RowChart chart = RowChart.ofRatios();
        rows.stream()
                .filter(row -> row.figures().isPresent() && !row.isItsOwnBaseline())
                .filter(row -> row.ratio().isPresent())
                .sorted(Comparator.comparingDouble(
                        row -> row.ratio().map(Spread::median).orElseThrow()))
                .forEach(row ->
                        chart.add(row.key().title(), Family.of(row), row.ratio().orElseThrow()));
        if (chart.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(view(
                id,
                name + ": times the time of C by the same gate",
                "What the caller adds to its gate: 1× (dashed) is C by the same gate, or what the row is compared with instead.",
                chart.series(),
                chart.draw(id)));
    }

    private static Optional<ChartView> batches(String id, String name, List<Row> rows) {
        Map<String, List<Row>> byWay = rows.stream()
                .filter(row -> row.figures().isPresent() && row.depth() == 0 && !row.isTwin())
                .filter(row -> row.kind().equals("java"))
                .collect(Collectors.groupingBy(OperationView::way, LinkedHashMap::new, Collectors.toList()));
        byWay.values().removeIf(ways -> ways.stream().noneMatch(row -> row.batch() > 1));
        if (byWay.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> sizes = byWay.values().stream()
                .flatMap(ways -> ways.stream().map(Row::batch))
                .distinct()
                .sorted()
                .toList();
        LineChart chart = new LineChart(sizes.stream()
                .map(size -> size == 1 ? "one by one" : size + " at a time")
                .toList());
        byWay.forEach((way, ways) -> chart.add(
                way,
                Family.of(ways.getFirst()),
                ways.stream()
                        .sorted(Comparator.comparingInt(Row::batch))
                        .map(row -> point(
                                sizes.indexOf(row.batch()),
                                row.figures().orElseThrow().spread()))
                        .toList()));
        OptionalDouble inline = nanos(rows, "c SYSCALL");
        inline.ifPresent(chart::compareWith);
        return Optional.of(view(
                id,
                name + ": time of a call by size of the batch",
                "Several calls in one crossing, per call."
                        + (inline.isPresent() ? " The dashed line is C's own instruction." : ""),
                chart.series(),
                chart.draw(id)));
    }

    private static String way(Row row) {
        return row.kind() + " " + row.key().gate() + (row.key().isCritical() ? " critical" : "");
    }

    private static Point point(int step, Spread spread) {
        return new Point(step, spread.lowest(), spread.median(), spread.highest());
    }

    private static ChartView percentiles(String id, String name, List<Row> sampled) {
        LineChart chart = new LineChart(PERCENTILES);
        sampled.forEach(row -> chart.add(row.key().title(), Family.of(row), points(sample(row))));
        return view(
                id,
                name + ": within what time calls are back",
                "50 % is the median of single calls, timed one by one; the slowest was interrupted by something else.",
                chart.series(),
                chart.draw(id));
    }

    private static List<Point> points(Sample sample) {
        double[] times = {sample.p50(), sample.p90(), sample.p99(), sample.p999(), sample.max()};
        List<Point> points = new ArrayList<>();
        for (int step = 0; step < times.length; step++) {
            points.add(new Point(step, times[step], times[step], times[step]));
        }
        return points;
    }

    private static Sample sample(Row row) {
        return row.figures().flatMap(Figures::sample).orElseThrow();
    }
}
