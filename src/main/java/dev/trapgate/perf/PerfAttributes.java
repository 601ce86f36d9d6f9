package dev.trapgate.perf;

import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;

/**
 * What a counter is to be, {@code struct perf_event_attr}: a view of memory. It begins as one that counts, is switched off and
 * leaves the kernel out, as a user without rights may ask; its setters change it and answer it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/perf_event_open.2.html">perf_event_open(2)</a>
 */
public final class PerfAttributes {

    private static final Fields FIELDS = Fields.of("perf_event_attr");
    /** Its size in bytes. */
    public static final long SIZE = FIELDS.size();

    private static final long TYPE = FIELDS.offset("type");
    private static final long SIZE_AT = FIELDS.offset("size");
    private static final long CONFIG = FIELDS.offset("config");
    private static final long PERIOD = FIELDS.offset("sample_period");
    private static final long FORMAT = FIELDS.offset("read_format");
    private static final long BITS = FIELDS.offset("bits");

    private static final long DISABLED = 1;
    private static final long INHERIT = 1 << 1;
    private static final long EXCLUDE_KERNEL = 1 << 5;
    private static final long EXCLUDE_HV = 1 << 6;

    private final MemorySegment memory;

    private PerfAttributes(MemorySegment memory) {
        this.memory = memory;
    }

    /**
     * {@return the attributes of a counter, on the heap}
     *
     * @param event what it counts
     */
    public static PerfAttributes counting(PerfEvent event) {
        MemorySegment memory = MemorySegment.ofArray(new byte[(int) SIZE]);
        memory.set(Layouts.INT, TYPE, event.type());
        memory.set(Layouts.INT, SIZE_AT, (int) SIZE);
        memory.set(Layouts.LONG, CONFIG, event.config());
        memory.set(Layouts.LONG, BITS, DISABLED | EXCLUDE_KERNEL | EXCLUDE_HV);
        return new PerfAttributes(memory);
    }

    /** {@return its bytes, for fields that have no setter} */
    public MemorySegment memory() {
        return memory;
    }

    /** {@return what it counts} */
    public PerfEvent event() {
        return new PerfEvent(memory.get(Layouts.INT, TYPE), memory.get(Layouts.LONG, CONFIG));
    }

    /** {@return what reading tells beside the value} */
    public PerfFormat format() {
        return new PerfFormat((int) memory.get(Layouts.LONG, FORMAT));
    }

    /**
     * Says what reading tells beside the value.
     *
     * @param format what
     * @return this
     */
    public PerfAttributes format(PerfFormat format) {
        memory.set(Layouts.LONG, FORMAT, format.bits());
        return this;
    }

    /**
     * Has it count from the start.
     *
     * @return this
     */
    public PerfAttributes enabled() {
        return bits(DISABLED, 0);
    }

    /**
     * Has it count in threads and processes that are started from then on, too.
     *
     * @return this
     */
    public PerfAttributes inherited() {
        return bits(INHERIT, INHERIT);
    }

    /**
     * Has it count in the kernel, too; needs CAP_PERFMON where /proc/sys/kernel/perf_event_paranoid is above 1.
     *
     * @return this
     */
    public PerfAttributes withKernel() {
        return bits(EXCLUDE_KERNEL | EXCLUDE_HV, 0);
    }

    /**
     * Has it take a sample, and poll answer, every so many events.
     *
     * @param period how many events, 1 or more
     * @return this
     */
    public PerfAttributes period(long period) {
        if (period < 1) {
            throw new IllegalArgumentException("a period of " + period + " events: 1 or more are wanted");
        }
        memory.set(Layouts.LONG, PERIOD, period);
        return this;
    }

    private PerfAttributes bits(long mask, long value) {
        memory.set(Layouts.LONG, BITS, (memory.get(Layouts.LONG, BITS) & ~mask) | value);
        return this;
    }

    /** {@return the event and the format} */
    @Override
    public String toString() {
        return "PerfAttributes[event=" + event() + ", format=" + format() + "]";
    }
}
