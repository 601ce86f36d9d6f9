package dev.trapgate.emulator.cpu;

/**
 * What the page tables say of one page. Never changed but for its end: a page that is remapped or protected gets a new
 * entry, and the old one is marked, which every processor sees at its next access as it would see a TLB shootdown.
 */
final class PageEntry {

    /** Matches no page: what an empty slot of a translation buffer holds. */
    static final PageEntry NOTHING = new PageEntry(-1, new PageFrames(1), 0, 0);

    final long number;
    final PageFrames frames;
    final long offset;
    final int firstWord;
    final int rights;
    volatile boolean live = true;

    /**
     * Describes a page.
     *
     * @param number its linear address without the low twelve bits
     * @param frames where its bytes are
     * @param frame which of those frames it is
     * @param rights what may be done: bits of {@link Paging}
     */
    PageEntry(long number, PageFrames frames, int frame, int rights) {
        this.number = number;
        this.frames = frames;
        this.offset = (long) frame << PageFrames.PAGE_SHIFT;
        this.firstWord = (int) (offset >>> 3);
        this.rights = rights;
    }

    int frame() {
        return (int) (offset >>> PageFrames.PAGE_SHIFT);
    }
}
