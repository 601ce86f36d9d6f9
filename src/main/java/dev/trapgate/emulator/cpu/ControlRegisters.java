package dev.trapgate.emulator.cpu;

/** CR0, CR2, CR3 and CR4, with the bits that decide how a kernel is entered (SDM vol. 3, 2.5). */
public final class ControlRegisters {

    /** CR0: protected mode. */
    public static final long CR0_PE = 1;
    /** CR0: the supervisor, too, may not write read-only pages. */
    public static final long CR0_WP = 1L << 16;
    /** CR0: there was a task switch since the x87 registers were used last. */
    public static final long CR0_TS = 1L << 3;
    /** CR0: EFLAGS.AC makes CPL 3 check the alignment of its data. */
    public static final long CR0_AM = 1L << 18;
    /** CR0: paging. */
    public static final long CR0_PG = 1L << 31;
    /** CR4: physical address extension, which long mode needs. */
    public static final long CR4_PAE = 1L << 5;
    /** CR4: the kernel saves the SSE registers; without it SSE instructions are #UD. */
    public static final long CR4_OSFXSR = 1L << 9;
    /** CR4: exceptions of SSE arithmetic are #XM, not #UD. */
    public static final long CR4_OSXMMEXCPT = 1L << 10;
    /** CR4: SGDT, SIDT, SLDT, STR and SMSW are for CPL 0 alone. */
    public static final long CR4_UMIP = 1L << 11;

    private long cr0;
    private long cr2;
    private long cr3;
    private long cr4;

    ControlRegisters() {}

    /** {@return CR0} */
    public long cr0() {
        return cr0;
    }

    /** {@return CR2: the address of the last page fault} */
    public long cr2() {
        return cr2;
    }

    /** {@return CR3: which page tables are in use} */
    public long cr3() {
        return cr3;
    }

    /** {@return CR4} */
    public long cr4() {
        return cr4;
    }

    /** Writes CR0. */
    public void setCr0(long value) {
        cr0 = value;
    }

    /** Writes CR2. */
    public void setCr2(long value) {
        cr2 = value;
    }

    /** Writes CR3; {@link Mmu#load} selects the space itself. */
    public void setCr3(long value) {
        cr3 = value;
    }

    /** Writes CR4. */
    public void setCr4(long value) {
        cr4 = value;
    }
}
