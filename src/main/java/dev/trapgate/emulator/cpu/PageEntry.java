package dev.trapgate.emulator.cpu;

import org.jspecify.annotations.Nullable;

/**
 * What the page tables say of one page. Never changed but for its end: a page that is remapped or protected gets a new
 * entry, and the old one is marked, which every processor sees at its next access as it would see a TLB shootdown.
 */
final class PageEntry {

    /** Matches no page: what an empty slot of a translation buffer holds. */
    static final PageEntry NOTHING = new PageEntry(-1, new PageFrames(1), 0, 0);

    final long number;
    final PageFrames frames;
    final long[] words;
    final long offset;
    final int firstWord;
    final int rights;
    volatile boolean live = true;

    /**
     * The rights that an access may rely on without asking further: none once the entry is dead, and not WRITE while
     * decoded code of the page is kept.
     */
    volatile int ready;

    /** What was decoded from the page; guarded by {@link #frames}, like the links to its aliases. */
    @Nullable
    CodePage code;

    @Nullable
    PageEntry previousAlias;

    @Nullable
    PageEntry nextAlias;

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
        this.words = frames.words;
        this.offset = (long) frame << PageFrames.PAGE_SHIFT;
        this.firstWord = (int) (offset >>> 3);
        this.rights = rights;
        this.ready = rights;
    }

    int frame() {
        return (int) (offset >>> PageFrames.PAGE_SHIFT);
    }
}
