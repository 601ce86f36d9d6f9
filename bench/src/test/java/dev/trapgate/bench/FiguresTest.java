package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void takesTheMedianOfEachRoundAndThenOfTheRounds() {
        Figures figures = Figures.of(List.of(score(100, 101, 900), score(110, 111, 112), score(90, 91, 92)));

        assertThat(figures.nanosPerOp()).isEqualTo(101);
        assertThat(figures.rounds()).isEqualTo(3);
    }

    @Test
    void givesTheErrorOfAllIterationsAsJmhDoes() {
        Figures figures = Figures.of(List.of(score(10, 12), score(14)));

        // Standard deviation 2, so 2/√3 times Student's t of 31.599 for 99.9 % and two degrees of freedom.
        assertThat(figures.error().orElseThrow()).isCloseTo(36.49, within(0.01));
    }

    @Test
    void hasNoErrorWhereThereIsNothingToEstimateItFrom() {
        assertThat(Figures.of(List.of(score(10, 12))).error()).isEmpty();
    }

    @Test
    void roundsHeapToATenthOfAByte() {
        assertThat(Figures.of(List.of(new RoundScore(List.of(1.0), 0.04, 0))).bytesPerOp())
                .isZero();
        assertThat(Figures.of(List.of(new RoundScore(List.of(1.0), 71.96, 0))).bytesPerOp())
                .isEqualTo(72);
    }

    private static RoundScore score(double... nanos) {
        return new RoundScore(java.util.Arrays.stream(nanos).boxed().toList(), 0, 0);
    }
}
