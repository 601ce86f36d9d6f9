package dev.trapgate.emulator.linux.kernel.time;

/**
 * Something to be done when a clock shows a time: {@code struct hrtimer} of kernel/time/hrtimer.c. It is done once for each
 * {@link Hrtimers#start}, by a thread of the machine's own, which must not wait.
 */
public final class Hrtimer {

    final int clock;
    final Runnable function;

    // Guarded by the lock of Hrtimers.
    long expires;
    long deadline;
    long order;
    boolean queued;

    /**
     * Makes a timer that is not started.
     *
     * @param clock whose time counts: CLOCK_REALTIME follows when that clock is set, CLOCK_TAI too
     * @param function what is to be done; it may find that it was cancelled or started anew in the meantime
     */
    public Hrtimer(int clock, Runnable function) {
        this.clock = clock;
        this.function = function;
    }

    /** {@return whose time counts} */
    public int clock() {
        return clock;
    }
}
