package dev.trapgate.perf;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What reading a counter tells beside its value. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/perf_event_open.2.html">perf_event_open(2)</a>
 */
public record PerfFormat(int bits) {

    /** None. */
    public static final PerfFormat NONE = new PerfFormat(0);
    /** How long it was enabled. */
    public static final PerfFormat PERF_FORMAT_TOTAL_TIME_ENABLED = new PerfFormat(1);
    /** How long it really counted: less, where counters took turns. */
    public static final PerfFormat PERF_FORMAT_TOTAL_TIME_RUNNING = new PerfFormat(2);
    /** Its number. */
    public static final PerfFormat PERF_FORMAT_ID = new PerfFormat(4);
    /** How many samples were lost; since Linux 6.0. */
    public static final PerfFormat PERF_FORMAT_LOST = new PerfFormat(0x10);

    /**
     * {@return these flags and more}
     *
     * @param more flags to add
     */
    public PerfFormat or(PerfFormat more) {
        return new PerfFormat(bits | more.bits);
    }

    /**
     * {@return whether all of those flags are among these}
     *
     * @param some other flags
     */
    public boolean has(PerfFormat some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code PERF_FORMAT_TOTAL_TIME_RUNNING}} */
    @Override
    public String toString() {
        return ConstantNames.render("perf_format", bits, Abi.X86_64);
    }
}
