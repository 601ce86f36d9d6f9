package dev.trapgate.emulator.linux.kernel.time;

import java.util.function.LongSupplier;

/**
 * Something to be done when as much of a processor has been used: {@code struct cpu_timer} of
 * kernel/time/posix-cpu-timers.c. The kernel looks at each tick; so does this, but for ticks at which it cannot be yet.
 */
final class CpuTimer {

    private final Timekeeper timekeeper;
    private final LongSupplier clock;
    private final Runnable function;
    private final Hrtimer look = new Hrtimer(Timekeeper.CLOCK_MONOTONIC, this::look);
    private volatile long expires;
    private volatile boolean armed;

    /**
     * Makes a timer that is not started.
     *
     * @param timekeeper the machine's clocks
     * @param clock what has been used, in nanoseconds
     * @param function what is to be done
     */
    CpuTimer(Timekeeper timekeeper, LongSupplier clock, Runnable function) {
        this.timekeeper = timekeeper;
        this.clock = clock;
        this.function = function;
    }

    /** Starts it, anew if it is started. */
    void start(long at) {
        expires = at;
        armed = true;
        lookAgain();
    }

    /** Stops it; its function may be under way. */
    void cancel() {
        armed = false;
        timekeeper.hrtimers().cancel(look);
    }

    private void look() {
        if (!armed) {
            return;
        }
        if (clock.getAsLong() >= expires) {
            armed = false;
            function.run();
        } else {
            lookAgain();
        }
    }

    /** Even if each processor of a large machine runs for it, it cannot be earlier. */
    private void lookAgain() {
        long left = (expires - clock.getAsLong()) / Runtime.getRuntime().availableProcessors();
        long wait = left <= 0 ? 0 : Math.max(left, Timekeeper.TICK);
        timekeeper.hrtimers().start(look, Hrtimers.add(timekeeper.monotonic(), wait));
    }
}
