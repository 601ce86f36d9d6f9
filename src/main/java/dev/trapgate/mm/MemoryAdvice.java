package dev.trapgate.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How memory will be used.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2)</a>
 */
public record MemoryAdvice(int number) {

    /** No advice. */
    public static final MemoryAdvice MADV_NORMAL = new MemoryAdvice(0);
    /** Here and there. */
    public static final MemoryAdvice MADV_RANDOM = new MemoryAdvice(1);
    /** From low addresses to high. */
    public static final MemoryAdvice MADV_SEQUENTIAL = new MemoryAdvice(2);
    /** Soon. */
    public static final MemoryAdvice MADV_WILLNEED = new MemoryAdvice(3);
    /** Not again: private memory reads as zeros, at once. */
    public static final MemoryAdvice MADV_DONTNEED = new MemoryAdvice(4);
    /** Not again: may be freed, until written. */
    public static final MemoryAdvice MADV_FREE = new MemoryAdvice(8);
    /** Free it and its backing. */
    public static final MemoryAdvice MADV_REMOVE = new MemoryAdvice(9);
    /** A child does not get it. */
    public static final MemoryAdvice MADV_DONTFORK = new MemoryAdvice(10);
    /** A child gets it. */
    public static final MemoryAdvice MADV_DOFORK = new MemoryAdvice(11);
    /** Equal pages may be merged. */
    public static final MemoryAdvice MADV_MERGEABLE = new MemoryAdvice(12);
    /** Equal pages may not be merged. */
    public static final MemoryAdvice MADV_UNMERGEABLE = new MemoryAdvice(13);
    /** Huge pages are welcome. */
    public static final MemoryAdvice MADV_HUGEPAGE = new MemoryAdvice(14);
    /** No huge pages. */
    public static final MemoryAdvice MADV_NOHUGEPAGE = new MemoryAdvice(15);
    /** Leave it out of core dumps. */
    public static final MemoryAdvice MADV_DONTDUMP = new MemoryAdvice(16);
    /** Have it in core dumps. */
    public static final MemoryAdvice MADV_DODUMP = new MemoryAdvice(17);
    /** A child finds zeros. */
    public static final MemoryAdvice MADV_WIPEONFORK = new MemoryAdvice(18);
    /** A child finds what is there. */
    public static final MemoryAdvice MADV_KEEPONFORK = new MemoryAdvice(19);
    /** Reclaim it before other memory. */
    public static final MemoryAdvice MADV_COLD = new MemoryAdvice(20);
    /** Reclaim it now. */
    public static final MemoryAdvice MADV_PAGEOUT = new MemoryAdvice(21);
    /** Have its pages for reading. */
    public static final MemoryAdvice MADV_POPULATE_READ = new MemoryAdvice(22);
    /** Have its pages for writing. */
    public static final MemoryAdvice MADV_POPULATE_WRITE = new MemoryAdvice(23);
    /** As MADV_DONTNEED, also for locked memory; since Linux 5.18. */
    public static final MemoryAdvice MADV_DONTNEED_LOCKED = new MemoryAdvice(24);
    /** Make huge pages of it now; since Linux 6.1. */
    public static final MemoryAdvice MADV_COLLAPSE = new MemoryAdvice(25);
    /** Have whoever touches it get SIGSEGV, of which a JVM dies; since Linux 6.13. */
    public static final MemoryAdvice MADV_GUARD_INSTALL = new MemoryAdvice(102);
    /** Take that back. */
    public static final MemoryAdvice MADV_GUARD_REMOVE = new MemoryAdvice(103);

    /** {@return the C names, for example {@code MADV_RANDOM}} */
    @Override
    public String toString() {
        return ConstantNames.render("madvise", number, Abi.X86_64);
    }
}
