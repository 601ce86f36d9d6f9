package dev.trapgate.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void givesTimesThreeDigitsAndAUnit() {
        assertThat(Numbers.time(1.426)).isEqualTo("1.43 ns");
        assertThat(Numbers.time(35.99)).isEqualTo("36.0 ns");
        assertThat(Numbers.time(141.9)).isEqualTo("142 ns");
        assertThat(Numbers.time(4226.8)).isEqualTo("4.23 µs");
        assertThat(Numbers.time(173_591)).isEqualTo("174 µs");
        assertThat(Numbers.time(2_500_000)).isEqualTo("2.50 ms");
    }

    @Test
    void keepsTicksShort() {
        assertThat(Numbers.tick(0)).isEqualTo("0 ns");
        assertThat(Numbers.tick(0.1 + 0.2)).isEqualTo("0.3 ns");
        assertThat(Numbers.tick(200)).isEqualTo("200 ns");
        assertThat(Numbers.tick(5000)).isEqualTo("5 µs");
        assertThat(Numbers.ratioTick(1.5)).isEqualTo("1.5×");
    }

    @Test
    void givesRatiosTheDigitsThatMeanSomething() {
        assertThat(Numbers.ratio(0.7512)).isEqualTo("0.75×");
        assertThat(Numbers.ratio(31.28)).isEqualTo("31.3×");
        assertThat(Numbers.ratio(1189.5)).isEqualTo("1190×");
    }
}
