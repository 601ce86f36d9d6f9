package dev.trapgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmulatedMachineTest {

    private static EmulatedMachine modern() {
        return new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
    }

    private static long call(SyscallEntry gate, Syscall call, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
        return gate.enter(call.number(gate.abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    @Test
    void everyJavaThreadIsAThreadOfItsOwnWithOneProcessId() throws Exception {
        SyscallEntry gate = EmulatedGates.open(Gate.EMULATED_SYSCALL, modern());
        int count = 50;
        CountDownLatch all = new CountDownLatch(count);
        List<Future<List<Long>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                answers.add(threads.submit(() -> {
                    long tid = call(gate, Syscall.GETTID);
                    all.countDown();
                    all.await();
                    return List.of(tid, call(gate, Syscall.GETTID), call(gate, Syscall.GETPID));
                }));
            }
        }
        Set<Long> ids = new HashSet<>();
        for (Future<List<Long>> answer : answers) {
            assertThat(answer.get().get(1)).isEqualTo(answer.get().get(0));
            assertThat(answer.get().get(2)).isEqualTo(1000);
            ids.add(answer.get().getFirst());
        }
        assertThat(ids).hasSize(count);
    }

    @Test
    void allGatesOfAMachineSeeTheSameThread() {
        EmulatedMachine machine = modern();
        long tid = call(EmulatedGates.open(Gate.EMULATED_SYSCALL, machine), Syscall.GETTID);

        assertThat(call(EmulatedGates.open(Gate.EMULATED_INT80, machine), Syscall.GETTID))
                .isEqualTo(tid);
        assertThat(call(EmulatedGates.open(Gate.EMULATED_SYSENTER, machine), Syscall.GETTID))
                .isEqualTo(tid);
    }

    @Test
    void machinesShareNothing() {
        EmulatedMachine first = modern();
        EmulatedMachine second = modern();
        SyscallEntry one = EmulatedGates.open(Gate.EMULATED_SYSCALL, first);
        SyscallEntry other = EmulatedGates.open(Gate.EMULATED_SYSCALL, second);
        int number = Syscall.GETPID.number(Abi.X86_64);
        first.table(Abi.X86_64).orElseThrow().replace(number, (task, regs) -> 7);

        assertThat(call(one, Syscall.GETPID)).isEqualTo(7);
        assertThat(call(other, Syscall.GETPID)).isEqualTo(1000);
        try (UserMemory.Scope scope = one.memory().open()) {
            UserBuffer text = scope.allocate(2, 1);
            text.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 'a');
            assertThat(call(one, Syscall.WRITE, 1, text.address(), 1)).isEqualTo(1);
            assertThat(call(other, Syscall.WRITE, 1, text.address(), 1)).isNegative();
        }
        assertThat(first.console().written()).containsExactly('a');
        assertThat(second.console().written()).isEmpty();
    }

    @Test
    void exitGroupEndsTheProgramWithItsStatus() {
        EmulatedMachine machine = modern();
        SyscallEntry gate = EmulatedGates.open(Gate.EMULATED_INT80, machine);

        assertThatThrownBy(() -> call(gate, Syscall.EXIT_GROUP, 42))
                .isInstanceOfSatisfying(
                        EmulatedEndException.class,
                        end -> assertThat(end.end().status()).isEqualTo(42));
        assertThatThrownBy(() -> call(gate, Syscall.GETPID)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMachineThatIsClosedEndsThoseWhoSleepInIt() throws Exception {
        EmulatedMachine machine = modern();
        SyscallEntry gate = EmulatedGates.open(Gate.EMULATED_SYSCALL, machine);
        CountDownLatch asleep = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> sleeper = threads.submit(() -> {
                try (UserMemory.Scope scope = gate.memory().open()) {
                    UserBuffer time = scope.allocate(16, 8);
                    time.segment().set(ValueLayout.JAVA_LONG, 0, 3600);
                    asleep.countDown();
                    return call(gate, Syscall.NANOSLEEP, time.address(), 0);
                }
            });
            asleep.await();
            machine.close();

            assertThatThrownBy(() -> sleeper.get(30, TimeUnit.SECONDS)).hasMessageContaining("SIGKILL");
        }
    }

    /** The end may come between a look whether there is one and the thread's first call. */
    @Test
    void aThreadThatComesWhileAMachineIsClosedEndsToo() throws Exception {
        for (int attempt = 0; attempt < 200; attempt++) {
            EmulatedMachine machine = modern();
            SyscallEntry gate = EmulatedGates.open(Gate.EMULATED_SYSCALL, machine);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Long> sleeper = threads.submit(() -> call(gate, Syscall.PAUSE));
                machine.close();

                assertThatThrownBy(() -> sleeper.get(30, TimeUnit.SECONDS)).hasMessageContaining("SIGKILL");
            }
        }
    }

    @Test
    void nanosleepSleepsAndRefusesTimesThatAreNone() {
        SyscallEntry gate = EmulatedGates.open(Gate.EMULATED_SYSCALL, modern());
        try (UserMemory.Scope scope = gate.memory().open()) {
            UserBuffer time = scope.allocate(16, 8);
            time.segment().set(ValueLayout.JAVA_LONG, 8, 2_000_000);
            long before = System.nanoTime();
            assertThat(call(gate, Syscall.NANOSLEEP, time.address(), 0)).isZero();
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(2_000_000);
            time.segment().set(ValueLayout.JAVA_LONG, 8, 1_000_000_000);
            assertThat(call(gate, Syscall.NANOSLEEP, time.address(), 0)).isEqualTo(-22);
        }
    }

    @Test
    void gatesThatAMachineLacksSayWhy() {
        EmulatedMachine amd = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD);
        EmulatedMachine classic = new EmulatedMachine(KernelGeneration.CLASSIC, Vendor.INTEL);

        assertThatThrownBy(() -> EmulatedGates.open(Gate.EMULATED_SYSENTER, amd))
                .isInstanceOf(GateUnavailableException.class)
                .hasMessageContaining("AMD");
        assertThatThrownBy(() -> EmulatedGates.open(Gate.EMULATED_SYSCALL, classic))
                .isInstanceOf(GateUnavailableException.class)
                .hasMessageContaining("32-bit");
    }

    @Test
    void anonymousMemoryAndTheHeapComeWithFramesWhenTheyAreTouched() {
        SyscallEntry gate = EmulatedGates.open(Gate.EMULATED_SYSCALL, modern());
        long end = call(gate, Syscall.BRK, 0);
        assertThat(call(gate, Syscall.BRK, end + 100_000)).isEqualTo(end + 100_000);
        assertThat(call(gate, Syscall.TIME, end + 99_000)).isPositive();
        assertThat(call(gate, Syscall.BRK, end)).isEqualTo(end);
        assertThat(call(gate, Syscall.TIME, end + 99_000)).isEqualTo(-14);
        assertThat(call(gate, Syscall.MMAP, 0, 1L << 46, 3, 0x22, -1, 0)).isEqualTo(-12);
    }

    /** A thread that goes on living must not hold what it used once. */
    @Test
    void aMachineThatNobodyHoldsIsCollectedThoughItsThreadLives() {
        WeakReference<KernelProcess> process = useOnce();

        for (int i = 0; i < 100 && process.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(process.get()).isNull();
    }

    private static WeakReference<KernelProcess> useOnce() {
        EmulatedMachine machine = modern();
        assertThat(call(EmulatedGates.open(Gate.EMULATED_SYSCALL, machine), Syscall.GETPID))
                .isEqualTo(1000);
        return new WeakReference<>(machine.process());
    }
}
