package dev.trapgate.cli;

import dev.trapgate.cli.Columns.Side;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.RowKey;
import dev.trapgate.cli.CostDocument.Spread;
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
 * <p>A time has changed when the intervals around both medians have nothing in common, and a ratio when the rounds of one
 * report all lie on one side of the other's. Anything less may be noise, and is not called a change.
 */
final class CostComparison {

    private static final List<String> LEGEND = List.of(
            "ns/op   before and after, and the change where the two ± intervals have nothing in common; ~ where they do",
            "ratio   before and after, and the change where no round of one lies within the other's; ~ otherwise");

    private static final String WITHIN = "~";
    private static final String UNKNOWN = "–";
    private static final double DECIMALS_BELOW = 100;

    private final CostDocument before;
    private final CostDocument after;

    /**
     * Compares two reports.
     *
     * @param before the one
     * @param after the other
     */
    CostComparison(CostDocument before, CostDocument after) {
        this.before = before;
        this.after = after;
    }

    /** {@return whether any time or ratio has changed by more than the spread} */
    boolean hasChanged() {
        return pairs().stream().anyMatch(pair -> pair.timeHasChanged() || pair.ratioHasChanged());
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
        for (Pair pair : pairs()) {
            RowKey key = pair.before().key();
            columns.row(
                    key.call(),
                    key.caller(),
                    key.gate(),
                    key.linkage(),
                    nanos(pair.before()),
                    nanos(pair.after()),
                    pair.timeChange(),
                    ratio(pair.before()),
                    ratio(pair.after()),
                    pair.ratioChange());
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
        return row.ratio().map(ratio -> rounded("%.2f", ratio.median())).orElse("");
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

    private List<Pair> pairs() {
        Map<RowKey, Row> others = after.rows().stream()
                .collect(Collectors.toMap(Row::key, Function.identity(), (first, second) -> first, LinkedHashMap::new));
        return before.rows().stream()
                .filter(row -> others.containsKey(row.key()))
                .map(row -> new Pair(row, others.getOrDefault(row.key(), row)))
                .toList();
    }

    private static String percent(double from, double to) {
        return rounded("%+.0f %%", (to / from - 1) * 100).replace('-', '−');
    }

    private static String rounded(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    /** One row in both reports. */
    private record Pair(Row before, Row after) {

        boolean timeHasChanged() {
            return interval(before)
                    .flatMap(one -> interval(after).map(one::isApartFrom))
                    .orElse(false);
        }

        boolean ratioHasChanged() {
            return before.ratio()
                    .flatMap(one -> after.ratio().map(one::isApartFrom))
                    .orElse(false);
        }

        String timeChange() {
            if (before.nanos().isEmpty() || after.nanos().isEmpty()) {
                return "";
            }
            return timeHasChanged()
                    ? percent(before.nanos().getAsDouble(), after.nanos().getAsDouble())
                    : WITHIN;
        }

        String ratioChange() {
            if (before.ratio().isEmpty() || after.ratio().isEmpty()) {
                return "";
            }
            return ratioHasChanged()
                    ? percent(before.ratio().get().median(), after.ratio().get().median())
                    : WITHIN;
        }

        private static Optional<Spread> interval(Row row) {
            if (row.nanos().isEmpty()) {
                return Optional.empty();
            }
            double nanos = row.nanos().getAsDouble();
            return Optional.of(new Spread(nanos - row.error(), nanos, nanos + row.error()));
        }
    }
}
