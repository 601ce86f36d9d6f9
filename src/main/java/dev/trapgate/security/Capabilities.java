package dev.trapgate.security;

import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;

/**
 * A thread's capabilities, {@code struct __user_cap_data_struct} of version 3.
 *
 * @param effective what it may do now
 * @param permitted what it may make effective
 * @param inheritable what programs that it executes may keep
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public record Capabilities(CapabilitySet effective, CapabilitySet permitted, CapabilitySet inheritable) {

    static final long SIZE = 24;

    private static final long PERMITTED = 4;
    private static final long INHERITABLE = 8;
    /** The high halves follow all the low ones. */
    private static final long HIGH = 12;

    private static final long LOW_HALF = 0xffff_ffffL;

    static Capabilities read(MemorySegment data) {
        return new Capabilities(set(data, 0), set(data, PERMITTED), set(data, INHERITABLE));
    }

    private static CapabilitySet set(MemorySegment data, long at) {
        long high = data.get(Layouts.INT, at + HIGH);
        return new CapabilitySet((high << Integer.SIZE) | (data.get(Layouts.INT, at) & LOW_HALF));
    }

    void write(MemorySegment data) {
        put(data, 0, effective);
        put(data, PERMITTED, permitted);
        put(data, INHERITABLE, inheritable);
    }

    private static void put(MemorySegment data, long at, CapabilitySet set) {
        data.set(Layouts.INT, at, (int) set.bits());
        data.set(Layouts.INT, at + HIGH, (int) (set.bits() >>> Integer.SIZE));
    }

    /**
     * {@return the same without some, in all three sets}
     *
     * @param capabilities what to leave out
     */
    public Capabilities without(Capability... capabilities) {
        return new Capabilities(
                effective.without(capabilities), permitted.without(capabilities), inheritable.without(capabilities));
    }
}
