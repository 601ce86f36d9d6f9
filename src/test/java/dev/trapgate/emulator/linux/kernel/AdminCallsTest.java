package dev.trapgate.emulator.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AdminCallsTest {

    private static final long MAGIC1 = 0xfee1_deadL;
    private static final long MAGIC2 = 672_274_793;
    private static final long POWER_OFF = 0x4321_fedcL;

    @Test
    void anOrdinaryUserIsRefusedBeforeAnythingElseIsLookedAt() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            assertThat(kernel.call(Syscall.VHANGUP)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.REBOOT, 1, 2, 3)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.SYSLOG, 99, 0, 0)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.ACCT, 1)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.SWAPOFF, 1)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.SWAPON, 1, 0)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.SWAPON, 1, -1)).isEqualTo(ErrorNumbers.EINVAL);
        }
    }

    @Test
    void powerOffNeedsItsMagicAndEndsTheProgram() {
        try (KernelUnderTest kernel = KernelUnderTest.asRoot()) {
            assertThat(kernel.call(Syscall.REBOOT, MAGIC1, 1, POWER_OFF)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.REBOOT, MAGIC1, MAGIC2, 1)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.REBOOT, MAGIC1, MAGIC2, 0)).isZero();
            assertThatThrownBy(() -> kernel.call(Syscall.REBOOT, MAGIC1, MAGIC2, POWER_OFF))
                    .isInstanceOf(EmulatedEndException.class);
        }
    }

    @Test
    void theKernelsLogIsEmpty() {
        try (KernelUnderTest kernel = KernelUnderTest.asRoot()) {
            assertThat(kernel.call(Syscall.SYSLOG, 3, kernel.memory(16).address(), 16))
                    .isZero();
            assertThat(kernel.call(Syscall.SYSLOG, 3, 0, 16)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.SYSLOG, 3, -1, 16)).isEqualTo(ErrorNumbers.EFAULT);
            assertThat(kernel.call(Syscall.SYSLOG, 10, 0, 0)).isPositive();
            assertThat(kernel.call(Syscall.SYSLOG, 8, 0, 9)).isEqualTo(ErrorNumbers.EINVAL);
        }
    }

    @Test
    void theSuperuserNamesTheMachine() {
        try (KernelUnderTest kernel = KernelUnderTest.asRoot()) {
            UserBuffer name = kernel.memory(8);
            name.segment().setString(0, "prague", StandardCharsets.US_ASCII);
            UserBuffer told = kernel.memory(390);

            assertThat(kernel.call(Syscall.SETHOSTNAME, name.address(), 6)).isZero();
            assertThat(kernel.call(Syscall.SETDOMAINNAME, name.address(), 3)).isZero();
            assertThat(kernel.call(Syscall.UNAME, told.address())).isZero();
            assertThat(told.segment().getString(65, StandardCharsets.US_ASCII)).isEqualTo("prague");
            assertThat(told.segment().getString(325, StandardCharsets.US_ASCII)).isEqualTo("pra");
            assertThat(told.segment().get(ValueLayout.JAVA_BYTE, 389)).isZero();
        }
    }
}
