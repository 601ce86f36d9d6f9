package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The page before the 64-bit vDSO from which its functions read clocks: a mask of the clocks that they can read, and for
 * each clock what is added to the time-stamp counter, which counts nanoseconds. The kernel's own {@code vdso_data} has
 * multipliers and a sequence count besides, which a counter of nanoseconds does without.
 */
public final class Vvar {

    /** Where it is, counted from the vDSO's first byte. */
    static final int OFFSET = -PageFrames.PAGE_SIZE;
    /** The greatest number of a clock that it has. */
    static final int LAST_CLOCK = 11;

    private static final int BASES = 8;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    /** CLOCK_REALTIME, MONOTONIC, MONOTONIC_RAW, BOOTTIME and TAI. */
    private static final int[] CLOCKS = {0, 1, 4, 7, 11};

    private Vvar() {}

    /** {@return the page for a machine's clocks} */
    public static PageFrames page(Timekeeper clocks) {
        PageFrames page = new PageFrames(1);
        MemorySegment bytes = page.bytes();
        int mask = 0;
        for (int clock : CLOCKS) {
            mask |= 1 << clock;
            bytes.set(LONG, BASES + (long) clock * Long.BYTES, clocks.base(clock));
        }
        bytes.set(INT, 0, mask);
        return page;
    }
}
