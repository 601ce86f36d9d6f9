package dev.trapgate.bench;

import dev.trapgate.bench.call.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the rounds measured, row by row. */
final class Measurements {

    private final Map<Row, SortedMap<Integer, RoundScore>> scores = new HashMap<>();
    private final Map<Row, String> hindrances = new HashMap<>();

    /**
     * Notes what a round measured.
     *
     * @param row the row
     * @param round the round
     * @param score what was measured
     */
    void add(Row row, int round, RoundScore score) {
        scores.computeIfAbsent(row, first -> new TreeMap<>()).put(round, score);
    }

    /**
     * Notes that a row cannot be measured, or no longer.
     *
     * @param row the row
     * @param reason why
     */
    void hinder(Row row, String reason) {
        hindrances.putIfAbsent(row, reason);
    }

    /**
     * Says what hindered a row.
     *
     * @param row the row
     * @return why it has no figures, or why rounds are missing from them; empty if nothing hindered it
     */
    Optional<String> hindrance(Row row) {
        String reason = hindrances.get(row);
        if (reason == null && !scores.containsKey(row)) {
            return Optional.of("no round came to measure it");
        }
        return Optional.ofNullable(reason);
    }

    /**
     * Says whether to leave a row out of further rounds.
     *
     * @param row the row
     * @return whether something hinders it
     */
    boolean isHindered(Row row) {
        return hindrances.containsKey(row);
    }

    /** {@return whether nothing was measured} */
    boolean isEmpty() {
        return scores.isEmpty();
    }

    private SortedMap<Integer, RoundScore> of(Row row) {
        return scores.getOrDefault(row, new TreeMap<>());
    }

    /**
     * Sums a row up.
     *
     * @param row the row
     * @return its figures; empty if nothing was measured
     */
    Optional<Figures> figures(Row row) {
        return of(row).isEmpty() ? Optional.empty() : Optional.of(Figures.of(List.copyOf(of(row).values())));
    }

    /**
     * Lists what the rounds measured of a row.
     *
     * @param row the row
     * @return nanoseconds of one operation, in each round that measured it
     */
    List<Double> nanos(Row row) {
        return of(row).values().stream().map(RoundScore::nanosPerOp).toList();
    }

    /**
     * Compares two rows round by round, for what disturbs a round disturbs both.
     *
     * @param row a row
     * @param baseline what it is compared with
     * @return the ratio; empty if no round measured both
     */
    Optional<Ratio> ratio(Row row, Row baseline) {
        List<Double> ratios = ratios(row, baseline);
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Ratio.of(ratios));
    }

    /**
     * Compares two rows round by round.
     *
     * @param row a row
     * @param baseline what it is compared with
     * @return the ratio of each round that measured both
     */
    List<Double> ratios(Row row, Row baseline) {
        List<Double> ratios = new ArrayList<>();
        of(row).forEach((round, score) -> {
            RoundScore other = of(baseline).get(round);
            if (other != null) {
                ratios.add(score.nanosPerOp() / other.nanosPerOp());
            }
        });
        return ratios;
    }
}
