package dev.trapgate.emulator.cpu;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A paged address space: 4 KiB pages with rights, in a tree as deep as long mode's page tables.
 *
 * <p>Any thread may change it; a processor sees a change at its next access. The kernel's half can be shared with
 * another space; it is then changed by way of the space that it was made in alone.
 */
public final class AddressSpace {

    private static final int LEVEL_BITS = 9;
    private static final int FANOUT = 1 << LEVEL_BITS;
    private static final int TOP_SHIFT = 3 * LEVEL_BITS;
    private static final long NUMBER_MASK = (1L << (4 * LEVEL_BITS)) - 1;

    private final @Nullable Object[] root = new @Nullable Object[FANOUT];

    /** Makes an empty space. */
    public AddressSpace() {}

    /**
     * Makes a space whose upper part is another one's, as all programs have the kernel's. Of what is mapped there afterwards, in
     * the other space, this one sees what lies in tables that the other has by now: at least the whole gibibyte around
     * whatever it has mapped.
     *
     * @param kernel the other space
     * @param from the first address that is shared, a multiple of 2^30
     */
    public AddressSpace(AddressSpace kernel, long from) {
        synchronized (kernel) {
            share(root, kernel.root, (from >>> PageFrames.PAGE_SHIFT) & NUMBER_MASK, TOP_SHIFT);
        }
    }

    private static void share(@Nullable Object[] own, @Nullable Object[] others, long from, int shift) {
        int first = index(from, shift);
        System.arraycopy(others, first + 1, own, first + 1, FANOUT - first - 1);
        Object below = others[first];
        boolean whole = (from & (1L << shift) - 1) == 0;
        if (whole) {
            own[first] = below;
        } else if (below != null) {
            @Nullable Object[] table = new @Nullable Object[FANOUT];
            own[first] = table;
            share(table, (@Nullable Object[]) below, from, shift - LEVEL_BITS);
        }
    }

    /**
     * Maps pages to frames, in place of what was there.
     *
     * @param linear the first page's address, a multiple of 4096
     * @param frames where their bytes are
     * @param first the frame of the first page
     * @param count how many pages
     * @param rights what may be done with them: bits of {@link Paging}
     */
    public synchronized void map(long linear, PageFrames frames, int first, int count, int rights) {
        for (int i = 0; i < count; i++) {
            long number = (linear >>> PageFrames.PAGE_SHIFT) + i;
            put(number, new PageEntry(number, frames, first + i, rights));
        }
    }

    /**
     * Changes the rights of those pages of a range that are mapped.
     *
     * @param linear the first page's address
     * @param count how many pages
     * @param rights their new rights
     */
    public synchronized void protect(long linear, long count, int rights) {
        forEachMapped(linear, count, number -> {
            PageEntry entry = find(number);
            if (entry != null) {
                put(number, new PageEntry(number, entry.frames, entry.frame(), rights));
            }
        });
    }

    /**
     * Unmaps those pages of a range that are mapped.
     *
     * @param linear the first page's address
     * @param count how many pages
     * @return how many were mapped
     */
    public synchronized long unmap(long linear, long count) {
        long[] removed = {0};
        forEachMapped(linear, count, number -> {
            put(number, null);
            removed[0]++;
        });
        return removed[0];
    }

    /** {@return whether the page at {@code linear} is mapped} */
    public synchronized boolean isMapped(long linear) {
        return find(linear >>> PageFrames.PAGE_SHIFT) != null;
    }

    /** {@return the entry of page {@code number}, or null if the page is not mapped} */
    synchronized @Nullable PageEntry entry(long number) {
        return find(number);
    }

    private void forEachMapped(long linear, long count, LongConsumer action) {
        long number = linear >>> PageFrames.PAGE_SHIFT;
        long end = number + count;
        while (number < end) {
            @Nullable Object[] table = table(number);
            if (table == null) {
                number = (number | (1L << missingShift(number)) - 1) + 1;
                continue;
            }
            if (table[(int) number & FANOUT - 1] != null) {
                action.accept(number);
            }
            number++;
        }
    }

    /** {@return log2 of how many pages the table has that is missing on the way to a page} */
    private int missingShift(long number) {
        @Nullable Object[] table = root;
        for (int shift = TOP_SHIFT; shift > LEVEL_BITS; shift -= LEVEL_BITS) {
            Object next = table[index(number, shift)];
            if (next == null) {
                return shift;
            }
            table = (@Nullable Object[]) next;
        }
        return LEVEL_BITS;
    }

    private @Nullable PageEntry find(long number) {
        @Nullable Object[] table = table(number);
        return table == null ? null : (PageEntry) table[(int) number & FANOUT - 1];
    }

    private @Nullable Object @Nullable [] table(long number) {
        @Nullable Object[] table = root;
        for (int shift = TOP_SHIFT; shift > 0; shift -= LEVEL_BITS) {
            Object next = table[index(number, shift)];
            if (next == null) {
                return null;
            }
            table = (@Nullable Object[]) next;
        }
        return table;
    }

    private void put(long number, @Nullable PageEntry entry) {
        @Nullable Object[] table = root;
        for (int shift = TOP_SHIFT; shift > 0; shift -= LEVEL_BITS) {
            int index = index(number, shift);
            Object next = table[index];
            if (next == null) {
                next = new @Nullable Object[FANOUT];
                table[index] = next;
            }
            table = (@Nullable Object[]) next;
        }
        int index = (int) number & FANOUT - 1;
        if (table[index] instanceof PageEntry old) {
            old.frames.detach(old);
        }
        if (entry != null) {
            entry.frames.attach(entry);
        }
        table[index] = entry;
    }

    private static int index(long number, int shift) {
        return (int) ((number & NUMBER_MASK) >>> shift) & FANOUT - 1;
    }
}
