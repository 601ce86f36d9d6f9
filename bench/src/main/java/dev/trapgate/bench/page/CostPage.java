package dev.trapgate.bench.page;

import com.samskivert.mustache.Mustache;
import dev.trapgate.bench.page.Findings.Finding;
import dev.trapgate.bench.page.OperationView.ChartView;
import dev.trapgate.cli.CostDocument;
import dev.trapgate.cli.CostDocument.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as one HTML page that needs nothing beside itself: no network, no script, no font. */
public final class CostPage {

    /** Facts that name a machine in a line. */
    private static final List<String> MACHINE = List.of("cpu", "kernel", "jdk", "libc");

    private CostPage() {}

    /**
     * Writes the page.
     *
     * @param document the report
     * @return the page; all texts of the report are escaped
     */
    public static String of(CostDocument document) {
        ChartFonts fonts = ChartFonts.check();
        Map<String, List<Row>> calls = document.rows().stream()
                .collect(Collectors.groupingBy(row -> row.key().call(), LinkedHashMap::new, Collectors.toList()));
        List<OperationView> operations = calls.entrySet().stream()
                .map(call -> OperationView.of(call.getKey(), call.getValue(), fonts))
                .toList();
        Findings findings = new Findings(document);
        Content content = new Content(
                resource("page.css"),
                Objects.requireNonNullElse(document.host().get("date"), ""),
                MACHINE.stream()
                        .flatMap(name -> Stream.ofNullable(document.host().get(name)))
                        .collect(Collectors.joining(" · ")),
                Stream.concat(document.warnings().stream(), fonts.refusal().stream())
                        .toList(),
                Tile.of(calls),
                findings.all(),
                fonts.refusal().isEmpty() ? findings.chart().stream().toList() : List.of(),
                families(document),
                operations,
                document.host().entrySet().stream()
                        .map(fact -> new Fact(fact.getKey(), fact.getValue()))
                        .toList());
        return Mustache.compiler()
                .escapeHTML(true)
                .withLoader(name -> new StringReader(resource(name)))
                .compile(resource("page.html"))
                .execute(content);
    }

    /**
     * What the template is filled with.
     *
     * @param style the style sheet
     * @param date when it was measured
     * @param machine where
     * @param warnings why not to trust the figures
     * @param tiles figures to begin with
     * @param findings what the figures say
     * @param summaryCharts a chart of that, or none
     * @param families the legend of all charts
     * @param operations what was measured
     * @param facts about the host
     */
    record Content(
            String style,
            String date,
            String machine,
            List<String> warnings,
            List<Tile> tiles,
            List<Finding> findings,
            List<ChartView> summaryCharts,
            List<LegendEntry> families,
            List<OperationView> operations,
            List<Fact> facts) {

        boolean hasWarnings() {
            return !warnings.isEmpty();
        }
    }

    record Fact(String name, String value) {}

    /** A color and a shape of the charts. */
    record LegendEntry(String title, Svg mark) {}

    private static List<LegendEntry> families(CostDocument document) {
        return Arrays.stream(Family.values())
                .filter(family -> document.rows().stream().anyMatch(row -> Family.of(row) == family))
                .map(family -> new LegendEntry(family.title(), Svg.of(family)))
                .toList();
    }

    /** A figure to begin with: what the simplest call takes by one way. */
    record Tile(String title, String figure, String beside) {

        private static List<Tile> of(Map<String, List<Row>> calls) {
            List<Row> rows = calls.getOrDefault("getppid", List.of());
            Optional<Row> raw = plain(rows, "java SYSCALL");
            return Stream.of("java SYSCALL", "c SYSCALL", "c GLIBC", "jni GLIBC", "jna GLIBC")
                    .flatMap(way -> plain(rows, way).stream())
                    .map(row -> new Tile(
                            raw.equals(Optional.of(row)) ? "Trapgate from Java" : Words.tile(row),
                            Numbers.time(row.nanos().orElseThrow()),
                            raw.filter(ours -> !ours.equals(row))
                                    .map(ours ->
                                            Numbers.ratio(Contrast.of(row, ours).times()) + " Trapgate")
                                    .orElse("getppid, one call")))
                    .toList();
        }

        private static Optional<Row> plain(List<Row> rows, String way) {
            return rows.stream()
                    .filter(row ->
                            row.key().title().equals(way) && row.figures().isPresent())
                    .findFirst();
        }
    }

    private static String resource(String name) {
        try (InputStream stream = CostPage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
