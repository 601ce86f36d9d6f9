package dev.trapgate.time;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * Which clock.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/clock_gettime.2.html">clock_gettime(2)</a>
 */
public record Clock(int number) {

    /** Time since 1970, which can be set. */
    public static final Clock CLOCK_REALTIME = new Clock(0);
    /** Time since some point, never set, slewed by NTP. */
    public static final Clock CLOCK_MONOTONIC = new Clock(1);
    /** This process's processor time. */
    public static final Clock CLOCK_PROCESS_CPUTIME_ID = new Clock(2);
    /** This thread's processor time. */
    public static final Clock CLOCK_THREAD_CPUTIME_ID = new Clock(3);
    /** Time since some point, never set nor slewed. */
    public static final Clock CLOCK_MONOTONIC_RAW = new Clock(4);
    /** As CLOCK_REALTIME, as of the last tick. */
    public static final Clock CLOCK_REALTIME_COARSE = new Clock(5);
    /** As CLOCK_MONOTONIC, as of the last tick. */
    public static final Clock CLOCK_MONOTONIC_COARSE = new Clock(6);
    /** As CLOCK_MONOTONIC, and counts while suspended. */
    public static final Clock CLOCK_BOOTTIME = new Clock(7);
    /** As CLOCK_REALTIME; a timer on it wakes the system. */
    public static final Clock CLOCK_REALTIME_ALARM = new Clock(8);
    /** As CLOCK_BOOTTIME; a timer on it wakes the system. */
    public static final Clock CLOCK_BOOTTIME_ALARM = new Clock(9);
    /** As CLOCK_REALTIME, without leap seconds. */
    public static final Clock CLOCK_TAI = new Clock(11);

    /** {@return the C names, for example {@code CLOCK_MONOTONIC}} */
    @Override
    public String toString() {
        return ConstantNames.render("clock", number, Abi.X86_64);
    }
}
