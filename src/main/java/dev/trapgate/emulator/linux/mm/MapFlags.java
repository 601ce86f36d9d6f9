package dev.trapgate.emulator.linux.mm;

/** Flags of mmap(2): include/uapi/asm-generic/mman-common.h and mman.h, arch/x86/include/uapi/asm/mman.h. */
final class MapFlags {

    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE = 2;
    static final int MAP_SHARED_VALIDATE = 3;
    static final int MAP_DROPPABLE = 8;
    static final int MAP_TYPE = 0xf;
    static final int MAP_FIXED = 0x10;
    static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_32BIT = 0x40;
    static final int MAP_ABOVE4G = 0x80;
    static final int MAP_GROWSDOWN = 0x100;
    static final int MAP_DENYWRITE = 0x800;
    static final int MAP_EXECUTABLE = 0x1000;
    static final int MAP_LOCKED = 0x2000;
    static final int MAP_NORESERVE = 0x4000;
    static final int MAP_POPULATE = 0x8000;
    static final int MAP_NONBLOCK = 0x1_0000;
    static final int MAP_STACK = 0x2_0000;
    static final int MAP_HUGETLB = 0x4_0000;
    static final int MAP_FIXED_NOREPLACE = 0x10_0000;
    static final int MAP_HUGE_SHIFT = 26;
    static final int MAP_HUGE_MASK = 0x3f;

    /** What MAP_SHARED_VALIDATE knows: LEGACY_MAP_MASK. */
    static final int LEGACY_MAP_MASK = MAP_SHARED
            | MAP_PRIVATE
            | MAP_FIXED
            | MAP_ANONYMOUS
            | MAP_DENYWRITE
            | MAP_EXECUTABLE
            | MAP_GROWSDOWN
            | MAP_LOCKED
            | MAP_NORESERVE
            | MAP_POPULATE
            | MAP_NONBLOCK
            | MAP_STACK
            | MAP_HUGETLB
            | MAP_32BIT
            | MAP_ABOVE4G
            | MAP_HUGE_MASK << MAP_HUGE_SHIFT;

    private MapFlags() {}
}
