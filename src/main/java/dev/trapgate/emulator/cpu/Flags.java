package dev.trapgate.emulator.cpu;

/** The bits of RFLAGS (SDM vol. 1, 3.4.3). */
public final class Flags {

    /** Carry. */
    public static final long CF = 1;
    /** Always one. */
    public static final long FIXED = 1L << 1;
    /** Parity. */
    public static final long PF = 1L << 2;
    /** Auxiliary carry. */
    public static final long AF = 1L << 4;
    /** Zero. */
    public static final long ZF = 1L << 6;
    /** Sign. */
    public static final long SF = 1L << 7;
    /** Trap: a debug exception after each instruction. */
    public static final long TF = 1L << 8;
    /** Interrupts enabled. */
    public static final long IF = 1L << 9;
    /** Direction of string instructions. */
    public static final long DF = 1L << 10;
    /** Overflow. */
    public static final long OF = 1L << 11;
    /** I/O privilege level, two bits. */
    public static final long IOPL = 3L << 12;
    /** Nested task. */
    public static final long NT = 1L << 14;
    /** Resume: no instruction breakpoint on the next instruction. */
    public static final long RF = 1L << 16;
    /** Virtual-8086 mode. */
    public static final long VM = 1L << 17;
    /** Alignment check, and access control for supervisor accesses. */
    public static final long AC = 1L << 18;
    /** Virtual interrupt flag. */
    public static final long VIF = 1L << 19;
    /** Virtual interrupt pending. */
    public static final long VIP = 1L << 20;
    /** CPUID is there. */
    public static final long ID = 1L << 21;

    /** What the bits that exist are; all others are zero. */
    static final long DEFINED =
            CF | FIXED | PF | AF | ZF | SF | TF | IF | DF | OF | IOPL | NT | RF | VM | AC | VIF | VIP | ID;

    /** What SYSRET takes from r11 (SDM vol. 2, SYSRET: R11 AND 3C7FD7H). */
    static final long SYSRET_MASK = 0x3c7fd7;

    /** What IRET takes from the stack at any privilege level. */
    static final long IRET_ALWAYS = CF | PF | AF | ZF | SF | TF | DF | OF | NT | RF | AC | ID;

    private Flags() {}

    /** {@return the I/O privilege level in {@code flags}, 0 to 3} */
    static int iopl(long flags) {
        return (int) (flags >> 12) & 3;
    }
}
