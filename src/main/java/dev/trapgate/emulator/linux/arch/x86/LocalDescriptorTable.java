package dev.trapgate.emulator.linux.arch.x86;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A program's own table of descriptors: {@code struct ldt_struct} of arch/x86/kernel/ldt.c. */
public final class LocalDescriptorTable {

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private long[] entries = {};

    /** Makes an empty table. */
    public LocalDescriptorTable() {}

    /** {@return the same for a child: {@code ldt_dup_context}} */
    public synchronized LocalDescriptorTable copy() {
        LocalDescriptorTable copy = new LocalDescriptorTable();
        copy.entries = entries.clone();
        return copy;
    }

    /** Sets an entry; the table becomes as long as it must. */
    synchronized void set(int entry, long descriptor) {
        if (entry >= entries.length) {
            entries = Arrays.copyOf(entries, entry + 1);
        }
        entries[entry] = descriptor;
    }

    /** {@return the entries, eight bytes each} */
    synchronized MemorySegment bytes() {
        MemorySegment copy = MemorySegment.ofArray(new long[entries.length]);
        for (int i = 0; i < entries.length; i++) {
            copy.setAtIndex(LONG, i, entries[i]);
        }
        return copy;
    }
}
