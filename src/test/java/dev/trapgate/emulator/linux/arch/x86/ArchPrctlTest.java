package dev.trapgate.emulator.linux.arch.x86;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.KernelUnderTest;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchPrctlTest {

    @ParameterizedTest
    @CsvSource({"0x1002, 0x1003", "0x1001, 0x1004"})
    void aBaseIsToldAsItWasSet(String set, String get) {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            UserBuffer told = kernel.memory(8);

            assertThat(kernel.call(Syscall.ARCH_PRCTL, Long.decode(set), 0x1234_5678_9abcL))
                    .isZero();
            assertThat(kernel.call(Syscall.ARCH_PRCTL, Long.decode(get), told.address()))
                    .isZero();
            assertThat(told.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(0x1234_5678_9abcL);
            assertThat(kernel.call(Syscall.ARCH_PRCTL, Long.decode(set), 0x7fff_ffff_f000L))
                    .isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.ARCH_PRCTL, Long.decode(get), 1)).isEqualTo(ErrorNumbers.EFAULT);
        }
    }
}
