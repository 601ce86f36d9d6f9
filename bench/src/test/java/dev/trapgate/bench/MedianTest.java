package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void isTheMiddleOfAnOddNumber() {
        assertThat(Median.of(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    }

    @Test
    void isBetweenTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(Median.of(List.of(9.0, 1.0, 5.0, 6.0))).isEqualTo(5.5);
    }

    @Test
    void doesNotExistOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Median.of(List.of()));
    }
}
