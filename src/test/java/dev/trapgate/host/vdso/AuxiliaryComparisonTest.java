package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trapgate.host.vdso.AuxiliaryComparison.Agreement;
import dev.trapgate.host.vdso.AuxiliaryComparison.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuxiliaryComparisonTest {

    private static final long HWCAP = AuxiliaryType.AT_HWCAP.number();
    private static final long PAGESZ = AuxiliaryType.AT_PAGESZ.number();

    private static AuxiliaryComparison comparison(
            Map<Long, Long> getauxval, Map<Long, Long> prctl, Map<Long, Long> proc) {
        return new AuxiliaryComparison(List.of(
                AuxiliaryReading.made(AuxiliarySource.GETAUXVAL, new AuxiliaryVector(getauxval)),
                AuxiliaryReading.made(AuxiliarySource.PRCTL, new AuxiliaryVector(prctl)),
                AuxiliaryReading.made(AuxiliarySource.PROC, new AuxiliaryVector(proc))));
    }

    private static Agreement agreement(AuxiliaryComparison comparison) {
        return comparison.rows().getFirst().agreement();
    }

    @Test
    void agreesForThisProcess() {
        AuxiliaryComparison comparison = AuxiliaryComparison.ofThisProcess();

        assertThat(comparison.agrees()).isTrue();
        assertThat(comparison.rows()).hasSizeGreaterThan(10);
        assertThat(comparison.sysinfo()).isEmpty();
    }

    @Test
    void agreesWhereAllSayTheSame() {
        Map<Long, Long> values = Map.of(PAGESZ, 4096L);

        assertThat(agreement(comparison(values, values, values))).isEqualTo(Agreement.SAME);
    }

    @Test
    void noticesAnotherValue() {
        Map<Long, Long> values = Map.of(PAGESZ, 4096L);
        AuxiliaryComparison comparison = comparison(values, values, Map.of(PAGESZ, 8192L));

        assertThat(agreement(comparison)).isEqualTo(Agreement.DIFFERENT);
        assertThat(comparison.agrees()).isFalse();
    }

    @Test
    void noticesAMissingEntry() {
        Map<Long, Long> values = Map.of(PAGESZ, 4096L);

        assertThat(agreement(comparison(values, Map.of(), values))).isEqualTo(Agreement.DIFFERENT);
        assertThat(agreement(comparison(Map.of(), values, values))).isEqualTo(Agreement.DIFFERENT);
    }

    @Test
    void knowsThatGlibcHasItsOwnHwcap() {
        AuxiliaryComparison comparison =
                comparison(Map.of(HWCAP, 2L), Map.of(HWCAP, 0x178b_fbffL), Map.of(HWCAP, 0x178b_fbffL));

        assertThat(agreement(comparison)).isEqualTo(Agreement.GLIBC_DIFFERS_KNOWINGLY);
        assertThat(comparison.agrees()).isTrue();
        assertThat(comparison.rows().getFirst().value()).isEqualTo(0x178b_fbffL);
    }

    @Test
    void doesNotExcuseTheKernelsOwnSourcesForDiffering() {
        assertThat(agreement(comparison(Map.of(HWCAP, 2L), Map.of(HWCAP, 1L), Map.of(HWCAP, 2L))))
                .isEqualTo(Agreement.DIFFERENT);
    }

    @Test
    void doesNotCountASourceThatRefused() {
        AuxiliaryComparison comparison = new AuxiliaryComparison(List.of(
                AuxiliaryReading.made(AuxiliarySource.GETAUXVAL, new AuxiliaryVector(Map.of(PAGESZ, 4096L))),
                AuxiliaryReading.refused(AuxiliarySource.PRCTL, "no such option")));

        assertThat(comparison.agrees()).isTrue();
        assertThat(comparison.rows().getFirst().values()).containsOnlyKeys(AuxiliarySource.GETAUXVAL);
    }

    @Test
    void namesWhatItDoesNotKnowByItsNumber() {
        Map<Long, Long> values = Map.of(99L, 16L);
        Row row = comparison(values, values, values).rows().getFirst();

        assertThat(row.name()).isEqualTo("99");
        assertThat(row.text()).isEqualTo("0x10");
    }

    @Test
    void readsTheStringsOfThisProcess() {
        AuxiliaryComparison comparison = AuxiliaryComparison.ofThisProcess();

        assertThat(textOf(comparison, AuxiliaryType.AT_PLATFORM)).isEqualTo("\"x86_64\"");
        assumeThat(AuxiliaryVector.ofThisProcess().value(AuxiliaryType.AT_EXECFN))
                .isPresent();
        assertThat(textOf(comparison, AuxiliaryType.AT_EXECFN)).contains("java");
    }

    private static String textOf(AuxiliaryComparison comparison, AuxiliaryType type) {
        return comparison.rows().stream()
                .filter(row -> row.type() == type.number())
                .findFirst()
                .orElseThrow()
                .text();
    }
}
