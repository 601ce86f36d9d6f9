package dev.trapgate.emulator.cpu;

/**
 * The rights of a page, which are also what an access needs and the bits of a page fault's error code (SDM vol. 3,
 * 5.7).
 */
public final class Paging {

    /** Nothing beyond presence: a supervisor read. */
    public static final int READ = 0;
    /** Error code: the page was there, the right was not. */
    public static final int PRESENT = 1;
    /** The page may be written; the access is a write. */
    public static final int WRITE = 2;
    /** User mode may use the page; the access is made in user mode. */
    public static final int USER = 4;
    /** Instructions may be fetched from the page; the access is a fetch. */
    public static final int EXECUTE = 16;

    private Paging() {}
}
