package dev.trapgate.emulator.linux.mm;

/** Bits of {@code vm_flags}: what a mapping is and may become (include/linux/mm.h, Linux 6.18). */
public final class VmFlags {

    /** Pages may be read. */
    public static final long VM_READ = 0x1;
    /** Pages may be written. */
    public static final long VM_WRITE = 0x2;
    /** Instructions may be fetched from pages. */
    public static final long VM_EXEC = 0x4;
    /** What is written goes to the file. */
    public static final long VM_SHARED = 0x8;
    /** mprotect(2) may give VM_READ. */
    public static final long VM_MAYREAD = 0x10;
    /** mprotect(2) may give VM_WRITE. */
    public static final long VM_MAYWRITE = 0x20;
    /** mprotect(2) may give VM_EXEC. */
    public static final long VM_MAYEXEC = 0x40;
    /** Mapped with MAP_SHARED, be it of a file that was opened only to read. */
    public static final long VM_MAYSHARE = 0x80;
    /** Grows downwards when the page below it is touched. */
    public static final long VM_GROWSDOWN = 0x100;
    /** Its pages stay in memory. */
    public static final long VM_LOCKED = 0x2000;
    /** Will be read from front to back. */
    public static final long VM_SEQ_READ = 0x8000;
    /** Will be read here and there. */
    public static final long VM_RAND_READ = 0x1_0000;
    /** A child does not get it. */
    public static final long VM_DONTCOPY = 0x2_0000;
    /** mremap(2) does not make it larger. */
    public static final long VM_DONTEXPAND = 0x4_0000;
    /** Pages stay in memory once they are there. */
    public static final long VM_LOCKONFAULT = 0x8_0000;
    /** Its size was asked of the overcommit rule. */
    public static final long VM_ACCOUNT = 0x10_0000;
    /** Its size is not asked of the overcommit rule. */
    public static final long VM_NORESERVE = 0x20_0000;
    /** A child finds it zeroed. */
    public static final long VM_WIPEONFORK = 0x200_0000;
    /** Not in core files. */
    public static final long VM_DONTDUMP = 0x400_0000;
    /** Huge pages are welcome. */
    public static final long VM_HUGEPAGE = 0x2000_0000;
    /** Huge pages are not wanted. */
    public static final long VM_NOHUGEPAGE = 0x4000_0000;
    /** Equal pages may be merged. */
    public static final long VM_MERGEABLE = 0x8000_0000L;
    /** Its pages may be dropped: MAP_DROPPABLE. */
    public static final long VM_DROPPABLE = 1L << 40;
    /** It can neither be unmapped nor changed: mseal(2). */
    public static final long VM_SEALED = 1L << 42;
    /** Java has a segment over its pages, so that they are never replaced. This emulator's own. */
    public static final long VM_PINNED = 1L << 62;

    /** What an access may need. */
    public static final long VM_ACCESS_FLAGS = VM_READ | VM_WRITE | VM_EXEC;
    /** What mprotect(2) may give. */
    public static final long VM_MAY_FLAGS = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;
    /** Both ways of being locked. */
    public static final long VM_LOCKED_MASK = VM_LOCKED | VM_LOCKONFAULT;

    private VmFlags() {}
}
