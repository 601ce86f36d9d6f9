package dev.trapgate.differential;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The threads of a play beside the first. */
final class Crew implements AutoCloseable {

    private static final long DEADLINE_NANOS = Side.DEADLINE_MILLIS * 1_000_000L;

    /** Between two looks at a thread that must both find it asleep: one may be a short wait for a lock. */
    private static final long LOOK_NANOS = 1_000_000;

    private final Map<String, ConfinedThread> threads = new LinkedHashMap<>();
    private final Set<String> asleep = new HashSet<>();

    /**
     * Starts threads.
     *
     * @param names their names
     * @param starter starts one
     */
    Crew(Set<String> names, Supplier<ConfinedThread> starter) {
        names.forEach(name -> threads.put(name, starter.get()));
    }

    /** {@return the thread of a name} */
    ConfinedThread thread(String name) {
        ConfinedThread thread = threads.get(name);
        if (thread == null) {
            throw new IllegalStateException("no thread " + name);
        }
        return thread;
    }

    /** Has a thread make a call that blocks. */
    void begin(String name, int number, long... registers) {
        asleep.add(name);
        thread(name).begin(number, registers[0], registers[1], registers[2], registers[3], registers[4], registers[5]);
    }

    /**
     * Waits until each thread that was asleep has come back from its call or sleeps in it.
     *
     * @return what those that came back were answered
     * @throws BlockedException if one does neither by the deadline
     */
    SortedMap<String, Long> settle() {
        long start = System.nanoTime();
        while (!asleep.isEmpty() && !isSettled()) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new BlockedException();
            }
        }
        SortedMap<String, Long> back = new TreeMap<>();
        for (String name : Set.copyOf(asleep)) {
            if (thread(name).isBack()) {
                asleep.remove(name);
                back.put(name, thread(name).result());
            }
        }
        return back;
    }

    private boolean isSettled() {
        if (isAnyRunning()) {
            LockSupport.parkNanos(this, LOOK_NANOS / 10);
            return false;
        }
        if (asleep.stream().allMatch(name -> thread(name).isBack())) {
            return true;
        }
        LockSupport.parkNanos(this, LOOK_NANOS);
        return !isAnyRunning();
    }

    private boolean isAnyRunning() {
        return asleep.stream()
                .anyMatch(name -> !thread(name).isBack() && !thread(name).isAsleep());
    }

    /**
     * Waits until a thread's blocking call has come back, if it has not before.
     *
     * @throws BlockedException if it has not at the deadline
     */
    void await(String name) {
        if (asleep.contains(name)) {
            thread(name).result();
        }
    }

    /** Ends a thread. */
    void join(String name) {
        thread(name).exit();
        threads.remove(name);
    }

    /** {@return a thread that still is in a call} */
    Optional<String> sleeper() {
        return asleep.stream().sorted().findFirst();
    }

    /** Ends the threads that are in no call. */
    @Override
    public void close() {
        threads.values().forEach(ConfinedThread::close);
    }
}
