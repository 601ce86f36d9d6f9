package dev.trapgate.capability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelVersionTest {

    @Test
    void readsWhatUnameGives() {
        assertThat(KernelVersion.parse("6.18.44-fc-v669")).hasValue(new KernelVersion(6, 18, 44));
        assertThat(KernelVersion.parse("5.15-rc3")).hasValue(new KernelVersion(5, 15, 0));
        assertThat(KernelVersion.parse("2.6.32-754.el6")).hasValue(new KernelVersion(2, 6, 32));
        assertThat(KernelVersion.parse("Plan 9")).isEmpty();
    }

    @Test
    void ordersByNumbersNotByText() {
        assertThat(new KernelVersion(5, 10, 0)).isGreaterThan(new KernelVersion(5, 9, 200));
        assertThat(new KernelVersion(6, 0, 0))
                .isGreaterThan(new KernelVersion(5, 19, 0))
                .hasToString("6.0");
        assertThat(new KernelVersion(2, 6, 16)).hasToString("2.6.16");
    }
}
