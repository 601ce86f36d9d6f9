package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final List<String> EIGHTY = List.of("x".repeat(80), "short");

    @Test
    void hasRoomForBarsBesideTheLines() {
        assertThat(Screen.of(Map.of(), "UTF-8", 100).barWidth(EIGHTY)).isEqualTo(18);
        assertThat(Screen.of(Map.of(), "UTF-8", 300).barWidth(EIGHTY)).isEqualTo(24);
    }

    @Test
    void hasNoneWhereTheyWouldNotFit() {
        assertThat(Screen.of(Map.of(), "UTF-8", 87).barWidth(EIGHTY)).isZero();
        assertThat(Screen.of(Map.of(), "UTF-8", 40).barWidth(EIGHTY)).isZero();
    }

    @Test
    void hasNoneWhereBlocksCannotBeWrittenOrAreNotWanted() {
        assertThat(Screen.of(Map.of(), "US-ASCII", 200).barWidth(EIGHTY)).isZero();
        assertThat(Screen.of(Map.of("NO_COLOR", "1"), "UTF-8", 200).barWidth(EIGHTY))
                .isZero();
        assertThat(Screen.of(Map.of("NO_COLOR", ""), "UTF-8", 200).barWidth(EIGHTY))
                .isEqualTo(24);
    }

    @Test
    void isPlainForAFileOrAPipe() {
        assertThat(Screen.PLAIN.barWidth(EIGHTY)).isZero();
    }
}
