package dev.trapgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.EmulatedComputer.Kernel;
import dev.trapgate.EmulatedComputer.Processor;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.ThreadEndedException;
import dev.trapgate.kernel.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EmulatedComputerTest {

    @ParameterizedTest
    @CsvSource({"CLASSIC, 2.6.18", "BEFORE_4_17, 4.16.0", "MODERN, 5.17.0", "MODERN_X32, 5.17.0"})
    void runsTheKernelThatWasAskedFor(Kernel kernel, String release) {
        try (EmulatedComputer computer = EmulatedComputer.running(kernel, Processor.INTEL);
                Linux linux = Linux.over(computer.open(Gate.EMULATED_INT80))) {
            assertThat(linux.system().uname().release()).isEqualTo(release);
            assertThat(computer).hasToString("Linux " + release + " on INTEL, emulated");
        }
    }

    @Test
    void hasTheProcessorThatWasAskedFor() {
        try (EmulatedComputer intel = EmulatedComputer.running(Kernel.MODERN, Processor.INTEL);
                EmulatedComputer amd = EmulatedComputer.running(Kernel.MODERN, Processor.AMD)) {
            assertThat(call(intel.open(Gate.EMULATED_SYSENTER), Syscall.GETPPID))
                    .isPositive();
            assertThatThrownBy(() -> amd.open(Gate.EMULATED_SYSENTER))
                    .isInstanceOf(GateUnavailableException.class)
                    .hasMessageContaining("AMD");
            assertThat(amd).hasToString("Linux 5.17.0 on AMD, emulated");
        }
    }

    @Test
    void sharesNothingWithAnother() {
        try (EmulatedComputer one = EmulatedComputer.running(Kernel.MODERN, Processor.INTEL);
                EmulatedComputer other = EmulatedComputer.running(Kernel.MODERN, Processor.AMD);
                Linux first = Linux.over(one.open(Gate.EMULATED_SYSCALL));
                Linux second = Linux.over(other.open(Gate.EMULATED_SYSCALL))) {
            first.fs().mkdir("/tmp/mine", Mode.RWX______);

            assertThatThrownBy(() -> second.fs().rmdir("/tmp/mine")).hasMessageContaining("ENOENT");
        }
    }

    @Test
    void leadsNowhereButIntoItself() {
        try (EmulatedComputer computer = EmulatedComputer.running(Kernel.MODERN, Processor.INTEL)) {
            assertThatThrownBy(() -> computer.open(Gate.SYSCALL))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("host");
        }
    }

    @Test
    void saysHowAThreadEnded() {
        try (EmulatedComputer computer = EmulatedComputer.running(Kernel.MODERN, Processor.INTEL)) {
            SyscallEntry entry = computer.open(Gate.EMULATED_SYSCALL);
            assertThatThrownBy(() -> entry.enter(Syscall.EXIT_GROUP.number(Abi.X86_64), 42, 0, 0, 0, 0, 0))
                    .isInstanceOfSatisfying(ThreadEndedException.class, end -> assertThat(end.shellStatus())
                            .isEqualTo(42))
                    .hasMessageContaining("42");
            assertThatThrownBy(() -> call(entry, Syscall.GETPPID)).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Processor.class)
    void isOffOnceClosed(Processor processor) {
        EmulatedComputer computer = EmulatedComputer.running(Kernel.MODERN, processor);
        SyscallEntry entry = computer.open(Gate.EMULATED_SYSCALL);
        computer.close();

        assertThatThrownBy(() -> call(entry, Syscall.GETPPID)).isInstanceOf(IllegalStateException.class);
    }

    private static long call(SyscallEntry entry, Syscall call) {
        return entry.enter(call.number(entry.abi()), 0, 0, 0, 0, 0, 0);
    }
}
