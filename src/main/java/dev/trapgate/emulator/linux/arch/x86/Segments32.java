package dev.trapgate.emulator.linux.arch.x86;

/** The selectors of the classic 32-bit kernel: include/asm-i386/segment.h, Linux 2.6.18. */
public final class Segments32 {

    /** The kernel's code, descriptor 12. */
    public static final int KERNEL_CS = 0x60;
    /** The kernel's data and stack, descriptor 13. */
    public static final int KERNEL_DS = 0x68;
    /** A program's code, descriptor 14. */
    public static final int USER_CS = 0x73;
    /** A program's data and stack, descriptor 15. */
    public static final int USER_DS = 0x7b;
    /** The task state segment, descriptor 16. */
    public static final int TSS = 0x80;
    /** The first thread-local descriptor, 6. */
    public static final int TLS = 0x33;
    /** How many descriptors the table has. */
    public static final int ENTRIES = 32;

    private Segments32() {}
}
