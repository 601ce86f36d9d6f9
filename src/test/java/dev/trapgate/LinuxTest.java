package dev.trapgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.kernel.Hazard;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.SyscallException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinuxTest {

    @Test
    void theHostsGateIsVisible() {
        Linux linux = Linux.host();

        assertThat(linux.gate().kind()).isEqualTo(Gate.Kind.NATIVE);
        assertThat(linux).hasToString("Linux by " + linux.gate());
        if (linux.gate() == Gate.VDSO) {
            assertThat(linux.through(Syscall.CLOCK_GETTIME)).isEqualTo(Gate.VDSO);
            assertThat(linux.through(Syscall.READ)).isNotEqualTo(Gate.VDSO);
        }
    }

    @Test
    void emulatedMachinesShareNothing() {
        try (Linux one = Linux.emulated();
                Linux other = Linux.emulated()) {
            one.fs().mkdir("/tmp/mine", Mode.RWX______);

            assertThat(one.fs().list("/tmp")).hasSize(1);
            assertThat(other.fs().list("/tmp")).isEmpty();
        }
    }

    @Test
    void aClosedMachineMakesNoMoreCalls() {
        Linux linux = Linux.emulated();
        linux.close();
        linux.close();

        assertThatThrownBy(() -> linux.process().getpid()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anyCallCanBeMadeByNumbers() {
        Linux linux = Linux.host();

        assertThat(linux.call(Syscall.GETPID)).isEqualTo(ProcessHandle.current().pid());
        assertThat(linux.raw(Syscall.READ, -1, 0, 0)).isEqualTo(-Errno.EBADF.number());
        assertThatThrownBy(() -> linux.call(Syscall.READ, -1, 0, 0))
                .isInstanceOf(SyscallException.class)
                .hasMessageContaining("EBADF");
        assertThatThrownBy(() -> linux.call(Syscall.READ, 1, 2, 3, 4, 5, 6, 7))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "FORK",
                "VFORK",
                "CLONE",
                "CLONE3",
                "EXECVE",
                "EXECVEAT",
                "EXIT",
                "EXIT_GROUP",
                "SETUID",
                "SETRESGID",
                "SETGROUPS",
                "CLOSE",
                "CLOSE_RANGE",
                "DUP2",
                "BRK",
                "RT_SIGRETURN"
            })
    void whatWouldHarmTheJvmIsRefusedWithReasonAndAlternative(Syscall call) {
        assertThatThrownBy(() -> Linux.host().call(call))
                .isInstanceOfSatisfying(RefusedCallException.class, refusal -> assertThat(refusal.call())
                        .isEqualTo(call))
                .hasMessageStartingWith(call + " is refused: ")
                .hasMessageContaining("Instead: ");
        assertThat(Hazard.of(call)).isPresent();
    }

    @Test
    void whatIsRefusedHereMayBeDoneToAnEmulatedProgram() {
        try (Linux linux = Linux.emulated()) {
            assertThat(linux.call(Syscall.DUP2, 0, 9)).isEqualTo(9);
            assertThat(linux.call(Syscall.CLOSE, 9)).isZero();
        }
    }
}
