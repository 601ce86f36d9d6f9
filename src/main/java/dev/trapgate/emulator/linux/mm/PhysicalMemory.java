package dev.trapgate.emulator.linux.mm;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many page frames a machine has for its programs, who share them: mm/page_alloc.c. Only private pages are counted; files
 * have a limit of their own.
 */
public final class PhysicalMemory {

    private final long limit;
    private final long told;
    private final AtomicLong used = new AtomicLong();

    /**
     * Says how much there is.
     *
     * @param limit how many pages programs may touch; a small host allows fewer
     * @param told how many pages programs are told of
     */
    public PhysicalMemory(long limit, long told) {
        this.limit = Mm.affordable(limit);
        this.told = told;
    }

    /** {@return whether there are so many pages more; they are taken then} */
    boolean take(long pages) {
        while (true) {
            long before = used.get();
            if (pages > limit - before) {
                return false;
            }
            if (used.compareAndSet(before, before + pages)) {
                return true;
            }
        }
    }

    /** Takes pages that have been found already. */
    void charge(long pages) {
        used.addAndGet(pages);
    }

    /** Gives pages back. */
    void give(long pages) {
        used.addAndGet(-pages);
    }

    /** {@return whether there are so many pages more} */
    boolean hasRoomFor(long pages) {
        return pages <= limit - used.get();
    }

    /** {@return how many pages programs are told of} */
    public long told() {
        return told;
    }

    /** {@return how many pages are taken} */
    public long used() {
        return used.get();
    }
}
