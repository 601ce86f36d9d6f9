package dev.trapgate.emulator.linux.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signals that await a task or a process: {@code struct sigpending}. Those up to 31 wait once each, those of real time in
 * the order in which they came. Guarded by the process's lock for signals.
 */
final class SigPending {

    /** Signals of faults, which go first: SYNCHRONOUS_MASK. */
    private static final long SYNCHRONOUS = Signal.mask(Signal.SIGSEGV)
            | Signal.mask(Signal.SIGBUS)
            | Signal.mask(Signal.SIGILL)
            | Signal.mask(Signal.SIGTRAP)
            | Signal.mask(Signal.SIGFPE)
            | Signal.mask(Signal.SIGSYS);

    private final List<Signal> queue = new ArrayList<>();
    private volatile long set;

    /** {@return which signals wait, {@link Signal#mask} of each} */
    long set() {
        return set;
    }

    /** Adds a signal, unless it is one that waits once and does already: {@code legacy_queue}. */
    void add(Signal signal) {
        long bit = Signal.mask(signal.number());
        boolean waits = signal.number() < Signal.SIGRTMIN && (set & bit) != 0;
        if (!waits) {
            queue.add(signal);
            set |= bit;
        }
    }

    /** Adds a timer's signal, beside others of its number. */
    void addTimer(Signal signal) {
        queue.add(signal);
        set |= Signal.mask(signal.number());
    }

    /** Takes the first fault's signal that came from the processor: {@code dequeue_synchronous_signal}. */
    @Nullable
    Signal takeSynchronous(long blocked) {
        if ((set & ~blocked & SYNCHRONOUS) == 0) {
            return null;
        }
        for (Signal signal : queue) {
            long bit = Signal.mask(signal.number());
            if (signal.code() > Signal.SI_USER && (bit & SYNCHRONOUS & ~blocked) != 0) {
                remove(signal);
                return signal;
            }
        }
        return null;
    }

    /** Takes the next signal that is not blocked, the lowest number but faults first: {@code next_signal}. */
    @Nullable
    Signal take(long blocked) {
        long ready = set & ~blocked;
        if (ready == 0) {
            return null;
        }
        long first = (ready & SYNCHRONOUS) != 0 ? ready & SYNCHRONOUS : ready;
        int number = Long.numberOfTrailingZeros(first) + 1;
        for (Signal signal : queue) {
            if (signal.number() == number) {
                remove(signal);
                return signal;
            }
        }
        return null;
    }

    /** Forgets signals: {@code flush_sigqueue_mask}. */
    void flush(long mask) {
        queue.removeIf(signal -> (Signal.mask(signal.number()) & mask) != 0);
        set &= ~mask;
    }

    private void remove(Signal signal) {
        queue.removeIf(waiting -> waiting == signal);
        if (queue.stream().noneMatch(other -> other.number() == signal.number())) {
            set &= ~Signal.mask(signal.number());
        }
    }
}
