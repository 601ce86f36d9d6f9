package dev.trapgate.perf;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What a counter counts.
 *
 * @param type PERF_TYPE_ of linux/perf_event.h, or a number from /sys/bus/event_source/devices
 * @param config which event of that type
 * @see <a href="https://man7.org/linux/man-pages/man2/perf_event_open.2.html">perf_event_open(2)</a>
 */
public record PerfEvent(int type, long config) {

    private static final int HARDWARE = 0;
    private static final int SOFTWARE = 1;

    /** Cycles of the processor. */
    public static final PerfEvent PERF_COUNT_HW_CPU_CYCLES = new PerfEvent(HARDWARE, 0);
    /** Instructions retired. */
    public static final PerfEvent PERF_COUNT_HW_INSTRUCTIONS = new PerfEvent(HARDWARE, 1);
    /** Accesses to the last cache. */
    public static final PerfEvent PERF_COUNT_HW_CACHE_REFERENCES = new PerfEvent(HARDWARE, 2);
    /** Misses of the last cache. */
    public static final PerfEvent PERF_COUNT_HW_CACHE_MISSES = new PerfEvent(HARDWARE, 3);
    /** Branches retired. */
    public static final PerfEvent PERF_COUNT_HW_BRANCH_INSTRUCTIONS = new PerfEvent(HARDWARE, 4);
    /** Branches that were predicted wrongly. */
    public static final PerfEvent PERF_COUNT_HW_BRANCH_MISSES = new PerfEvent(HARDWARE, 5);
    /** Nanoseconds of the processor's clock. */
    public static final PerfEvent PERF_COUNT_SW_CPU_CLOCK = new PerfEvent(SOFTWARE, 0);
    /** Nanoseconds that the task ran. */
    public static final PerfEvent PERF_COUNT_SW_TASK_CLOCK = new PerfEvent(SOFTWARE, 1);
    /** Page faults. */
    public static final PerfEvent PERF_COUNT_SW_PAGE_FAULTS = new PerfEvent(SOFTWARE, 2);
    /** Switches to another task. */
    public static final PerfEvent PERF_COUNT_SW_CONTEXT_SWITCHES = new PerfEvent(SOFTWARE, 3);
    /** Moves to another processor. */
    public static final PerfEvent PERF_COUNT_SW_CPU_MIGRATIONS = new PerfEvent(SOFTWARE, 4);
    /** Page faults that took no reading. */
    public static final PerfEvent PERF_COUNT_SW_PAGE_FAULTS_MIN = new PerfEvent(SOFTWARE, 5);
    /** Page faults that took reading. */
    public static final PerfEvent PERF_COUNT_SW_PAGE_FAULTS_MAJ = new PerfEvent(SOFTWARE, 6);

    /** {@return for example {@code PERF_TYPE_SOFTWARE 0x2}} */
    @Override
    public String toString() {
        return ConstantNames.render("perf_type", type, Abi.X86_64) + " 0x" + Long.toHexString(config);
    }
}
