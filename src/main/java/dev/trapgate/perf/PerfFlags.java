package dev.trapgate.perf;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How to open a counter. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/perf_event_open.2.html">perf_event_open(2)</a>
 */
public record PerfFlags(int bits) {

    /** None. */
    public static final PerfFlags NONE = new PerfFlags(0);
    /** Only let the output go to the group, do not join it. */
    public static final PerfFlags PERF_FLAG_FD_NO_GROUP = new PerfFlags(1);
    /** Let samples go to the group; broken since Linux 2.6.35. */
    public static final PerfFlags PERF_FLAG_FD_OUTPUT = new PerfFlags(2);
    /** The process is the descriptor of a cgroup. */
    public static final PerfFlags PERF_FLAG_PID_CGROUP = new PerfFlags(4);
    /** Close it when another program is executed. */
    public static final PerfFlags PERF_FLAG_FD_CLOEXEC = new PerfFlags(8);

    /**
     * {@return these flags and more}
     *
     * @param more flags to add
     */
    public PerfFlags or(PerfFlags more) {
        return new PerfFlags(bits | more.bits);
    }

    /**
     * {@return whether all of those flags are among these}
     *
     * @param some other flags
     */
    public boolean has(PerfFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code PERF_FLAG_FD_OUTPUT}} */
    @Override
    public String toString() {
        return ConstantNames.render("perf_open", bits, Abi.X86_64);
    }
}
