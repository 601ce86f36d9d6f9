package dev.trapgate.differential;

import dev.trapgate.entry.UserBuffer;

/** Pages of one side's memory, for one play of a scenario. */
interface Blocks {

    /** Bytes in a page. */
    int PAGE = 4096;

    /**
     * Gives zeroed pages behind which one lies that cannot be reached.
     *
     * @param pages how many, 1 or more
     * @return the pages
     * @throws IllegalArgumentException if there are not so many
     */
    UserBuffer take(int pages);

    /** {@return the address of {@link HandlerCode} in pages that can be executed} */
    long handler();

    /** Takes all pages back. */
    void release();
}
