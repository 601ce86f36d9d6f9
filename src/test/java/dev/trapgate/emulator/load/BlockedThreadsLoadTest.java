package dev.trapgate.emulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.EmulatedEntry;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand threads of one program that sleep and wake each other. For how long is {@code dev.trapgate.load.seconds}, 2
 * unless it is set; a minute is meant for a machine with nothing else to do.
 */
@Timeout(180)
class BlockedThreadsLoadTest {

    private static final int THREADS = 1_000;
    private static final int RING = 100;
    private static final long ROUNDS = 3;
    private static final int RLIMIT_NOFILE = 7;
    private static final long DESCRIPTORS = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final long LOOK_NANOS = 1_000_000;
    private static final int FUTEX_WAIT_PRIVATE = 0x80;
    private static final int FUTEX_WAKE_PRIVATE = 0x81;
    private static final VarHandle WORD =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
    private final EmulatedEntry gate = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);
    private final UserMemory.Scope memory = gate.memory().open();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @AfterEach
    void switchOff() {
        machine.close();
    }

    private long call(Syscall call, long... arguments) {
        long[] all = Arrays.copyOf(arguments, 6);
        return gate.enter(call.number(Abi.X86_64), all[0], all[1], all[2], all[3], all[4], all[5]);
    }

    private static long seconds() {
        return Long.getLong("dev.trapgate.load.seconds", 2);
    }

    private void start(Runnable work) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (EmulatedEndException end) {
                // The machine was switched off.
            } catch (Throwable failure) {
                synchronized (failures) {
                    failures.add(failure);
                }
            }
        }));
    }

    private void joinAll() throws InterruptedException {
        for (Thread thread : threads) {
            assertThat(thread.join(PATIENCE)).as("a thread came back").isTrue();
        }
        synchronized (failures) {
            assertThat(failures).isEmpty();
        }
    }

    private void allowDescriptors() {
        UserBuffer limit = memory.allocate(16, 8);
        limit.segment().set(ValueLayout.JAVA_LONG, 0, DESCRIPTORS);
        limit.segment().set(ValueLayout.JAVA_LONG, 8, DESCRIPTORS);
        assertThat(call(Syscall.PRLIMIT64, 0, RLIMIT_NOFILE, limit.address())).isZero();
    }

    private int[] pipe() {
        UserBuffer ends = memory.allocate(8, 8);
        assertThat(call(Syscall.PIPE2, ends.address(), 0)).isZero();
        return new int[] {
            ends.segment().get(ValueLayout.JAVA_INT, 0), ends.segment().get(ValueLayout.JAVA_INT, 4)
        };
    }

    /** Rings of pipes: each thread reads a byte from one and writes it to the next; a lost wake-up stops a ring for good. */
    @Test
    void bytesGoRoundInRingsOfPipes() throws InterruptedException {
        AtomicLong end = new AtomicLong(Long.MAX_VALUE);
        AtomicLong hops = new AtomicLong();
        List<Integer> firstEnds = new ArrayList<>();
        allowDescriptors();
        UserBuffer token = memory.allocate(8, 8);
        for (int ring = 0; ring < THREADS / RING; ring++) {
            int[][] pipes = new int[RING][];
            Arrays.setAll(pipes, i -> pipe());
            for (int i = 0; i < RING; i++) {
                int in = pipes[i][0];
                int[] out = pipes[(i + 1) % RING];
                UserBuffer buffer = memory.allocate(8, 8);
                start(() -> {
                    long own = 0;
                    while ((own < ROUNDS || System.nanoTime() < end.get())
                            && call(Syscall.READ, in, buffer.address(), 1) == 1) {
                        own++;
                        call(Syscall.WRITE, out[1], buffer.address(), 1);
                    }
                    hops.addAndGet(own);
                    call(Syscall.CLOSE, out[1]);
                });
            }
            firstEnds.add(pipes[0][1]);
        }
        end.set(System.nanoTime() + Duration.ofSeconds(seconds()).toNanos());
        firstEnds.forEach(descriptor -> call(Syscall.WRITE, descriptor, token.address(), 1));
        joinAll();
        assertThat(hops.get()).isGreaterThanOrEqualTo(THREADS * (ROUNDS - 1));
    }

    /** Mutexes of two words as in Drepper's paper: what they guard adds up, and nobody sleeps for good. */
    @Test
    void mutexesMadeOfFutexesLoseNoWakeUp() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(seconds()).toNanos();
        int mutexes = 20;
        UserBuffer words = memory.allocate(4L * mutexes, 64);
        long[] guarded = new long[mutexes];
        AtomicLong made = new AtomicLong();
        for (int i = 0; i < THREADS; i++) {
            int mutex = i % mutexes;
            start(() -> {
                do {
                    lock(words, mutex);
                    guarded[mutex]++;
                    unlock(words, mutex);
                    made.incrementAndGet();
                } while (System.nanoTime() < end);
            });
        }
        joinAll();
        assertThat(Arrays.stream(guarded).sum()).isEqualTo(made.get()).isGreaterThanOrEqualTo(THREADS);
        assertThat(machine.process().futexes().waiters()).isZero();
    }

    /** 0 is free, 1 locked, 2 locked with somebody asleep. */
    private void lock(UserBuffer words, int mutex) {
        long at = 4L * mutex;
        int seen = (int) WORD.compareAndExchange(words.segment(), at, 0, 1);
        while (seen != 0) {
            if (seen == 2 || (int) WORD.compareAndExchange(words.segment(), at, 1, 2) != 0) {
                long answer = call(Syscall.FUTEX, words.address() + at, FUTEX_WAIT_PRIVATE, 2);
                assertThat(answer).isIn(0L, (long) -Errno.EAGAIN.number());
            }
            seen = (int) WORD.compareAndExchange(words.segment(), at, 0, 2);
        }
    }

    private void unlock(UserBuffer words, int mutex) {
        long at = 4L * mutex;
        if ((int) WORD.getAndSet(words.segment(), at, 0) == 2) {
            call(Syscall.FUTEX, words.address() + at, FUTEX_WAKE_PRIVATE, 1);
        }
    }

    @Test
    void closingAMachineEndsAThousandBlockedThreadsAndLeaksNone() throws InterruptedException {
        int[] pipe = pipe();
        UserBuffer word = memory.allocate(8, 8);
        UserBuffer forever = memory.allocate(16, 8);
        forever.segment().set(ValueLayout.JAVA_LONG, 0, 1_000_000L);
        AtomicInteger ended = new AtomicInteger();
        int before = machine.process().taskCount();
        for (int i = 0; i < THREADS; i++) {
            int kind = i % 4;
            start(() -> {
                try {
                    sleep(kind, pipe[0], word, forever);
                } catch (EmulatedEndException end) {
                    ended.incrementAndGet();
                }
            });
        }
        awaitTasks(before + THREADS);
        while (machine.process().futexes().waiters() < THREADS / 2) {
            LockSupport.parkNanos(LOOK_NANOS);
        }

        machine.close();

        joinAll();
        assertThat(ended.get()).isEqualTo(THREADS);
        assertThat(machine.process().futexes().waiters()).isZero();
    }

    private void sleep(int kind, int pipe, UserBuffer word, UserBuffer forever) {
        switch (kind) {
            case 0 -> call(Syscall.READ, pipe, word.address() + 4, 1);
            case 1 -> call(Syscall.FUTEX, word.address(), FUTEX_WAIT_PRIVATE, 0);
            case 2 -> call(Syscall.FUTEX, word.address(), 0, 0, forever.address());
            default -> call(Syscall.NANOSLEEP, forever.address(), 0);
        }
    }

    private void awaitTasks(int count) {
        while (machine.process().taskCount() < count) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
