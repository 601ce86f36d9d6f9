package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The timers of a process that send signals; all guarded by the process's lock for signals. */
public final class ProcessTimers {

    private final Itimers itimers;
    private final Map<Integer, PosixTimer> timers = new TreeMap<>();
    /** Signals that wait, of timers that do not exist any more. */
    private final Set<Signal> orphans = Collections.newSetFromMap(new IdentityHashMap<>());

    private int nextId;

    /**
     * Makes a process's timers.
     *
     * @param process the process
     */
    public ProcessTimers(KernelProcess process) {
        this.itimers = new Itimers(process);
    }

    Itimers itimers() {
        return itimers;
    }

    /** {@return the next id, in turn: {@code posix_timer_add}} */
    int takeId() {
        int id = nextId;
        while (timers.containsKey(id)) {
            id = id + 1 & Integer.MAX_VALUE;
        }
        nextId = id + 1 & Integer.MAX_VALUE;
        return id;
    }

    /** {@return whether a wanted id was free; later ones follow it} */
    boolean takeId(int wanted) {
        boolean free = !timers.containsKey(wanted);
        if (free) {
            nextId = wanted + 1 & Integer.MAX_VALUE;
        }
        return free;
    }

    void add(PosixTimer timer) {
        timers.put(timer.id(), timer);
    }

    @Nullable
    PosixTimer find(int id) {
        return timers.get(id);
    }

    /** {@return how many POSIX timers there are} */
    int count() {
        return timers.size();
    }

    void delete(PosixTimer timer) {
        timers.remove(timer.id());
        Signal waiting = timer.delete();
        if (waiting != null) {
            orphans.add(waiting);
        }
    }

    /**
     * Hears that a signal was taken: {@code dequeue_signal}.
     *
     * @param signal the signal
     * @return the signal as it is delivered; null if it is not, because its timer was set or deleted
     */
    public @Nullable Signal taken(Signal signal) {
        if (signal.code() != Signal.SI_TIMER) {
            return signal;
        }
        if (orphans.remove(signal)) {
            return null;
        }
        for (PosixTimer timer : timers.values()) {
            if (timer.sent(signal)) {
                return timer.deliver(signal);
            }
        }
        return signal;
    }

    /** Forgets all timers but those of setitimer(2): {@code exit_itimers}, what execve(2) does. */
    public void forget() {
        for (PosixTimer timer : new ArrayList<>(timers.values())) {
            delete(timer);
        }
    }

    /** Stops all timers: the process has ended. */
    public void exit() {
        forget();
        itimers.stop();
    }

    /** Hears that SIGALRM for the process was taken. */
    public void alarmTaken() {
        itimers.rearm();
    }

    /** Hears that a signal is ignored from now on, and those that waited were dropped. */
    public void ignored(int number) {
        timers.values().stream().filter(timer -> timer.signal() == number).forEach(PosixTimer::flushed);
        orphans.removeIf(signal -> signal.number() == number);
    }

    /** Hears that a signal is not ignored. */
    public void unignored(int number) {
        timers.values().stream().filter(timer -> timer.signal() == number).forEach(PosixTimer::unignored);
    }
}
