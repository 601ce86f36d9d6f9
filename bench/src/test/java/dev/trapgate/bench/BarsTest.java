package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarsTest {

    @Test
    void drawsInEighthsOfACharacter() {
        Bars bars = new Bars(4, 100);

        assertThat(List.of(bars.of(100), bars.of(50), bars.of(53.125), bars.of(46.875), bars.of(3.125), bars.of(0.1)))
                .containsExactly("████", "██", "██▏", "█▉", "▏", "");
    }

    @Test
    void showsThatOneGoesOnBeyondTheScale() {
        assertThat(new Bars(4, 100).of(101)).isEqualTo("███▶");
    }

    @Test
    void drawsNothingWithoutRoom() {
        assertThat(new Bars(0, 100).of(50)).isEmpty();
        assertThat(Bars.of(List.of(), 10).of(1)).isEmpty();
    }

    @Test
    void leavesOutlyersOutOfTheScale() {
        // Of the sample, C through the instruction takes 150 ns, Trapgate 165, and most 2400.
        assertThat(Bars.of(SampleReport.document().rows(), 10).full()).isEqualTo(2400);
    }
}
