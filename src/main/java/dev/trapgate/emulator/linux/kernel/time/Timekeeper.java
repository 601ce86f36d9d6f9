package dev.trapgate.emulator.linux.kernel.time;

import java.time.InstantSource;

/** The machine's clocks: kernel/time/timekeeping.c. Wall time is the host's, the others begin when the machine does. */
public final class Timekeeper {

    /** Nanoseconds in a second. */
    public static final long NSEC_PER_SEC = 1_000_000_000L;

    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final int CLOCK_REALTIME_COARSE = 5;
    private static final int CLOCK_MONOTONIC_COARSE = 6;
    private static final long TICK = 4_000_000;

    private final long origin = System.nanoTime();
    private final long realtimeAtOrigin;

    /**
     * Starts the clocks.
     *
     * @param wall the wall clock to begin from
     */
    public Timekeeper(InstantSource wall) {
        var now = wall.instant();
        realtimeAtOrigin = now.getEpochSecond() * NSEC_PER_SEC + now.getNano();
    }

    /** {@return what a clock that the vDSO reads is ahead of the time-stamp counter, {@link System#nanoTime}} */
    public long base(int clock) {
        return clock == 0 || clock == 11 ? realtimeAtOrigin - origin : -origin;
    }

    /** {@return the wall clock, in nanoseconds since 1970} */
    public long realtime() {
        return realtimeAtOrigin + monotonic();
    }

    /** {@return the time since the machine began, in nanoseconds} */
    public long monotonic() {
        return System.nanoTime() - origin;
    }

    /** {@return the time since the machine began, in seconds, rounded up as sysinfo(2) does} */
    public long uptimeSeconds() {
        return (monotonic() + NSEC_PER_SEC - 1) / NSEC_PER_SEC;
    }

    /** {@return whether the kernel has a clock of that number} */
    static boolean exists(int clock) {
        return (clock >= 0 && clock <= 7) || clock == 11;
    }

    /** {@return whether the vDSO can read a clock of that number without entering the kernel} */
    public static boolean inVdso(int clock) {
        return clock == 0 || clock == 1 || (clock >= 4 && clock <= 7) || clock == 11;
    }

    /**
     * Reads a clock.
     *
     * @param clock a number that {@link #exists}
     * @return nanoseconds since its origin
     */
    public long read(int clock) {
        return switch (clock) {
            case 0, 11 -> realtime();
            case CLOCK_REALTIME_COARSE -> realtime() / TICK * TICK;
            case CLOCK_MONOTONIC_COARSE -> monotonic() / TICK * TICK;
            default -> monotonic();
        };
    }

    /** {@return a clock's resolution in nanoseconds} */
    public static long resolution(int clock) {
        return clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE ? TICK : 1;
    }

    static boolean isCpuTime(int clock) {
        return clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID;
    }
}
