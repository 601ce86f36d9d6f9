package dev.trapgate.emulator.cpu;

/**
 * The model-specific registers that the fast system calls, and segments in 64-bit mode, use (SDM vol. 4; APM vol. 2,
 * appendix A).
 */
public final class ModelSpecificRegisters {

    /** SYSENTER's code segment. */
    public static final int IA32_SYSENTER_CS = 0x174;
    /** SYSENTER's stack pointer. */
    public static final int IA32_SYSENTER_ESP = 0x175;
    /** SYSENTER's entry point. */
    public static final int IA32_SYSENTER_EIP = 0x176;
    /** Extended features: SYSCALL, long mode, no-execute. */
    public static final int EFER = 0xc000_0080;
    /** SYSCALL's and SYSRET's segments; legacy SYSCALL's entry point in the low half. */
    public static final int STAR = 0xc000_0081;
    /** 64-bit SYSCALL's entry point. */
    public static final int LSTAR = 0xc000_0082;
    /** Compatibility mode SYSCALL's entry point. */
    public static final int CSTAR = 0xc000_0083;
    /** The flags that SYSCALL clears. */
    public static final int FMASK = 0xc000_0084;
    /** FS's base. */
    public static final int FS_BASE = 0xc000_0100;
    /** GS's base. */
    public static final int GS_BASE = 0xc000_0101;
    /** What SWAPGS exchanges with GS's base. */
    public static final int KERNEL_GS_BASE = 0xc000_0102;

    /** EFER: SYSCALL and SYSRET are enabled. */
    public static final long EFER_SCE = 1;
    /** EFER: long mode is enabled. */
    public static final long EFER_LME = 1L << 8;
    /** EFER: long mode is active; the processor sets it. */
    public static final long EFER_LMA = 1L << 10;
    /** EFER: pages can be no-execute. */
    public static final long EFER_NXE = 1L << 11;

    private static final long EFER_DEFINED = EFER_SCE | EFER_LME | EFER_LMA | EFER_NXE;
    private static final long LOW_32 = 0xffff_ffffL;

    private final SegmentRegisters segments;
    private long sysenterCs;
    private long sysenterEsp;
    private long sysenterEip;
    private long efer;
    private long star;
    private long lstar;
    private long cstar;
    private long fmask;
    private long kernelGsBase;

    ModelSpecificRegisters(SegmentRegisters segments) {
        this.segments = segments;
    }

    /** {@return whether the register exists} */
    public static boolean exists(int number) {
        return (number >= IA32_SYSENTER_CS && number <= IA32_SYSENTER_EIP)
                || (number >= EFER && number <= FMASK)
                || (number >= FS_BASE && number <= KERNEL_GS_BASE);
    }

    /**
     * Reads a register.
     *
     * @param number one of this class's constants
     * @return its value
     * @throws IllegalArgumentException if there is no such register
     */
    public long read(int number) {
        return switch (number) {
            case IA32_SYSENTER_CS -> sysenterCs;
            case IA32_SYSENTER_ESP -> sysenterEsp;
            case IA32_SYSENTER_EIP -> sysenterEip;
            case EFER -> efer;
            case STAR -> star;
            case LSTAR -> lstar;
            case CSTAR -> cstar;
            case FMASK -> fmask;
            case FS_BASE -> segments.fs().base();
            case GS_BASE -> segments.gs().base();
            case KERNEL_GS_BASE -> kernelGsBase;
            default ->
                throw new IllegalArgumentException("no model-specific register 0x" + Integer.toHexString(number));
        };
    }

    /**
     * Writes a register, as WRMSR at ring 0.
     *
     * @param number the register
     * @param value its new value
     * @return {@link Fault#NONE}; #GP(0) if there is no such register, a reserved bit is set, or an address is not
     *     canonical
     */
    public int write(int number, long value) {
        if (!exists(number) || !accepts(number, value)) {
            return Fault.of(Vector.GP);
        }
        switch (number) {
            case IA32_SYSENTER_CS -> sysenterCs = value & LOW_32;
            case IA32_SYSENTER_ESP -> sysenterEsp = value;
            case IA32_SYSENTER_EIP -> sysenterEip = value;
            case EFER -> efer = value;
            case STAR -> star = value;
            case LSTAR -> lstar = value;
            case CSTAR -> cstar = value;
            case FMASK -> fmask = value & LOW_32;
            case FS_BASE -> segments.fs().setBase(value);
            case GS_BASE -> segments.gs().setBase(value);
            default -> kernelGsBase = value;
        }
        return Fault.NONE;
    }

    private static boolean accepts(int number, long value) {
        return switch (number) {
            case IA32_SYSENTER_ESP, IA32_SYSENTER_EIP, LSTAR, CSTAR, FS_BASE, GS_BASE, KERNEL_GS_BASE ->
                Mmu.isCanonical(value);
            case EFER -> (value & ~EFER_DEFINED) == 0;
            case FMASK -> value >>> 32 == 0;
            default -> true;
        };
    }

    /** {@return EFER} */
    public long efer() {
        return efer;
    }

    long star() {
        return star;
    }

    long lstar() {
        return lstar;
    }

    long cstar() {
        return cstar;
    }

    long fmask() {
        return fmask;
    }

    long kernelGsBase() {
        return kernelGsBase;
    }

    void setKernelGsBase(long canonical) {
        kernelGsBase = canonical;
    }
}
