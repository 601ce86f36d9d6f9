package dev.trapgate.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Constants;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearNamesTest {

    @ParameterizedTest
    @CsvSource({
        "O_CLOEXE, O_CLOEXEC",
        "o_cloexec, O_CLOEXEC",
        "O_RDNOLY, O_RDONLY",
        "MAP_ANONIMOUS, MAP_ANONYMOUS",
        "AT_FDCWDD, AT_FDCWD",
        "SIGKIL, SIGKILL",
        "CLOCK_MONOTINIC, CLOCK_MONOTONIC",
        "' PROT_RAED ', PROT_READ",
    })
    void aSlipSuggestsTheNameMeant(String misspelled, String meant) {
        assertThat(NearNames.of(misspelled, Constants.names(Abi.X86_64)))
                .hasSizeLessThanOrEqualTo(3)
                .first()
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XYZZY_PLUGH_FROTZ", "123456789", "a phrase of several words that is no constant"})
    void whatIsNearNothingSuggestsNothing(String word) {
        assertThat(NearNames.of(word, Constants.names(Abi.X86_64))).isEmpty();
    }

    @Test
    void wordsAQuestion() {
        assertThat(NearNames.question(List.of())).isEmpty();
        assertThat(NearNames.question(List.of("a"))).isEqualTo("; did you mean a?");
        assertThat(NearNames.question(List.of("a", "b", "c"))).isEqualTo("; did you mean a, b or c?");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "abc, acb, 1",
        "abc, abd, 1",
        "kitten, sitting, 3",
        "ca, abc, 3"
    })
    void editDistanceCountsEditsAndSwaps(String from, String to, int distance) {
        assertThat(EditDistance.between(from, to)).isEqualTo(distance);
        assertThat(EditDistance.between(to, from)).isEqualTo(distance);
    }
}
