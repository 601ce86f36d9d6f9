package dev.trapgate.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void isLinearFromZeroWhereAllFiguresCanBeSeen() {
        Scale scale = Scale.of(List.of(100.0, 300.0), Numbers::tick);

        assertThat(scale.isLogarithmic()).isFalse();
        assertThat(scale.lowest()).isZero();
        assertThat(scale.ticks()).containsExactly(0.0, 100.0, 200.0, 300.0);
        assertThat(scale.at(150)).isEqualTo(150);
    }

    @Test
    void isLogarithmicWhereTheSlowWouldHideTheFast() {
        Scale scale = Scale.of(List.of(20.0, 30_000.0), Numbers::tick);

        assertThat(scale.isLogarithmic()).isTrue();
        assertThat(scale.ticks()).containsExactly(100.0, 1000.0, 10_000.0);
        assertThat(scale.at(1000)).isEqualTo(3);
    }

    @Test
    void hasATickOrTwoWithinADecade() {
        assertThat(Scale.logarithmic(120, 900, Numbers::tick).ticks()).containsExactly(200.0, 500.0, 1000.0);
    }

    @Test
    void putsWhatIsBelowItsBeginningAtItsBeginning() {
        Scale scale = Scale.logarithmic(10, 1000, Numbers::tick);

        assertThat(scale.at(0)).isEqualTo(scale.at(scale.lowest()));
    }
}
