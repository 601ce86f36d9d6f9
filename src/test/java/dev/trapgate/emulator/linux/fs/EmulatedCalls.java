package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEntry;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A machine whose calls tests make, from several threads: each Java thread is a thread of the program. */
final class EmulatedCalls implements AutoCloseable {

    static final int AT_FDCWD = -100;
    private static final long DEADLINE_SECONDS = 20;

    private final EmulatedMachine machine;
    private final EmulatedEntry gate;
    private final UserMemory.Scope scope;

    EmulatedCalls() {
        this(MachineSetup.of(KernelGeneration.MODERN, Vendor.INTEL));
    }

    EmulatedCalls(MachineSetup setup) {
        machine = new EmulatedMachine(setup);
        gate = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);
        scope = gate.memory().open();
    }

    /** {@return calls of a program of the superuser's} */
    static EmulatedCalls ofRoot() {
        return new EmulatedCalls(
                MachineSetup.of(KernelGeneration.MODERN, Vendor.INTEL).as(Credentials.ROOT));
    }

    EmulatedMachine machine() {
        return machine;
    }

    long call(Syscall call, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
        return gate.enter(call.number(Abi.X86_64), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    UserBuffer buffer(long size) {
        return scope.allocate(size, 8);
    }

    UserBuffer text(String text) {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.ISO_8859_1);
        UserBuffer buffer = scope.allocate(bytes.length, 1);
        buffer.segment().copyFrom(java.lang.foreign.MemorySegment.ofArray(bytes));
        return buffer;
    }

    /** {@return the two ends of a new pipe} */
    int[] pipe(int flags) {
        UserBuffer ends = buffer(8);
        assertThat(call(Syscall.PIPE2, ends.address(), flags)).isZero();
        return new int[] {
            ends.segment().get(ValueLayout.JAVA_INT, 0), ends.segment().get(ValueLayout.JAVA_INT, 4)
        };
    }

    int open(String path, int flags, int mode) {
        return (int) call(Syscall.OPENAT, AT_FDCWD, text(path).address(), flags, mode);
    }

    /** A call that another thread makes. */
    record Running<T>(CompletableFuture<T> result, Task task, Thread thread) {

        T await() throws Exception {
            return result.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }

        /** Waits until the thread sleeps in its call. */
        void awaitSleep() throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (!isParked() && System.nanoTime() < deadline) {
                Thread.sleep(1);
            }
            assertThat(isParked()).as("the thread sleeps in the kernel").isTrue();
        }

        private boolean isParked() {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }
    }

    <T> Running<T> start(Callable<T> action) throws InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        AtomicReference<Task> task = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().start(() -> {
            task.set(machine.currentThread().task());
            begun.countDown();
            try {
                result.complete(action.call());
            } catch (Throwable problem) {
                result.completeExceptionally(problem);
            }
        });
        assertThat(begun.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Running<>(result, task.get(), thread);
    }

    @Override
    public void close() {
        machine.close();
    }
}
