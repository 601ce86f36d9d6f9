package dev.trapgate.emulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.EmulatedEntry;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.ValueLayout;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * An emulated program of many threads that sleep and wake each other. One that does not end in time is killed, after it has
 * been told who waits in which call.
 *
 * <p>How long a test goes on is {@code dev.trapgate.load.seconds}; without it, for a moment. Threads are virtual ones, with
 * {@code dev.trapgate.load.platform=true} the host's own.
 */
final class ManyThreads implements AutoCloseable {

    /** How many threads a test has. */
    static final int COUNT = 1_000;

    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 2;
    private static final int RLIMIT_NOFILE = 7;
    private static final long DESCRIPTORS = 4096;
    private static final long PIECE = 1 << 20;
    private static final long LINE = 64;
    private static final int FRAMES_SHOWN = 4;
    private static final Worker NOBODY = new Worker("a thread of the test's");
    private static final ThreadLocal<Worker> CURRENT = ThreadLocal.withInitial(() -> NOBODY);

    /** What the threads of the program are in the JVM. */
    enum Carrier {
        VIRTUAL,
        PLATFORM;

        private Thread thread(String name, Runnable body) {
            return this == VIRTUAL
                    ? Thread.ofVirtual().name(name).unstarted(body)
                    : Thread.ofPlatform().daemon().name(name).unstarted(body);
        }
    }

    /** What a thread does, until {@link #isOver} or until there is nothing more to do. */
    interface Work {
        void run() throws InterruptedException;
    }

    /** A thread, and the call that it is in. */
    private static final class Worker {

        private final String name;
        private volatile String call = "no call";
        private volatile Thread thread = Thread.currentThread();

        Worker(String name) {
            this.name = name;
        }

        /** {@return where it is: its kind, its call and the kernel's functions around its sleep} */
        String place() {
            String frames = Arrays.stream(thread.getStackTrace())
                    .filter(frame -> frame.getClassName().contains(".emulator.linux."))
                    .limit(FRAMES_SHOWN)
                    .map(frame -> frame.getFileName() + ':' + frame.getLineNumber())
                    .collect(Collectors.joining(" < "));
            return name + " in " + call + " at " + frames;
        }
    }

    private final Carrier carrier;
    private final EmulatedMachine machine;
    private final EmulatedEntry gate;
    private final UserMemory.Scope memory;
    private UserBuffer piece;
    private long next;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final AtomicLong messages = new AtomicLong();
    private final long begin = System.nanoTime();
    private long end = Long.MAX_VALUE;

    ManyThreads() {
        this(Boolean.getBoolean("dev.trapgate.load.platform") ? Carrier.PLATFORM : Carrier.VIRTUAL);
    }

    ManyThreads(Carrier carrier) {
        this.carrier = carrier;
        machine = new EmulatedMachine(MachineSetup.of(KernelGeneration.MODERN, Vendor.INTEL));
        gate = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);
        memory = gate.memory().open();
        piece = memory.allocate(PIECE, LINE);
        UserBuffer limit = buffer(16);
        limit.segment().set(ValueLayout.JAVA_LONG, 0, DESCRIPTORS);
        limit.segment().set(ValueLayout.JAVA_LONG, 8, DESCRIPTORS);
        assertThat(call(Syscall.PRLIMIT64, 0, RLIMIT_NOFILE, limit.address())).isZero();
    }

    EmulatedMachine machine() {
        return machine;
    }

    /** {@return how long the threads are to go on} */
    private static Duration length() {
        Long seconds = Long.getLong("dev.trapgate.load.seconds");
        return seconds == null ? MOMENT : Duration.ofSeconds(seconds);
    }

    /** {@return so many bytes of the program, zeroed} */
    UserBuffer buffer(long size) {
        long taken = size + LINE - 1 & -LINE;
        synchronized (memory) {
            if (next + taken > PIECE) {
                // Few mappings: the kernel looks through them for a place.
                piece = memory.allocate(PIECE, LINE);
                next = 0;
            }
            UserBuffer buffer =
                    new UserBuffer(piece.address() + next, piece.segment().asSlice(next, size));
            next += taken;
            return buffer;
        }
    }

    /** {@return what the kernel answers to a call of the calling thread's} */
    long call(Syscall call, long... arguments) {
        long[] all = Arrays.copyOf(arguments, 6);
        Worker worker = CURRENT.get();
        String before = worker.call;
        worker.call = call.name();
        long answer = gate.enter(call.number(Abi.X86_64), all[0], all[1], all[2], all[3], all[4], all[5]);
        worker.call = before;
        return answer;
    }

    /** {@return what the kernel answers to a call that must not fail} */
    long must(Syscall call, long... arguments) {
        long answer = call(call, arguments);
        if (answer < 0) {
            throw new AssertionError(call + " answered " + answer + " to " + Arrays.toString(arguments));
        }
        return answer;
    }

    /** {@return the two descriptors that a call answers} */
    int[] pair(Syscall call, long... arguments) {
        UserBuffer two = buffer(8);
        long[] all = Arrays.copyOf(arguments, arguments.length + 1);
        // pipe2(2) takes the place of its answer first, socketpair(2) last.
        if (call == Syscall.PIPE2) {
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            all[0] = two.address();
        } else {
            all[arguments.length] = two.address();
        }
        must(call, all);
        return new int[] {
            two.segment().get(ValueLayout.JAVA_INT, 0), two.segment().get(ValueLayout.JAVA_INT, 4)
        };
    }

    /** {@return whether it is time to make no more messages} */
    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** Counts messages that have arrived. */
    void arrived(long count) {
        messages.addAndGet(count);
    }

    /** {@return how many messages have arrived} */
    long messages() {
        return messages.get();
    }

    /** Says that everything is in place: the time begins. */
    void begin() {
        end = System.nanoTime() + length().toNanos();
    }

    /** Starts a thread of the program. */
    void start(String name, Work work) {
        Worker worker = new Worker(name);
        Runnable body = () -> {
            CURRENT.set(worker);
            try {
                work.run();
            } catch (EmulatedEndException | InterruptedException over) {
                // The machine was switched off.
            } catch (Throwable failure) {
                note(failure);
            }
        };
        worker.thread = carrier.thread(name, body);
        workers.add(worker);
        worker.thread.start();
    }

    private void note(Throwable failure) {
        synchronized (failures) {
            failures.add(failure);
        }
    }

    /** Waits until something holds; when it does not in time, the machine is switched off and the test fails. */
    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + length().plus(PATIENCE).toNanos();
        while (!condition.getAsBoolean()) {
            stopAtFailures();
            if (System.nanoTime() - deadline > 0) {
                String stuck = whoWaits();
                machine.close();
                fail("after " + length().plus(PATIENCE) + " still not: " + what + "\n" + stuck);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void stopAtFailures() {
        synchronized (failures) {
            if (!failures.isEmpty()) {
                machine.close();
            }
            assertThat(failures).as("what threads died of").isEmpty();
        }
    }

    /** Waits until all threads have ended, and says what was done. */
    void joinAll(String what) throws InterruptedException {
        await("all threads ended", () -> workers.stream().noneMatch(worker -> worker.thread.isAlive()));
        stopAtFailures();
        if (Long.getLong("dev.trapgate.load.seconds") != null) {
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            System.out.printf(
                    "load: %s: %,d messages, %d threads, %d s%n", what, messages(), workers.size(), took.toSeconds());
        }
    }

    /** {@return how long the threads have run in all, platform threads only} */
    long cpuNanos(ThreadMXBean beans) {
        return workers.stream()
                .mapToLong(worker -> beans.getThreadCpuTime(worker.thread.threadId()))
                .sum();
    }

    /** {@return how many threads are in which call, and where in the kernel} */
    private String whoWaits() {
        Map<String, Integer> places = new TreeMap<>();
        workers.stream()
                .filter(worker -> worker.thread.isAlive())
                .forEach(worker -> places.merge(worker.place(), 1, Integer::sum));
        return places.entrySet().stream()
                .map(place -> place.getValue() + " x " + place.getKey())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        machine.close();
    }
}
