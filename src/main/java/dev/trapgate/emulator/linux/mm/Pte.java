package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands behind a page of a program that was touched: an entry of the kernel's page table, be the processor allowed
 * to use it at the moment or not. After fork(2) the tables of several programs have the same entry of a private page, until
 * they write it.
 */
final class Pte {

    /** Whose page an entry leads to. */
    enum Kind {
        /** The program's own, or still shared with those it was forked from and to. */
        ANONYMOUS,
        /** Everybody's page of zeros, until it is written. */
        ZERO,
        /** The file's. */
        FILE,
        /** None: MADV_GUARD_INSTALL made it a trap. */
        GUARD
    }

    private static final PageFrames NOTHING = new PageFrames(1);

    /** Reads as zeros, never written. */
    static final Pte ZERO_PAGE = new Pte(NOTHING, 0, Kind.ZERO);
    /** Every access is a fault. */
    static final Pte GUARD_MARKER = new Pte(NOTHING, 0, Kind.GUARD);

    private final PageFrames frames;
    private final int index;
    private final Kind kind;
    /** In how many tables an anonymous page is: {@code _mapcount}. */
    private final AtomicInteger mapCount = new AtomicInteger();

    /**
     * Describes a page.
     *
     * @param frames where its bytes are
     * @param index which of those frames it is
     * @param kind whose page it is
     */
    Pte(PageFrames frames, int index, Kind kind) {
        this.frames = frames;
        this.index = index;
        this.kind = kind;
    }

    /** {@return where its bytes are} */
    PageFrames frames() {
        return frames;
    }

    /** {@return which of those frames it is} */
    int index() {
        return index;
    }

    /** {@return whose page it is} */
    Kind kind() {
        return kind;
    }

    /** {@return whether other programs have it, too, so that it is copied before it is written} */
    boolean isShared() {
        return mapCount.get() > 1;
    }

    /** Notes that one table more has it. {@return whether it is the first} */
    boolean map() {
        return mapCount.getAndIncrement() == 0;
    }

    /** Notes that one table less has it. {@return whether none has it any more} */
    boolean unmap() {
        return mapCount.decrementAndGet() == 0;
    }
}
