package dev.trapgate.mm;

import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;

/**
 * A page fault that waits for a page, {@code struct uffd_msg} with UFFD_EVENT_PAGEFAULT.
 *
 * @param address where, in whole pages unless exact addresses were asked for
 * @param flags UFFD_PAGEFAULT_FLAG_ bits: 1 for writing, 2 for a protected page, 4 for one that is only unmapped
 * @param thread which thread waits, by its number; 0 unless UFFD_FEATURE_THREAD_ID was had
 */
public record Fault(long address, long flags, int thread) {

    static final long SIZE = 32;
    static final byte PAGEFAULT = 0x12;

    private static final long FLAGS = 8;
    private static final long ADDRESS = 16;
    private static final long THREAD = 24;

    static Fault read(MemorySegment message) {
        return new Fault(
                message.get(Layouts.LONG, ADDRESS), message.get(Layouts.LONG, FLAGS), message.get(Layouts.INT, THREAD));
    }

    /** {@return whether the thread wants to write} */
    public boolean isWrite() {
        return (flags & 1) != 0;
    }
}
