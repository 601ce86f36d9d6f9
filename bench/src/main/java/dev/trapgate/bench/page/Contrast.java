package dev.trapgate.bench.page;

import dev.trapgate.bench.Median;
import dev.trapgate.cli.CostDocument.Figures;
import dev.trapgate.cli.CostDocument.Row;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How two measured rows of one report differ.
 *
 * @param times how many times as long the one takes as the other: the median of the rounds
 * @param lowest the least of the rounds
 * @param highest the greatest of the rounds
 */
record Contrast(double times, double lowest, double highest) {

    /** Nothing that differs by less is worth a word. */
    private static final double WORTH_A_WORD = 0.02;

    static Contrast of(Row one, Row other) {
        Figures first = one.figures().orElseThrow();
        Figures second = other.figures().orElseThrow();
        List<Double> ones = first.nanosByRound();
        List<Double> others = second.nanosByRound();
        List<Double> ratios = ones.size() == others.size()
                ? IntStream.range(0, ones.size())
                        .mapToObj(round -> ones.get(round) / others.get(round))
                        .sorted()
                        .toList()
                : List.of(first.nanos() / second.nanos());
        return new Contrast(Median.of(ratios), Collections.min(ratios), Collections.max(ratios));
    }

    /**
     * Says whether the one is faster without doubt.
     *
     * @param noise what sets a row apart from its twin
     * @return whether it was faster in every round, and by more than the noise
     */
    boolean isFaster(double noise) {
        return highest < 1 && times < 1 - Math.max(noise, WORTH_A_WORD);
    }

    /**
     * Says whether the one is slower without doubt.
     *
     * @param noise what sets a row apart from its twin
     * @return whether it was slower in every round, and by more than the noise
     */
    boolean isSlower(double noise) {
        return lowest > 1 && times > 1 + Math.max(noise, WORTH_A_WORD);
    }
}
