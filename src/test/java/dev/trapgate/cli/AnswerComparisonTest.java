package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.cli.AnswerComparison.Verdict;
import dev.trapgate.notation.ParameterCount;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "getppid,   7,  7, AGREE",
        "getppid,   7,  8, DIFFER",
        "getppid,   7, -1, DIFFER",
        "openat,    7,  9, AGREE",
        "openat,    7, -2, DIFFER",
        "openat,   -2, -2, AGREE",
        "openat,   -2, -13, DIFFER",
        "mmap, 4096, 8192, AGREE",
        "mmap, 4096, -22, DIFFER",
        "lseek, -4096, 5, AGREE",
        "mkdir,     0, -17, NOT_COMPARABLE",
        "openat,    7, -17, NOT_COMPARABLE",
        "openat,  -17,   7, DIFFER",
        "mkdir,   -13, -13, AGREE"
    })
    void comparesWhatIsStable(String call, long first, long later, Verdict verdict) {
        assertThat(AnswerComparison.compare(call, first, later)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(classes = {AnswerComparison.class, NewDescriptors.class, Hazards.class, ParameterCount.class})
    void namesOnlyCallsThatExist(Class<?> data) throws Exception {
        List<String> unknown = DataNames.of(data).stream()
                .filter(name -> Syscall.named(name).isEmpty())
                .toList();

        assertThat(unknown).isEmpty();
    }

    @Test
    void findsTheNamesItChecks() throws Exception {
        assertThat(DataNames.of(Hazards.class)).contains("execve", "munmap");
    }
}
