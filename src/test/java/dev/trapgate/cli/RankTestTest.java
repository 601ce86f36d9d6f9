package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankTestTest {

    private static final List<Double> FIVE = List.of(1.0, 2.0, 3.0, 4.0, 5.0);

    @Test
    void findsListsThatAreWhollyApartAsUnlikelyAsTheyAre() {
        // 10 over 5 is 252 orders, of which one has all of the one first, and one all of the other.
        assertThat(RankTest.probability(FIVE, List.of(6.0, 7.0, 8.0, 9.0, 10.0)))
                .isCloseTo(2.0 / 252, within(1e-12));
        assertThat(RankTest.probability(List.of(6.0, 7.0, 8.0, 9.0, 10.0), FIVE))
                .isCloseTo(2.0 / 252, within(1e-12));
    }

    @Test
    void countsTheOrdersThatAreAsLopsided() {
        // One pair the wrong way round: the orders with none and with one, at both ends.
        assertThat(RankTest.probability(List.of(1.0, 2.0, 3.0, 4.0, 6.0), List.of(5.0, 7.0, 8.0, 9.0, 10.0)))
                .isCloseTo(4.0 / 252, within(1e-12));
    }

    @Test
    void takesListsThatAreAlikeForOne() {
        assertThat(RankTest.probability(FIVE, FIVE)).isEqualTo(1.0);
        assertThat(RankTest.probability(List.of(1.0, 4.0), List.of(2.0, 3.0))).isEqualTo(1.0);
    }

    @Test
    void findsTheMiddle() {
        assertThat(RankTest.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(RankTest.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    }
}
