package dev.trapgate.cli;

import dev.trapgate.cli.Columns.Side;
import dev.trapgate.cli.CostDocument.Figures;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.RowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two cost reports side by side: two machines, kernels or JDKs.
 *
 * <p>A time or a ratio has changed when the rounds of one report are so seldom on the wrong side of the other's that chance would
 * bring that about in less than one case of a hundred ({@link RankTest}), and when it differs by more than a row differs from its
 * own twin. Anything less may be noise, and is not called a change.
 */
final class CostComparison {

    private static final List<String> LEGEND = List.of(
            "change  where the rounds of one report differ from the other's by more than chance would make them in one case",
            "        of a hundred (Mann and Whitney's test, exact, two-sided), and by more than the noise floor; ~ where they",
            "        do not; ? where there are too few rounds to tell, fewer than five in either.",
            "        Of a hundred rows that did not change, about one is called changed nevertheless.",
            "ratio   is taken within each round: a machine that was slower throughout one run changes times, not ratios");

    private static final String UNKNOWN = "–";
    private static final double DECIMALS_BELOW = 100;

    private final CostDocument before;
    private final CostDocument after;
    private final List<Pair> pairs;

    /**
     * Compares two reports.
     *
     * @param before the one
     * @param after the other
     */
    CostComparison(CostDocument before, CostDocument after) {
        this.before = before;
        this.after = after;
        this.pairs = pairs(before, after);
    }

    /** {@return whether any time or ratio has changed by more than chance and noise explain} */
    boolean hasChanged() {
        return pairs.stream().anyMatch(pair -> pair.time.isClear() || pair.ratio.isClear());
    }

    /** {@return the comparison for a person, line by line} */
    List<String> lines() {
        List<String> lines = new ArrayList<>(facts());
        lines.add("");
        lines.addAll(table());
        lines.add("");
        lines.addAll(LEGEND);
        lines.addAll(leftOut());
        return lines;
    }

    /** The facts in which the two differ, and none of the others. */
    private List<String> facts() {
        Set<String> names = new LinkedHashSet<>(before.host().keySet());
        names.addAll(after.host().keySet());
        Columns columns = new Columns(Side.LEFT, Side.LEFT, Side.LEFT);
        for (String name : names) {
            String one = before.host().getOrDefault(name, UNKNOWN);
            String other = after.host().getOrDefault(name, UNKNOWN);
            if (!one.equals(other)) {
                columns.row(name, "before", one);
                columns.row("", "after", other);
            }
        }
        List<String> lines = columns.lines();
        return lines.isEmpty() ? List.of("both were measured in the same environment") : lines;
    }

    private List<String> table() {
        Columns columns = new Columns(
                Side.LEFT,
                Side.LEFT,
                Side.LEFT,
                Side.LEFT,
                Side.RIGHT,
                Side.RIGHT,
                Side.RIGHT,
                Side.RIGHT,
                Side.RIGHT,
                Side.RIGHT);
        columns.row("call", "caller", "gate", "linkage", "ns/op", "ns/op", "change", "ratio", "ratio", "change");
        for (Pair pair : pairs) {
            RowKey key = pair.before.key();
            columns.row(
                    key.call(),
                    key.caller(),
                    key.gate(),
                    key.linkage(),
                    nanos(pair.before),
                    nanos(pair.after),
                    pair.time.text(),
                    ratio(pair.before),
                    ratio(pair.after),
                    pair.ratio.text());
        }
        return columns.lines();
    }

    private static String nanos(Row row) {
        return row.nanos().stream()
                .mapToObj(nanos -> rounded(nanos < DECIMALS_BELOW ? "%.2f" : "%.1f", nanos))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static String ratio(Row row) {
        return row.isItsOwnBaseline()
                ? ""
                : row.ratio().map(ratio -> rounded("%.2f", ratio.median())).orElse("");
    }

    /** What only one of the reports has cannot be compared, and is not passed over in silence. */
    private List<String> leftOut() {
        return Stream.of(onlyIn(before, after, "before"), onlyIn(after, before, "after"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> onlyIn(CostDocument one, CostDocument other, String name) {
        Set<RowKey> known = other.rows().stream().map(Row::key).collect(Collectors.toSet());
        List<String> rows = one.rows().stream()
                .map(Row::key)
                .filter(key -> !known.contains(key))
                .map(key -> Stream.of(key.call(), "by", key.caller(), key.gate(), key.linkage())
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(" ")))
                .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of("only " + name + ": " + String.join("; ", rows));
    }

    private static List<Pair> pairs(CostDocument before, CostDocument after) {
        double noise = Math.max(noise(before), noise(after));
        Map<RowKey, Row> others = after.rows().stream()
                .collect(Collectors.toMap(Row::key, Function.identity(), (first, second) -> first, LinkedHashMap::new));
        return before.rows().stream()
                .filter(row -> others.containsKey(row.key()))
                .map(row -> new Pair(row, others.getOrDefault(row.key(), row), noise))
                .toList();
    }

    private static double noise(CostDocument document) {
        return document.noiseFloor().map(floor -> Math.abs(floor.median() - 1)).orElse(0.0);
    }

    private static String rounded(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    /** One row in both reports. */
    private static final class Pair {

        private final Row before;
        private final Row after;
        private final Change time;
        private final Change ratio;

        private Pair(Row before, Row after, double noise) {
            this.before = before;
            this.after = after;
            this.time =
                    Change.between(rounds(before, Figures::nanosByRound), rounds(after, Figures::nanosByRound), noise);
            this.ratio = before.isItsOwnBaseline()
                    ? Change.NONE
                    : Change.between(
                            rounds(before, Figures::ratiosByRound), rounds(after, Figures::ratiosByRound), noise);
        }

        private static List<Double> rounds(Row row, Function<Figures, List<Double>> figures) {
            return row.figures().map(figures).orElse(List.of());
        }
    }
}
