package dev.trapgate.host.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineCodeTest {

    @Test
    void isTheBytesOfItsListingInOrder() {
        assertThat(MachineCode.of("49 89 ca", "0f 05").toByteArray()).containsExactly(0x49, 0x89, 0xca, 0x0f, 0x05);
        assertThat(MachineCode.of("49 89 ca", "0f 05")).hasToString("49 89 ca 0f 05");
    }

    @Test
    void runsOneAfterTheOther() {
        assertThat(MachineCode.of("90").then(MachineCode.of("0f 05", "c3"))).hasToString("90 0f 05 c3");
    }

    @Test
    void isRepeatedWithoutBeingChanged() {
        MachineCode pause = MachineCode.of("f3 90");

        assertThat(pause.repeated(1)).hasToString("f3 90");
        assertThat(pause.repeated(3)).hasToString("f3 90 f3 90 f3 90");
        assertThat(pause).hasToString("f3 90");
    }

    @Test
    void givesACopyOfItsBytes() {
        MachineCode code = MachineCode.of("c3");
        code.toByteArray()[0] = 0;

        assertThat(code).hasToString("c3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"g0", "0", "0f05", "0f  05", "0f 05 ", "c3;", ""})
    void refusesWhatIsNotTwoDigitNumbersOneSpaceApart(String listing) {
        assertThatThrownBy(() -> MachineCode.of("90", listing, "c3")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesToBeRepeatedLessThanOnce(int times) {
        MachineCode pause = MachineCode.of("f3 90");

        assertThatThrownBy(() -> pause.repeated(times)).isInstanceOf(IllegalArgumentException.class);
    }
}
