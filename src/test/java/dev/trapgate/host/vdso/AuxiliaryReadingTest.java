package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuxiliaryReadingTest {

    @ParameterizedTest
    @EnumSource
    void readsThisProcessesVectorFromEverySourceOrSaysWhyNot(AuxiliarySource source) {
        AuxiliaryReading reading = source.read();

        if (reading.isMade()) {
            assertThat(reading.vector().value(AuxiliaryType.AT_PAGESZ)).hasValue(4096);
            assertThat(reading.vector().value(AuxiliaryType.AT_RANDOM)).isPresent();
        } else {
            assertThat(reading.refusal())
                    .hasValueSatisfying(reason -> assertThat(reason).isNotBlank());
            assertThat(reading.vector().values()).isEmpty();
        }
    }

    /** Values of zero are told from entries that are not there. */
    @Test
    void knowsAZeroFromAnAbsenceByGetauxval() {
        AuxiliaryVector vector = AuxiliarySource.GETAUXVAL.read().vector();

        assertThat(vector.value(AuxiliaryType.AT_FLAGS)).hasValue(0);
        assertThat(vector.value(AuxiliaryType.AT_SYSINFO)).isEmpty();
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        AuxiliaryReading reading = AuxiliaryReading.ofFile(AuxiliarySource.PROC, Path.of("/nonexistent/auxv"));

        assertThat(reading.isMade()).isFalse();
        assertThat(reading.refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("/nonexistent/auxv"));
    }

    @Test
    void saysThatAnEmptyFileIsNoVector() {
        AuxiliaryReading reading = AuxiliaryReading.ofFile(AuxiliarySource.PROC, Path.of("/dev/null"));

        assertThat(reading.refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("0 bytes"));
    }

    /** As where /proc is masked and the kernel is old. */
    @Test
    void findsTheVdsoWhereTheKernelGivesItsCopyByNoWay() throws Exception {
        AuxiliaryVector vector = AuxiliaryVector.ofThisProcess();
        List<AuxiliaryReading> readings = RefusingKernel.run(
                List.of(Syscall.PRCTL, Syscall.OPENAT), AuxiliaryReading::all, AuxiliaryReading::all);

        assertThat(readings).map(AuxiliaryReading::isMade).containsExactly(true, false, false);
        assertThat(readings.get(1).refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("EBADFD", "6.4"));
        assertThat(readings.get(2).refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("/proc/self/auxv"));
        assertThat(readings.getFirst().vector().value(AuxiliaryType.AT_SYSINFO_EHDR))
                .isEqualTo(vector.value(AuxiliaryType.AT_SYSINFO_EHDR))
                .isPresent();
        assertThat(new AuxiliaryComparison(readings).agrees()).isTrue();
    }
}
