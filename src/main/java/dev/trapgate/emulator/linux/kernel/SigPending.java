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

    /** The signal waits from now on. */
    static final long ADDED = 0;
    /** The signal has been waiting already, and waits once. */
    static final long WAITS = 1;

    private final List<Signal> queue = new ArrayList<>();
    private final SignalQuota quota;
    private volatile long set;

    /**
     * Begins without signals.
     *
     * @param quota what counts those that are queued
     */
    SigPending(SignalQuota quota) {
        this.quota = quota;
    }

    /** {@return which signals wait, {@link Signal#mask} of each} */
    long set() {
        return set;
    }

    /**
     * Adds a signal, unless it is one that waits once and does already: {@code __send_signal_locked}. One that would be too
     * many waits without what is told of it.
     *
     * @param signal the signal
     * @param limit how many may be queued: RLIMIT_SIGPENDING; compared as unsigned
     * @return {@link #ADDED} or {@link #WAITS}, or −EAGAIN if it would be too many and somebody counts on what is told
     */
    long add(Signal signal, long limit) {
        long bit = Signal.mask(signal.number());
        boolean isOrdinary = signal.number() < Signal.SIGRTMIN;
        if (isOrdinary && (set & bit) != 0) {
            return WAITS;
        }
        boolean always = isOrdinary && signal.code() >= Signal.SI_USER;
        if (quota.take(always ? SignalQuota.UNLIMITED : limit)) {
            queue.add(signal);
        } else if (!isOrdinary && signal.code() != Signal.SI_USER) {
            return ErrorNumbers.EAGAIN;
        }
        set |= bit;
        return ADDED;
    }

    /** Adds a timer's signal, beside others of its number. */
    void addTimer(Signal signal) {
        quota.take(SignalQuota.UNLIMITED);
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
        // It was not queued: collect_signal.
        set &= ~Signal.mask(number);
        return Signal.of(number);
    }

    /** Forgets signals: {@code flush_sigqueue_mask}. */
    void flush(long mask) {
        int before = queue.size();
        queue.removeIf(signal -> (Signal.mask(signal.number()) & mask) != 0);
        quota.give(before - queue.size());
        set &= ~mask;
    }

    private void remove(Signal signal) {
        queue.remove(signal);
        quota.give(1);
        if (queue.stream().noneMatch(other -> other.number() == signal.number())) {
            set &= ~Signal.mask(signal.number());
        }
    }
}
