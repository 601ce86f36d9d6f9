package dev.trapgate.emulator.linux.kernel.time;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The machine's clocks: kernel/time/timekeeping.c, Linux 6.18, at 250 ticks a second. Wall time begins as the host's, the
 * others when the machine does. There is no real-time clock that could wake it.
 */
public final class Timekeeper {

    /** Nanoseconds in a second. */
    public static final long NSEC_PER_SEC = 1_000_000_000L;
    /** Nanoseconds from one tick to the next. */
    public static final long TICK = 4_000_000;

    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_MONOTONIC = 1;
    static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    static final int CLOCK_THREAD_CPUTIME_ID = 3;
    static final int CLOCK_MONOTONIC_RAW = 4;
    static final int CLOCK_REALTIME_COARSE = 5;
    static final int CLOCK_MONOTONIC_COARSE = 6;
    static final int CLOCK_BOOTTIME = 7;
    static final int CLOCK_REALTIME_ALARM = 8;
    static final int CLOCK_BOOTTIME_ALARM = 9;
    static final int CLOCK_TAI = 11;

    private final long origin = System.nanoTime();
    private final Ntp ntp = new Ntp();
    private final Hrtimers hrtimers = new Hrtimers(this);
    private final List<Runnable> whenSet = new CopyOnWriteArrayList<>();
    private volatile long realtimeAtOrigin;
    private volatile int minutesWest;

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

    /**
     * Sets the wall clock.
     *
     * @param nanos nanoseconds since 1970
     * @return whether it could be set: it cannot be earlier than the machine is old
     */
    boolean setRealtime(long nanos) {
        long now = monotonic();
        if (nanos < now) {
            return false;
        }
        realtimeAtOrigin = nanos - now;
        hrtimers.clockWasSet();
        whenSet.forEach(Runnable::run);
        return true;
    }

    /** {@return the time since the machine began, in nanoseconds} */
    public long monotonic() {
        return System.nanoTime() - origin;
    }

    /** {@return the time since the machine began, in seconds, rounded up as sysinfo(2) does} */
    public long uptimeSeconds() {
        return (monotonic() + NSEC_PER_SEC - 1) / NSEC_PER_SEC;
    }

    /** {@return the time zone, in minutes west of Greenwich: it is only kept} */
    int minutesWest() {
        return minutesWest;
    }

    /** Sets the time zone. */
    void setMinutesWest(int minutes) {
        minutesWest = minutes;
    }

    /** {@return the machine's timers} */
    public Hrtimers hrtimers() {
        return hrtimers;
    }

    /** Has something done whenever the wall clock is set: {@code timerfd_clock_was_set}. It must not wait. */
    public void whenSet(Runnable function) {
        whenSet.add(function);
    }

    /** Ends what {@link #whenSet} began. */
    public void forgetWhenSet(Runnable function) {
        whenSet.remove(function);
    }

    /** {@return what adjtimex(2) reads and writes} */
    Ntp ntp() {
        return ntp;
    }

    /** {@return whether a number is that of a clock of the machine's own, readable as {@link #read} does} */
    static boolean isMachine(int clock) {
        return switch (clock) {
            case CLOCK_REALTIME,
                    CLOCK_MONOTONIC,
                    CLOCK_MONOTONIC_RAW,
                    CLOCK_REALTIME_COARSE,
                    CLOCK_MONOTONIC_COARSE,
                    CLOCK_BOOTTIME,
                    CLOCK_TAI -> true;
            default -> false;
        };
    }

    /** {@return whether the vDSO can read a clock of that number without entering the kernel} */
    public static boolean inVdso(int clock) {
        return isMachine(clock);
    }

    /**
     * Reads a clock.
     *
     * @param clock the number of one of the machine's own clocks
     * @return nanoseconds since its origin
     */
    public long read(int clock) {
        return switch (clock) {
            case CLOCK_REALTIME -> realtime();
            case CLOCK_TAI -> realtime() + ntp.taiOffset() * NSEC_PER_SEC;
            case CLOCK_REALTIME_COARSE -> realtime() / TICK * TICK;
            case CLOCK_MONOTONIC_COARSE -> monotonic() / TICK * TICK;
            default -> monotonic();
        };
    }

    /** {@return a clock's resolution in nanoseconds} */
    public static long resolution(int clock) {
        return clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE ? TICK : 1;
    }
}
