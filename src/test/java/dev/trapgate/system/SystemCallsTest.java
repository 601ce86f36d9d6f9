package dev.trapgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.Linux;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SystemCallsTest {

    @ParameterizedTest
    @EnumSource
    void theSystemSaysWhatItIs(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            Utsname name = test.linux().system().uname();

            assertThat(name.sysname()).isEqualTo("Linux");
            assertThat(name.release()).matches("\\d+\\.\\d+.*");
            assertThat(test.linux().system().hostname()).isEqualTo(name.nodename());
        }
    }

    @Test
    void theHostsReleaseIsJavas() {
        assertThat(Linux.host().system().uname().release()).isEqualTo(System.getProperty("os.version"));
    }

    @ParameterizedTest
    @EnumSource
    void memoryIsCounted(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            Sysinfo info = test.linux().system().sysinfo();

            assertThat(info.totalRam()).isGreaterThan(1 << 20);
            assertThat(info.freeRam()).isBetween(0L, info.totalRam());
            assertThat(info.processes()).isPositive();
        }
    }
}
