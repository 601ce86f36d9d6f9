package dev.trapgate.emulator.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** The options that would change the whole JVM, which a scenario does not ask for natively. */
class PrctlCallsTest {

    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_GET_PDEATHSIG = 2;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_GET_TSC = 25;
    private static final int PR_SET_TSC = 26;
    private static final int PR_MCE_KILL = 33;
    private static final int PR_MCE_KILL_GET = 34;
    private static final int PR_GET_TID_ADDRESS = 40;
    private static final int PR_SET_THP_DISABLE = 41;
    private static final int PR_GET_THP_DISABLE = 42;
    private static final int PR_SET_MDWE = 65;
    private static final int PR_GET_MDWE = 66;

    @Test
    void newUserIdsEndDumpsAndTheNewsOfTheParentsEnd() {
        try (KernelUnderTest kernel = KernelUnderTest.asRoot()) {
            UserBuffer told = kernel.memory(4);
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_PDEATHSIG, 15)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_GET_DUMPABLE)).isEqualTo(1);

            kernel.call(Syscall.SETUID, 1000);

            assertThat(kernel.call(Syscall.PRCTL, PR_GET_DUMPABLE)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_GET_PDEATHSIG, told.address()))
                    .isZero();
            assertThat(told.segment().get(ValueLayout.JAVA_INT, 0)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_DUMPABLE, 1)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_GET_DUMPABLE)).isEqualTo(1);
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_PDEATHSIG, 65)).isEqualTo(ErrorNumbers.EINVAL);
        }
    }

    @Test
    void hugePagesCanBeDisabledButForAdvisedMemory() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_THP_DISABLE, 1, 2)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_GET_THP_DISABLE)).isEqualTo(3);
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_THP_DISABLE, 0, 2)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_THP_DISABLE, 0)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_GET_THP_DISABLE)).isZero();
        }
    }

    @Test
    void memoryDenyWriteExecuteIsSetOnceOnly() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_MDWE, 2)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_MDWE, 1)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_MDWE, 1)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_MDWE, 3)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.PRCTL, PR_GET_MDWE)).isEqualTo(1);
        }
    }

    @Test
    void machineChecksAndTheTimestampCounterAreEachThreadsOwnAffair() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            UserBuffer told = kernel.memory(8);
            assertThat(kernel.call(Syscall.PRCTL, PR_MCE_KILL_GET)).isEqualTo(2);
            assertThat(kernel.call(Syscall.PRCTL, PR_MCE_KILL, 1, 1)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_MCE_KILL_GET)).isEqualTo(1);
            assertThat(kernel.call(Syscall.PRCTL, PR_MCE_KILL, 1, 3)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.PRCTL, PR_MCE_KILL, 0, 0)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_TSC, 3)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.PRCTL, PR_SET_TSC, 2)).isZero();
            assertThat(kernel.call(Syscall.PRCTL, PR_GET_TSC, told.address())).isZero();
            assertThat(told.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(2);
        }
    }

    @Test
    void theAddressForTheThreadsEndIsToldAsItWasGiven() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            UserBuffer told = kernel.memory(8);
            assertThat(kernel.call(Syscall.SET_TID_ADDRESS, 0x1234_5678_9abcL)).isEqualTo(kernel.call(Syscall.GETTID));
            assertThat(kernel.call(Syscall.PRCTL, PR_GET_TID_ADDRESS, told.address()))
                    .isZero();
            assertThat(told.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(0x1234_5678_9abcL);
        }
    }
}
