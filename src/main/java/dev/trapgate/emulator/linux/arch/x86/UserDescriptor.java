package dev.trapgate.emulator.linux.arch.x86;

import dev.trapgate.emulator.linux.mm.UserStructure;

/**
 * A segment as a program describes it: {@code struct user_desc} of arch/x86/include/uapi/asm/ldt.h, and what becomes of it
 * (arch/x86/include/asm/desc.h, Linux 6.18).
 *
 * @param base its first byte's address
 * @param limit its last byte's offset, or page
 * @param flags seg_32bit, contents, read_exec_only, limit_in_pages, seg_not_present, useable and lm, from bit 0
 */
record UserDescriptor(int base, int limit, int flags) {

    /** The structure's size. */
    static final int SIZE = 16;

    private static final int BASE = 4;
    private static final int LIMIT = 8;
    private static final int FLAGS = 12;
    private static final int SEG_32BIT = 1;
    private static final int CONTENTS_SHIFT = 1;
    private static final int READ_EXEC_ONLY = 1 << 3;
    private static final int LIMIT_IN_PAGES = 1 << 4;
    private static final int SEG_NOT_PRESENT = 1 << 5;
    private static final int USEABLE = 1 << 6;
    private static final int KNOWN = 0xff;
    private static final int TYPE_SHIFT = 40;
    private static final int PRESENT = 47;
    private static final int AVAILABLE = 52;
    private static final int BIG = 54;
    private static final int GRANULARITY = 55;
    /** S = 1, DPL = 3 and the accessed bit. */
    private static final long PROGRAMS = 0x71L << TYPE_SHIFT;

    static UserDescriptor from(UserStructure structure) {
        return new UserDescriptor(structure.get32(BASE), structure.get32(LIMIT), structure.get32(FLAGS) & KNOWN);
    }

    /** {@return what a descriptor says, as a program would have described it} */
    static UserDescriptor of(long descriptor) {
        int flags = bit(descriptor, BIG, SEG_32BIT)
                | (int) bits(descriptor, TYPE_SHIFT + 2, 2) << CONTENTS_SHIFT
                | (READ_EXEC_ONLY ^ bit(descriptor, TYPE_SHIFT + 1, READ_EXEC_ONLY))
                | bit(descriptor, GRANULARITY, LIMIT_IN_PAGES)
                | (SEG_NOT_PRESENT ^ bit(descriptor, PRESENT, SEG_NOT_PRESENT))
                | bit(descriptor, AVAILABLE, USEABLE);
        int base = (int) (bits(descriptor, 16, 24) | (bits(descriptor, 56, 8) << 24));
        int limit = (int) (bits(descriptor, 0, 16) | (bits(descriptor, 48, 4) << 16));
        return new UserDescriptor(base, limit, flags);
    }

    private static long bits(long descriptor, int from, int count) {
        return (descriptor >>> from) & ((1L << count) - 1);
    }

    private static int bit(long descriptor, int number, int flag) {
        return bits(descriptor, number, 1) == 0 ? 0 : flag;
    }

    void put(UserStructure structure) {
        structure.set32(BASE, base);
        structure.set32(LIMIT, limit);
        structure.set32(FLAGS, flags);
    }

    /** {@return the processor's form of it: {@code fill_ldt}; never 64-bit code} */
    long descriptor() {
        return (limit & 0xffffL)
                | ((limit & 0xf_0000L) << 32)
                | ((base & 0xff_ffffL) << 16)
                | ((base & 0xff00_0000L) << 32)
                | PROGRAMS
                | at(TYPE_SHIFT + 1, flags ^ READ_EXEC_ONLY, READ_EXEC_ONLY)
                | ((long) contents() << (TYPE_SHIFT + 2))
                | at(PRESENT, flags ^ SEG_NOT_PRESENT, SEG_NOT_PRESENT)
                | at(AVAILABLE, flags, USEABLE)
                | at(BIG, flags, SEG_32BIT)
                | at(GRANULARITY, flags, LIMIT_IN_PAGES);
    }

    private static long at(int number, int flags, int flag) {
        return (flags & flag) == 0 ? 0 : 1L << number;
    }

    /** {@return data, data that grows down, code, or conforming code: 0 to 3} */
    int contents() {
        return (flags >> CONTENTS_SHIFT) & 3;
    }

    boolean is32Bit() {
        return (flags & SEG_32BIT) != 0;
    }

    boolean isAbsent() {
        return (flags & SEG_NOT_PRESENT) != 0;
    }

    /** {@return whether it means that an entry is to be cleared: {@code LDT_empty}} */
    boolean isEmpty() {
        return base == 0 && limit == 0 && flags == (READ_EXEC_ONLY | SEG_NOT_PRESENT);
    }

    /** {@return whether it is all zero, which clears a thread's descriptor: {@code LDT_zero}} */
    boolean isZero() {
        return base == 0 && limit == 0 && flags == 0;
    }
}
