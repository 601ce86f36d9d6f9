package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.bench.call.Operation;
import dev.trapgate.bench.call.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    private final Measurements measurements = new Measurements();
    private final Row one = Operation.GETPPID.rows().getFirst();
    private final Row other = Operation.GETPPID.rows().getLast();

    @Test
    void comparesRoundByRoundAndNotTheMedians() {
        // The second round was slow for both, the third for one of them: 0.5, 0.5 and 4.
        measure(one, 10, 1000, 80);
        measure(other, 20, 2000, 20);

        Ratio ratio = measurements.ratio(one, other).orElseThrow();

        assertThat(ratio).isEqualTo(new Ratio(0.5, 0.5, 4));
    }

    @Test
    void leavesRoundsOutThatMeasuredOnlyOneOfTwo() {
        measure(one, 10, 30);
        measure(other, 20);

        assertThat(measurements.ratio(one, other)).contains(new Ratio(0.5, 0.5, 0.5));
    }

    @Test
    void doesNotCompareWithWhatWasNotMeasured() {
        measure(one, 10);

        assertThat(measurements.ratio(one, other)).isEmpty();
        assertThat(measurements.figures(other)).isEmpty();
        assertThat(measurements.hindrance(other)).contains("no round came to measure it");
    }

    @Test
    void keepsTheFirstReasonOfARowAndItsFigures() {
        measure(one, 10);
        measurements.hinder(one, "first");
        measurements.hinder(one, "second");

        assertThat(measurements.isHindered(one)).isTrue();
        assertThat(measurements.hindrance(one)).contains("first");
        assertThat(measurements.figures(one)).map(Figures::nanosPerOp).contains(10.0);
    }

    @Test
    void isNotHinderedWhereAllIsWell() {
        measure(one, 10);

        assertThat(measurements.isHindered(one)).isFalse();
        assertThat(measurements.hindrance(one)).isEmpty();
    }

    private void measure(Row row, double... nanosByRound) {
        for (int round = 0; round < nanosByRound.length; round++) {
            measurements.add(row, round, new RoundScore(List.of(nanosByRound[round]), 0, 0));
        }
    }
}
