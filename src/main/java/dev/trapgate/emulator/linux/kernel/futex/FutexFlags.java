package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.abi.Abi;

/** What a call says of a futex, in one form for all calls: the FLAGS_ of kernel/futex/futex.h. */
final class FutexFlags {

    /** FUTEX_PRIVATE_FLAG of futex(2), and FUTEX2_PRIVATE. */
    static final int PRIVATE_FLAG = 0x80;
    /** FUTEX_CLOCK_REALTIME of futex(2). */
    static final int CLOCK_REALTIME_FLAG = 0x100;

    /** The futex may be another process's too: its key is what is mapped. */
    static final int SHARED = 0x10;
    /** The timeout is by CLOCK_REALTIME. */
    static final int CLOCKRT = 0x20;
    /** Behind the futex lies the number of a node. */
    static final int NUMA = 0x80;
    /** To wake none is to wake none. */
    static final int STRICT = 0x100;

    static final int SIZE_MASK = 0x3;
    static final int SIZE_32 = 0x2;

    private static final int FUTEX2_NUMA = 0x4;
    private static final int FUTEX2_MPOL = 0x8;
    private static final int FUTEX2_VALID = SIZE_MASK | FUTEX2_NUMA | FUTEX2_MPOL | PRIVATE_FLAG;

    private FutexFlags() {}

    /** {@return the flags of a futex(2) operation: {@code futex_to_flags}} */
    static int of(int operation) {
        int shared = (operation & PRIVATE_FLAG) == 0 ? SHARED : 0;
        int clock = (operation & CLOCK_REALTIME_FLAG) != 0 ? CLOCKRT : 0;
        return SIZE_32 | shared | clock;
    }

    /** {@return whether the later calls know all of their flags, and have futexes of that size: {@code futex_flags_valid}} */
    static boolean isValid2(int flags2) {
        return (flags2 & ~FUTEX2_VALID) == 0 && (flags2 & SIZE_MASK) == SIZE_32;
    }

    /** {@return the flags of the later calls' flags: {@code futex2_to_flags}} */
    static int of2(int flags2) {
        int shared = (flags2 & PRIVATE_FLAG) == 0 ? SHARED : 0;
        int numa = (flags2 & FUTEX2_NUMA) != 0 ? NUMA : 0;
        return (flags2 & SIZE_MASK) | shared | numa;
    }

    /** {@return whether a value fits into a futex of 32 bits: {@code futex_validate_input}} */
    static boolean fits(long value) {
        return value >>> Integer.SIZE == 0;
    }

    /** {@return an unsigned long of C that a register holds} */
    static long word(Abi abi, long register) {
        return abi == Abi.I386 ? register & 0xffff_ffffL : register;
    }
}
