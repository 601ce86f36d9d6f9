package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;

/**
 * What stands behind a page of a program that was touched: an entry of the kernel's page table, be the processor allowed
 * to use it at the moment or not.
 *
 * @param frames where its bytes are
 * @param index which of those frames it is
 * @param kind whose page it is
 */
record Pte(PageFrames frames, int index, Kind kind) {

    /** Whose page an entry leads to. */
    enum Kind {
        /** The program's own. */
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
}
