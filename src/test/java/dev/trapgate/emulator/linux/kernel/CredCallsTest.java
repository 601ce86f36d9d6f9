package dev.trapgate.emulator.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CredCallsTest {

    @Test
    void theRawCallChangesTheCallingThreadAlone() throws ExecutionException, InterruptedException {
        try (KernelUnderTest kernel = KernelUnderTest.asRoot();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            assertThat(other.submit(() -> kernel.call(Syscall.GETUID)).get()).isZero();

            assertThat(kernel.call(Syscall.SETUID, 1000)).isZero();

            assertThat(kernel.call(Syscall.GETUID)).isEqualTo(1000);
            assertThat(other.submit(() -> kernel.call(Syscall.GETUID)).get()).isZero();
        }
    }

    @Test
    void anIdOfTheUpperHalfIsNoError() {
        try (KernelUnderTest kernel = KernelUnderTest.asRoot()) {
            assertThat(kernel.call(Syscall.SETUID, 0xffff_fffeL)).isZero();
            assertThat(kernel.call(Syscall.GETUID)).isEqualTo(0xffff_fffeL);
        }
    }
}
