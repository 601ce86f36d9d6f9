package dev.trapgate.emulator.linux.arch.x86;

/** The selectors of the 64-bit kernel: arch/x86/include/asm/segment.h, Linux 5.17. */
public final class Segments64 {

    /** The kernel's 32-bit code, descriptor 1: the selector that SYSRET's is counted from. */
    public static final int KERNEL32_CS = 0x08;
    /** The kernel's code, descriptor 2. */
    public static final int KERNEL_CS = 0x10;
    /** The kernel's data, descriptor 3. */
    public static final int KERNEL_DS = 0x18;
    /** A 32-bit program's code, descriptor 4. */
    public static final int USER32_CS = 0x23;
    /** A program's data and stack, descriptor 5. */
    public static final int USER_DS = 0x2b;
    /** A 64-bit program's code, descriptor 6. */
    public static final int USER_CS = 0x33;
    /** The task state segment, descriptors 8 and 9. */
    public static final int TSS = 0x40;
    /** The first thread-local descriptor, 12. */
    public static final int TLS = 0x63;
    /** The descriptor, 15, whose limit is the number of the processor: LSL reads it. */
    public static final int CPUNODE = 0x7b;
    /** How many descriptors the table has. */
    public static final int ENTRIES = 16;

    /** MSR_STAR: SYSRET's selectors above SYSCALL's. */
    public static final long STAR = 0x0023_0010_0000_0000L;
    /** MSR_SYSCALL_MASK: the flags that SYSCALL clears, syscall_init of arch/x86/kernel/cpu/common.c. */
    public static final long FMASK = 0x25_7fd5;

    private Segments64() {}
}
