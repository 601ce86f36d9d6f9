package dev.trapgate.emulator.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class RseqTest {

    private static final long SIGNATURE = 0x5305_3053;

    @Test
    void registeringFillsTheAreaAndUnregisteringResetsIt() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            UserBuffer area = kernel.memory(32);
            area.segment().fill((byte) 0xaa);

            assertThat(kernel.call(Syscall.RSEQ, area.address(), 32, 0, SIGNATURE))
                    .isZero();
            assertThat(area.segment().get(ValueLayout.JAVA_INT, 0)).isZero();
            assertThat(area.segment().get(ValueLayout.JAVA_INT, 4)).isZero();
            assertThat(area.segment().get(ValueLayout.JAVA_LONG, 8)).isZero();
            assertThat(area.segment().get(ValueLayout.JAVA_INT, 16)).isEqualTo(0xaaaa_aaaa);

            assertThat(kernel.call(Syscall.RSEQ, area.address(), 32, 1, SIGNATURE))
                    .isZero();
            assertThat(area.segment().get(ValueLayout.JAVA_INT, 4)).isEqualTo(-1);
            assertThat(kernel.call(Syscall.RSEQ, area.address(), 32, 1, SIGNATURE))
                    .isEqualTo(ErrorNumbers.EINVAL);
        }
    }

    @Test
    void anAreaIsRegisteredOnceAndGivenBackAsItWasRegistered() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            long area = kernel.memory(64).address();
            kernel.call(Syscall.RSEQ, area, 32, 0, SIGNATURE);

            assertThat(kernel.call(Syscall.RSEQ, area, 32, 0, SIGNATURE)).isEqualTo(ErrorNumbers.EBUSY);
            assertThat(kernel.call(Syscall.RSEQ, area, 32, 0, 1)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.RSEQ, area + 32, 32, 0, SIGNATURE)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.RSEQ, area, 33, 1, SIGNATURE)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.RSEQ, area, 32, 1, 1)).isEqualTo(ErrorNumbers.EPERM);
        }
    }

    @Test
    void misalignedAndUnmappedAreasAreRefused() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            long area = kernel.memory(64).address();

            assertThat(kernel.call(Syscall.RSEQ, area + 8, 32, 0, SIGNATURE)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.RSEQ, 1L << 47, 32, 0, SIGNATURE)).isEqualTo(ErrorNumbers.EFAULT);
            assertThat(kernel.call(Syscall.RSEQ, 0x1000, 32, 0, SIGNATURE)).isEqualTo(ErrorNumbers.EFAULT);
        }
    }
}
