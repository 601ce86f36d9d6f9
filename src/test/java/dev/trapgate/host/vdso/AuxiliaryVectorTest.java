package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AuxiliaryVectorTest {

    private static byte[] bytes(long... words) {
        return MemorySegment.ofArray(words).toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void readsPairsInTheirOrderUpToTheNullPair() {
        AuxiliaryVector vector = AuxiliaryVector.parse(bytes(6, 4096, 33, -1, 0, 0, 3, 7));

        assertThat(vector.values()).containsExactly(java.util.Map.entry(6L, 4096L), java.util.Map.entry(33L, -1L));
        assertThat(vector.value(AuxiliaryType.AT_PAGESZ)).hasValue(4096);
        assertThat(vector.value(AuxiliaryType.AT_PHDR)).isEmpty();
    }

    @Test
    void leavesOutWhatIsToBeIgnored() {
        assertThat(AuxiliaryVector.parse(bytes(1, 99, 0, 0)).values()).isEmpty();
    }

    @Test
    void refusesBytesThatEndWithoutTheNullPair() {
        assertThatThrownBy(() -> AuxiliaryVector.parse(bytes(6, 4096)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("16 bytes without the pair AT_NULL that ends an auxiliary vector");
        assertThatThrownBy(() -> AuxiliaryVector.parse(bytes(6, 4096, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AuxiliaryVector.parse(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsThisProcessItsPageSizeAndUser() throws Exception {
        AuxiliaryVector vector = AuxiliaryVector.ofThisProcess();
        String[] users = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Uid:"))
                .findFirst()
                .orElseThrow()
                .split("\\s+", -1);

        assertThat(vector.value(AuxiliaryType.AT_PAGESZ)).hasValue(4096);
        assertThat(vector.value(AuxiliaryType.AT_UID)).hasValue(Long.parseLong(users[1]));
        assertThat(vector.value(AuxiliaryType.AT_SYSINFO)).isEmpty();
    }
}
