package dev.trapgate.emulator.linux.arch.x86.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEntry;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.entry.Gate;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyscallTableTest {

    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
    private final SyscallTable table = machine.table(Abi.X86_64).orElseThrow();

    @ParameterizedTest
    @EnumSource(
            value = Abi.class,
            names = {"X86_64", "I386", "X32"})
    void everyCallOfTheAbiHasARowUnderItsName(Abi abi) {
        SyscallTable whole = machine.table(abi).orElseThrow();

        Arrays.stream(Syscall.values())
                .filter(call -> call.existsOn(abi))
                .forEach(call -> assertThat(whole.row(call.number(abi)).name()).isEqualTo(call.callName()));
        assertThat(whole.rows()).hasSize(whole.size());
    }

    @Test
    void aCallThatIsAbsentAnswersEnosysAndOneThatIsPartialSaysWhatIsMissing() {
        EmulatedEntry gate = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);
        for (SyscallRow row : table.rows()) {
            if (row.support() == SyscallDefinitions.Support.ABSENT) {
                assertThat(gate.enter(row.number(), 0, 0, 0, 0, 0, 0))
                        .as(row.name())
                        .isEqualTo(-Errno.ENOSYS.number());
            }
            assertThat(row.note().isEmpty()).isEqualTo(row.support() != SyscallDefinitions.Support.PARTIAL);
        }
    }

    @Test
    void theClassicKernelHas337Entries() {
        try (EmulatedMachine classic = new EmulatedMachine(KernelGeneration.CLASSIC, Vendor.INTEL)) {
            SyscallTable old = classic.table(Abi.I386).orElseThrow();
            assertThat(old.size()).isEqualTo(337);
            assertThat(old.row(0).name()).isEqualTo("restart_syscall");
            assertThat(old.row(336).name()).isEqualTo("perf_event_open");
        }
    }

    @Test
    void aHookSeesCallsUntilTheEntryIsRestored() {
        EmulatedEntry gate = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);
        int number = Syscall.GETPID.number(Abi.X86_64);
        long pid = gate.enter(number, 0, 0, 0, 0, 0, 0);

        SyscallHandler original = table.replace(number, (task, regs) -> regs.argument(1) + regs.argument(6));
        assertThat(gate.enter(number, 40, 0, 0, 0, 0, 2)).isEqualTo(42);
        assertThat(table.row(number).hooked()).isEqualTo(SyscallRow.Hook.REPLACED);

        table.replace(number, original);
        assertThat(gate.enter(number, 40, 0, 0, 0, 0, 2)).isEqualTo(pid);
        table.restore(number);
        assertThat(table.row(number).hooked()).isEqualTo(SyscallRow.Hook.ORIGINAL);
        assertThat(gate.enter(number, 40, 0, 0, 0, 0, 2)).isEqualTo(pid);
    }

    @Test
    void entriesAreReplacedAndRestoredWhileOthersCall() throws Exception {
        EmulatedEntry gate = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);
        int number = Syscall.GETPPID.number(Abi.X86_64);
        long parent = gate.enter(number, 0, 0, 0, 0, 0, 0);
        AtomicLong hooked = new AtomicLong();
        Callable<Long> caller = () -> IntStream.range(0, 20_000)
                .filter(i -> {
                    long answer = gate.enter(number, 0, 0, 0, 0, 0, 0);
                    return answer != parent && answer != 77;
                })
                .count();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Future<Long> first = threads.submit(caller);
            Future<Long> second = threads.submit(caller);
            for (int i = 0; i < 200; i++) {
                table.replace(number, (task, regs) -> {
                    hooked.incrementAndGet();
                    return 77;
                });
                table.restore(number);
            }
            assertThat(first.get()).isZero();
            assertThat(second.get()).isZero();
        }
        assertThat(gate.enter(number, 0, 0, 0, 0, 0, 0)).isEqualTo(parent);
    }

    @Test
    void anEntryThatLeadsNowhereKillsTheCallerAsAnOops() {
        int number = Syscall.GETPID.number(Abi.X86_64);
        var thread = machine.newThread();
        thread.cpu().mmu().write64(table.address() + 8L * number, 0x1234, 0);

        thread.call(dev.trapgate.emulator.CallingWay.SYSCALL, number, 0, 0, 0, 0, 0, 0);

        assertThat(thread.task().oops()).contains("sys_call_table[39]");
    }

    @Test
    void aNumberOutsideTheTableHasNoRow() {
        assertThatThrownBy(() -> table.row(table.size())).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theIndexIsClampedAsArrayIndexNospecDoes() {
        assertThat(SyscallCommon.arrayIndexNospec(5, 10)).isEqualTo(5);
        assertThat(SyscallCommon.arrayIndexNospec(9, 10)).isEqualTo(9);
        assertThat(SyscallCommon.arrayIndexNospec(10, 10)).isZero();
        assertThat(SyscallCommon.arrayIndexNospec(-1, 10)).isZero();
    }
}
