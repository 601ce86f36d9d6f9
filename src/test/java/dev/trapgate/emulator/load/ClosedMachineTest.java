package dev.trapgate.emulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.kernel.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine that is switched off while a thousand threads sleep in it, in every call that sleeps. */
@Timeout(120)
class ClosedMachineTest {

    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TIMES_SPINNING = 20;

    /** Threads that sleep, and how many of them have been ended. */
    private static AtomicInteger sleepers(ManyThreads threads) throws InterruptedException {
        List<Sleep.Call> calls = new ArrayList<>();
        for (Sleep sleep : Sleep.values()) {
            calls.add(sleep.prepare(threads));
        }
        AtomicInteger ended = new AtomicInteger();
        List<Sleep> kinds = List.of(Sleep.values());
        for (int i = 0; i < ManyThreads.COUNT; i++) {
            int number = i % calls.size();
            Sleep sleep = kinds.get(number);
            threads.start(sleep.name(), () -> {
                try {
                    throw new AssertionError(
                            sleep + " answered " + calls.get(number).answer());
                } catch (EmulatedEndException end) {
                    ended.incrementAndGet();
                }
            });
        }
        Task own = threads.machine().currentThread().task();
        threads.await("all sleep", () -> {
            List<Task> tasks = threads.machine().process().otherTasks(own);
            return tasks.size() == ManyThreads.COUNT && tasks.stream().allMatch(Task::isAsleep);
        });
        return ended;
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsEveryThreadThatSleeps(ManyThreads.Carrier carrier) throws InterruptedException {
        try (ManyThreads threads = new ManyThreads(carrier)) {
            AtomicInteger ended = sleepers(threads);
            assertThat(ended).hasValue(0);

            threads.machine().close();

            threads.joinAll("closed");
            assertThat(ended).hasValue(ManyThreads.COUNT);
            assertThat(threads.machine().process().futexes().waiters()).isZero();
            assertThat(threads.machine().process().files().nextOpen(0)).isEqualTo(-1);
        }
    }

    @Test
    void threadsThatSleepTakeNoTimeOfTheProcessor() throws InterruptedException {
        ThreadMXBean beans = ManagementFactory.getThreadMXBean();
        assumeTrue(beans.isThreadCpuTimeSupported(), "this JVM does not know how long its threads ran");
        try (ManyThreads threads = new ManyThreads(ManyThreads.Carrier.PLATFORM)) {
            sleepers(threads);
            long before = threads.cpuNanos(beans);
            Thread.sleep(LOOK.toMillis());
            long spent = threads.cpuNanos(beans) - before;

            // One that spins takes all of a processor; what falling asleep takes may still be under way.
            assertThat(spent).as("nanoseconds of %s", LOOK).isLessThan(LOOK.toNanos() / TIMES_SPINNING);
        }
    }

    @Test
    void nothingOfAClosedMachineStays() throws InterruptedException, IOException {
        // The first one makes the JVM open what it keeps.
        useAndClose();
        List<String> descriptors = hostDescriptors();
        WeakReference<EmulatedMachine> machine = useAndClose();

        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && (!machine.refersTo(null) || timerThreads() > 0)) {
            System.gc();
            Thread.sleep(20);
        }

        assertThat(machine.refersTo(null)).as("nothing leads to the machine").isTrue();
        assertThat(timerThreads()).as("threads of its timers").isZero();
        assertThat(hostDescriptors()).as("descriptors of the host's").containsExactlyInAnyOrderElementsOf(descriptors);
    }

    /** A method of its own, so that no local variable keeps the machine. */
    private static WeakReference<EmulatedMachine> useAndClose() throws InterruptedException {
        try (ManyThreads threads = new ManyThreads(ManyThreads.Carrier.PLATFORM)) {
            sleepers(threads);
            WeakReference<EmulatedMachine> machine = new WeakReference<>(threads.machine());
            threads.machine().close();
            threads.joinAll("closed");
            return machine;
        }
    }

    /** {@return how many threads run the timers of emulated machines} */
    private static long timerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("emulated timers"))
                .count();
    }

    /** {@return what the JVM has open, but what its classes come from; nothing where it cannot be told} */
    private static List<String> hostDescriptors() throws IOException {
        Path directory = Path.of("/proc/self/fd");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<String> targets = new ArrayList<>();
        try (Stream<Path> open = Files.list(directory)) {
            for (Path descriptor : open.toList()) {
                // The one with which the directory is read is gone by now.
                if (Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)) {
                    targets.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        targets.removeIf(target -> target.endsWith(".jar") || target.endsWith("/modules"));
        return targets;
    }
}
