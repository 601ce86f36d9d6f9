package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuxiliaryTypeTest {

    @Test
    void isFoundByItsNumber() {
        for (AuxiliaryType type : AuxiliaryType.values()) {
            assertThat(AuxiliaryType.of(type.number())).hasValue(type);
        }
        assertThat(AuxiliaryType.of(0)).isEmpty();
        assertThat(AuxiliaryType.of(-1)).isEmpty();
    }

    @Test
    void writesAValueAsItsKindAsksFor() {
        assertThat(AuxiliaryType.AT_ENTRY.text(0x401000)).isEqualTo("0x401000");
        assertThat(AuxiliaryType.AT_UID.text(1000)).isEqualTo("1000");
        assertThat(AuxiliaryType.AT_PAGESZ.text(4096)).isEqualTo("4096 bytes");
        assertThat(AuxiliaryType.AT_CLKTCK.text(100)).isEqualTo("100 Hz");
        assertThat(AuxiliaryType.AT_RANDOM.text(0x7ffc_0000_1234L)).isEqualTo("0x7ffc00001234");
        assertThat(AuxiliaryType.AT_FLAGS.text(0)).isEqualTo("0x0");
    }

    /** The bits of CPUID leaf 1, edx: 0 FPU, 4 TSC, 23 MMX, 25 SSE, 26 SSE2. */
    @Test
    void namesFeatureBits() {
        assertThat(AuxiliaryType.AT_HWCAP.text(1 | 1 << 4 | 1 << 23 | 1 << 25 | 1 << 26))
                .isEqualTo("fpu tsc mmx sse sse2");
        assertThat(AuxiliaryType.AT_HWCAP.text(1L << 31 | 1L << 40)).isEqualTo("pbe bit40");
        assertThat(AuxiliaryType.AT_HWCAP2.text(3)).isEqualTo("ring3mwait fsgsbase");
        assertThat(AuxiliaryType.AT_HWCAP2.text(0)).isEqualTo("none");
    }
}
