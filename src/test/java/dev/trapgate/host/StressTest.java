package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every open gate at once from many threads, each call provoking its own error, while another thread makes the JVM stop
 * them all and collect garbage.
 */
@Timeout(60)
class StressTest {

    private static final long SECONDS = 3;

    /** What a gate is given, in its own ABI, and what it must answer. */
    private record Expectation(SyscallEntry entry, int number, long a1, long a2, long a3, long answer) {

        void check() {
            long found = entry.enter(number, a1, a2, a3, 0, 0, 0);
            assertThat(found)
                    .as("%s %d(%d, %d, %d)", entry.gate(), number, a1, a2, a3)
                    .isEqualTo(answer);
        }
    }

    private final List<UserMemory.Scope> scopes = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private Thread disturber;

    @BeforeEach
    void begin() {
        for (Gate gate : OpenGate.nativeGates()) {
            if (Host.status(gate).isOpen()) {
                expectFrom(Host.open(gate));
            }
        }
        assumeTrue(!expectations.isEmpty(), "no native gate is open");
        disturber = Thread.ofPlatform().daemon().name("disturber").start(this::disturb);
    }

    @AfterEach
    void end() throws InterruptedException {
        over.set(true);
        disturber.join();
        scopes.forEach(UserMemory.Scope::close);
    }

    private void expectFrom(SyscallEntry entry) {
        UserMemory.Scope scope = entry.memory().open();
        scopes.add(scope);
        long absent = path(scope, "/nonexistent/trapgate");
        long notADirectory = path(scope, "/dev/null/trapgate");
        long buffer = scope.allocate(390, 8).address(); // struct new_utsname
        expect(entry, Syscall.CLOSE, -1, 0, 0, error(Errno.EBADF));
        expect(entry, Syscall.OPEN, absent, 0, 0, error(Errno.ENOENT));
        expect(entry, Syscall.OPEN, notADirectory, 0, 0, error(Errno.ENOTDIR));
        expect(entry, Syscall.UNAME, 1, 0, 0, error(Errno.EFAULT));
        expect(entry, Syscall.UNAME, buffer, 0, 0, 0);
        expect(entry, Syscall.CLOCK_GETTIME, 1, buffer, 0, 0);
        expect(entry, Syscall.CLOCK_GETTIME, 99, buffer, 0, error(Errno.EINVAL));
        expect(entry, Syscall.CLOCK_GETTIME, 1, 1, 0, error(Errno.EFAULT));
        expect(entry, Syscall.GETTIMEOFDAY, 1, 0, 0, error(Errno.EFAULT));
        expect(entry, Syscall.GETRANDOM, buffer, 16, 0, 16);
        expect(entry, Syscall.KILL, 0x7fff_ffffL, 0, 0, error(Errno.ESRCH)); // above any pid_max
        expect(entry, Syscall.GETCWD, buffer, 1, 0, error(Errno.ERANGE));
        expect(entry, Syscall.GETPID, 0, 0, 0, ProcessHandle.current().pid());
        expect(entry, Syscall.DUP3, 0, 0, 0, error(Errno.EINVAL));
    }

    private static long path(UserMemory.Scope scope, String text) {
        UserBuffer buffer = scope.allocate(text.length() + 1L, 1);
        buffer.segment().setString(0, text);
        return buffer.address();
    }

    private static long error(Errno errno) {
        return -errno.number();
    }

    private void expect(SyscallEntry entry, Syscall call, long a1, long a2, long a3, long answer) {
        int number = call.number(entry.abi());
        if (entry.refusal(number).isEmpty()) {
            expectations.add(new Expectation(entry, number, a1, a2, a3, answer));
        }
    }

    /** Collections stop every thread at a safepoint, and make the JVM's own calls, which change errno. */
    private void disturb() {
        while (!over.get()) {
            System.gc();
            Thread.getAllStackTraces();
        }
    }

    @Test
    void sixtyFourPlatformThreadsEachGetTheirOwnAnswersFromEveryGate() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
            assertEveryAnswerIsRight(threads, 64);
        }
    }

    @Test
    void aThousandVirtualThreadsEachGetTheirOwnAnswersFromEveryGate() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEveryAnswerIsRight(threads, 1000);
        }
    }

    private void assertEveryAnswerIsRight(ExecutorService threads, int tasks) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Callable<Integer> task = () -> rounds(deadline);
        List<Future<Integer>> all =
                IntStream.range(0, tasks).mapToObj(i -> threads.submit(task)).toList();
        int rounds = 0;
        for (Future<Integer> one : all) {
            assertThat(one.get()).isPositive();
            rounds += one.get();
        }
        assertThat(rounds).isGreaterThanOrEqualTo(tasks);
    }

    /** Every thread goes through all gates and errors from a place of its own, at least once. */
    private int rounds(long deadline) {
        int offset = ThreadLocalRandom.current().nextInt(expectations.size());
        int rounds = 0;
        do {
            for (int i = 0; i < expectations.size(); i++) {
                Expectation expectation = expectations.get((offset + i) % expectations.size());
                expectation.check();
                if (i % 7 == 0) {
                    LockSupport.parkNanos(1); // lets a virtual thread change its carrier between two calls
                }
            }
            rounds++;
        } while (System.nanoTime() < deadline);
        return rounds;
    }
}
