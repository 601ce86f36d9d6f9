package dev.trapgate.emulator.cpu;

import org.jspecify.annotations.Nullable;

/**
 * One logical processor: its registers, and the instructions that cross between privilege levels.
 *
 * <p>An instruction answers with {@link Fault#NONE} when it is done, or with its fault, having changed nothing but CR2;
 * {@link #raise} then delivers the fault through the IDT. One thread at a time may use a processor.
 */
public final class Cpu {

    /** DR6: the debug exception came after an instruction with TF set. */
    public static final long DR6_BS = 1L << 14;
    /** DR6: the bits that are always one, all that is left once a handler has cleared the others. */
    public static final long DR6_RESERVED = 0xffff_0ff0L;

    private static final long LOW_32 = 0xffff_ffffL;
    private static final int MOST_TRIES = 16;

    private final Vendor vendor;
    private final GeneralRegisters registers = new GeneralRegisters();
    private final VectorRegisters vectors = new VectorRegisters();
    private final X87Registers x87 = new X87Registers();
    private final SegmentRegisters segments = new SegmentRegisters();
    private final ControlRegisters control = new ControlRegisters();
    private final ModelSpecificRegisters msrs = new ModelSpecificRegisters(segments);
    private final Mmu mmu;
    private final DescriptorTables tables = new DescriptorTables(this);
    private final TaskSwitch taskSwitch = new TaskSwitch(this);
    private final InterruptDelivery delivery = new InterruptDelivery(this, taskSwitch);
    private final InterruptReturn interruptReturn = new InterruptReturn(this, taskSwitch);
    private final FastCalls fastCalls = new FastCalls(this);
    private final SegmentLoad segmentLoad = new SegmentLoad(this);

    private @Nullable CpuListener listener;
    private long rip;
    private long rflags = Flags.FIXED;
    private int cpl;
    private boolean shutDown;
    private long dr6 = DR6_RESERVED;

    /**
     * Makes a processor whose registers are all zero.
     *
     * @param vendor whose rules it follows
     * @param space what CR3 selects
     */
    public Cpu(Vendor vendor, AddressSpace space) {
        this.vendor = vendor;
        this.mmu = new Mmu(this, space);
    }

    /** {@return whose rules this processor follows} */
    public Vendor vendor() {
        return vendor;
    }

    /** {@return the general registers} */
    public GeneralRegisters registers() {
        return registers;
    }

    /** {@return the XMM registers and MXCSR} */
    public VectorRegisters vectors() {
        return vectors;
    }

    /** {@return the x87's registers, which are MMX's too} */
    public X87Registers x87() {
        return x87;
    }

    /** {@return the segment registers} */
    public SegmentRegisters segments() {
        return segments;
    }

    /** {@return the control registers} */
    public ControlRegisters control() {
        return control;
    }

    /** {@return the model-specific registers} */
    public ModelSpecificRegisters msrs() {
        return msrs;
    }

    /** {@return the way to memory} */
    public Mmu mmu() {
        return mmu;
    }

    /** {@return where the descriptor tables are} */
    public DescriptorTables tables() {
        return tables;
    }

    /** {@return the instruction pointer} */
    public long rip() {
        return rip;
    }

    /** Sets the instruction pointer. */
    public void setRip(long value) {
        rip = value;
    }

    /** {@return the flags: bits of {@link Flags}} */
    public long rflags() {
        return rflags;
    }

    /** Sets the flags; bits that do not exist stay as they must be. */
    public void setRflags(long value) {
        rflags = (value & Flags.DEFINED) | Flags.FIXED;
    }

    /** {@return the current privilege level, 0 to 3} */
    public int cpl() {
        return cpl;
    }

    /** Sets the current privilege level, 0 to 3, as a reset or a test does. */
    public void setCpl(int level) {
        cpl = level & 3;
    }

    /** {@return DR6: why the last debug exceptions came} */
    public long dr6() {
        return dr6;
    }

    /** Writes DR6. */
    public void setDr6(long value) {
        dr6 = value;
    }

    /** {@return whether long mode is active: EFER.LMA} */
    public boolean isLongMode() {
        return (msrs.efer() & ModelSpecificRegisters.EFER_LMA) != 0;
    }

    /** {@return whether 64-bit code is running} */
    public boolean is64BitMode() {
        return isLongMode() && Descriptor.isLong(segments.cs().descriptor());
    }

    /** {@return whether delivering a double fault failed: a triple fault, after which nothing runs any more} */
    public boolean isShutDown() {
        return shutDown;
    }

    /** {@return who watches, or null} */
    public @Nullable CpuListener listener() {
        return listener;
    }

    /** Watches from now on; null to stop. */
    public void listen(@Nullable CpuListener next) {
        listener = next;
    }

    /** {@return whether the running code must align its data: CPL 3 with CR0.AM and EFLAGS.AC, else none must} */
    public boolean checksAlignment() {
        return cpl == 3 && (rflags & Flags.AC) != 0 && (control.cr0() & ControlRegisters.CR0_AM) != 0;
    }

    /** {@return what a memory access of the running code needs: {@link Paging#USER} at CPL 3} */
    public int access() {
        return cpl == 3 ? Paging.USER : Paging.READ;
    }

    // The instructions.

    /**
     * {@code INT n}, two bytes.
     *
     * @param vector 0 to 255
     * @return the fault, or {@link Fault#NONE}
     */
    public int interrupt(int vector) {
        if (listener != null) {
            listener.instruction("int 0x" + Integer.toHexString(vector & 0xff));
        }
        return delivery.deliver(vector & 0xff, InterruptDelivery.Source.SOFTWARE, next(2), InterruptDelivery.NO_CODE);
    }

    /**
     * An interrupt from outside, between two instructions, if IF allows one: its handler returns to the next instruction.
     *
     * @param vector 32 to 255
     * @return the fault of its delivery, or {@link Fault#NONE}; also if it is masked
     */
    public int externalInterrupt(int vector) {
        if ((rflags & Flags.IF) == 0) {
            return Fault.NONE;
        }
        if (listener != null) {
            listener.instruction("interrupt 0x" + Integer.toHexString(vector & 0xff));
        }
        return delivery.deliver(vector & 0xff, InterruptDelivery.Source.INTERRUPT, rip, InterruptDelivery.NO_CODE);
    }

    /** {@code INT3}, one byte: like {@code INT 3}. {@return the fault, or {@link Fault#NONE}} */
    public int int3() {
        begin("int3");
        return delivery.deliver(Vector.BP, InterruptDelivery.Source.SOFTWARE, next(1), InterruptDelivery.NO_CODE);
    }

    /**
     * {@code INTO}, one byte: vector 4 if OF is set; not an instruction in 64-bit mode.
     *
     * @return the fault, or {@link Fault#NONE}
     */
    public int into() {
        begin("into");
        if (is64BitMode()) {
            return failed(Check.OPCODE, Fault.of(Vector.UD));
        }
        if ((rflags & Flags.OF) == 0) {
            rip = next(1);
            return Fault.NONE;
        }
        return delivery.deliver(Vector.OF, InterruptDelivery.Source.SOFTWARE, next(1), InterruptDelivery.NO_CODE);
    }

    /**
     * {@code BOUND}'s check, of operands that have been read: vector 5 if the index is outside them; not an instruction in
     * 64-bit mode.
     *
     * @param index the signed index
     * @param lower the least that it may be
     * @param upper the greatest that it may be
     * @return #BR, #UD, or {@link Fault#NONE}; the instruction pointer stays
     */
    public int bound(int index, int lower, int upper) {
        begin("bound");
        if (is64BitMode()) {
            return failed(Check.OPCODE, Fault.of(Vector.UD));
        }
        passed(Check.OPCODE);
        return index < lower || index > upper ? failed(Check.BOUNDS, Fault.of(Vector.BR)) : Fault.NONE;
    }

    /** {@code INT1}, one byte: #DB whatever the gate's DPL. {@return the fault, or {@link Fault#NONE}} */
    public int int1() {
        begin("int1");
        return delivery.deliver(
                Vector.DB, InterruptDelivery.Source.PRIVILEGED_SOFTWARE, next(1), InterruptDelivery.NO_CODE);
    }

    /** {@code IRETD}. {@return the fault, or {@link Fault#NONE}} */
    public int iretd() {
        begin("iretd");
        return interruptReturn.iret(4, next(1));
    }

    /** {@code IRET} with operands of 16 bits. {@return the fault, or {@link Fault#NONE}} */
    public int iretw() {
        begin("iretw");
        return interruptReturn.iret(2, next(1));
    }

    /** {@code IRETQ}; {@code IRETD} where there is no 64-bit code. {@return the fault, or {@link Fault#NONE}} */
    public int iretq() {
        begin("iretq");
        return interruptReturn.iret(is64BitMode() ? 8 : 4, next(is64BitMode() ? 2 : 1));
    }

    /** {@code SYSENTER}. {@return the fault, or {@link Fault#NONE}} */
    public int sysenter() {
        begin("sysenter");
        return fastCalls.sysenter();
    }

    /** {@code SYSEXIT} to code outside 64-bit mode. {@return the fault, or {@link Fault#NONE}} */
    public int sysexit() {
        begin("sysexit");
        return fastCalls.sysexit(Descriptor.Width.BITS_32);
    }

    /** {@code REX.W SYSEXIT}, to 64-bit code. {@return the fault, or {@link Fault#NONE}} */
    public int sysexitq() {
        begin("sysexitq");
        return fastCalls.sysexit(Descriptor.Width.BITS_64);
    }

    /** {@code SYSCALL}. {@return the fault, or {@link Fault#NONE}} */
    public int syscall() {
        begin("syscall");
        return fastCalls.syscall(next(2));
    }

    /** {@code SYSRET} to compatibility mode. {@return the fault, or {@link Fault#NONE}} */
    public int sysretl() {
        begin("sysretl");
        return fastCalls.sysret(Descriptor.Width.BITS_32);
    }

    /** {@code REX.W SYSRET}, to 64-bit code. {@return the fault, or {@link Fault#NONE}} */
    public int sysretq() {
        begin("sysretq");
        return fastCalls.sysret(Descriptor.Width.BITS_64);
    }

    /** {@code SWAPGS}. {@return the fault, or {@link Fault#NONE}} */
    public int swapgs() {
        begin("swapgs");
        return fastCalls.swapgs();
    }

    /** {@code HLT}: at ring 0 nothing happens here. {@return #GP(0) at CPL 3, or {@link Fault#NONE}} */
    public int hlt() {
        begin("hlt");
        return requireRing0();
    }

    /** {@code RDMSR} into edx:eax. {@return #GP(0) at CPL 3 or for an unknown register, or {@link Fault#NONE}} */
    public int rdmsr() {
        begin("rdmsr");
        int number = (int) registers.get(GeneralRegisters.RCX);
        int fault = requireRing0();
        if (fault != Fault.NONE || !ModelSpecificRegisters.exists(number)) {
            return Fault.of(Vector.GP);
        }
        long value = readMsr(number);
        registers.set32(GeneralRegisters.RAX, value);
        registers.set32(GeneralRegisters.RDX, value >>> 32);
        return Fault.NONE;
    }

    /** {@code WRMSR} from edx:eax. {@return #GP(0) at CPL 3 or for a bad value, or {@link Fault#NONE}} */
    public int wrmsr() {
        begin("wrmsr");
        int fault = requireRing0();
        if (fault != Fault.NONE) {
            return fault;
        }
        long value = registers.get32(GeneralRegisters.RDX) << 32 | registers.get32(GeneralRegisters.RAX);
        return msrs.write((int) registers.get(GeneralRegisters.RCX), value);
    }

    /** {@code CLI}. {@return #GP(0) if CPL is above IOPL, or {@link Fault#NONE}} */
    public int cli() {
        begin("cli");
        return changeInterruptFlag(0);
    }

    /** {@code STI}. {@return #GP(0) if CPL is above IOPL, or {@link Fault#NONE}} */
    public int sti() {
        begin("sti");
        return changeInterruptFlag(Flags.IF);
    }

    /**
     * {@code MOV sreg} or {@code POP sreg}: loads DS, ES, FS or GS with all checks.
     *
     * @param register one of this processor's data segment registers
     * @param selector the selector
     * @return the fault, or {@link Fault#NONE}
     */
    public int loadSegment(SegmentRegister register, int selector) {
        return segmentLoad.load(register, selector);
    }

    /**
     * Delivers a fault through the IDT; a fault in that makes a double fault, and a third one shuts the processor down.
     *
     * <p>Alignment checks of a frame that goes to a program's own stack can follow one another for ever, and do so in real
     * processors (CVE-2015-5307). Here that, too, shuts the processor down.
     *
     * @param fault what the instruction at {@link #rip} raised
     */
    public void raise(int fault) {
        int current = fault;
        for (int tries = 0; current != Fault.NONE && !shutDown; tries++) {
            if (listener != null) {
                listener.exception(current);
            }
            int next = delivery.exception(current, rip);
            shutDown = next != Fault.NONE && (Fault.vector(current) == Vector.DF || tries == MOST_TRIES);
            current = next != Fault.NONE && makesDoubleFault(current, next) ? Fault.of(Vector.DF) : next;
        }
    }

    /**
     * Delivers the debug exception that follows an instruction which began with TF set, unless the instruction was one that
     * cleared TF on its way to a more privileged level (SDM vol. 3, 19.3.1.4).
     *
     * @param before the flags with which the instruction began
     */
    public void trapAfterInstruction(long before) {
        boolean masked = cpl != 3 && (rflags & Flags.TF) == 0;
        if ((before & Flags.TF) == 0 || masked) {
            return;
        }
        dr6 |= DR6_BS;
        raise(Fault.of(Vector.DB));
    }

    private static boolean makesDoubleFault(int first, int second) {
        int vector = Fault.vector(first);
        boolean secondCounts = Vector.isContributory(Fault.vector(second)) || Fault.vector(second) == Vector.PF;
        return (vector == Vector.PF && secondCounts)
                || (Vector.isContributory(vector) && Vector.isContributory(Fault.vector(second)));
    }

    // The stack, by the running code's stack segment.

    /**
     * {@code PUSH} of eight bytes, in 64-bit mode.
     *
     * @param value the value
     * @param meaning what it is, for a listener
     * @return the fault, or {@link Fault#NONE}
     */
    public int push64(long value, String meaning) {
        long sp = registers.get(GeneralRegisters.RSP) - 8;
        int fault = mmu.write64(sp, value, access());
        if (fault == Fault.NONE) {
            registers.set(GeneralRegisters.RSP, sp);
            pushed(sp, 8, value, meaning);
        }
        return Mmu.byStack(fault);
    }

    /**
     * {@code PUSH} of four bytes, outside 64-bit mode.
     *
     * @param value the value; its upper half is dropped
     * @param meaning what it is, for a listener
     * @return the fault, or {@link Fault#NONE}
     */
    public int push32(long value, String meaning) {
        long sp = (registers.get(GeneralRegisters.RSP) - 4) & LOW_32;
        long linear = (segments.ss().base() + sp) & LOW_32;
        int fault = mmu.write32(linear, value, access());
        if (fault == Fault.NONE) {
            registers.set32(GeneralRegisters.RSP, sp);
            pushed(linear, 4, value & LOW_32, meaning);
        }
        return fault;
    }

    /**
     * {@code POP} of eight bytes, in 64-bit mode.
     *
     * @param meaning what is popped, for a listener
     * @return the value; {@link Mmu#takeFault} tells a fault, after which the stack pointer has not moved
     */
    public long pop64(String meaning) {
        long sp = registers.get(GeneralRegisters.RSP);
        long value = mmu.read64(sp, access());
        if (!mmu.hasFault()) {
            registers.set(GeneralRegisters.RSP, sp + 8);
            popped(sp, 8, value, meaning);
        } else {
            mmu.blameStack();
        }
        return value;
    }

    /**
     * {@code POP} of four bytes, outside 64-bit mode.
     *
     * @param meaning what is popped, for a listener
     * @return the value, zero-extended; {@link Mmu#takeFault} tells a fault, after which the stack pointer has not moved
     */
    public long pop32(String meaning) {
        long sp = registers.get32(GeneralRegisters.RSP);
        long linear = (segments.ss().base() + sp) & LOW_32;
        long value = mmu.read32(linear, access());
        if (!mmu.hasFault()) {
            registers.set32(GeneralRegisters.RSP, sp + 4);
            popped(linear, 4, value, meaning);
        }
        return value;
    }

    private void pushed(long linear, int size, long value, String meaning) {
        if (listener != null) {
            listener.pushed(linear, size, value, meaning);
        }
    }

    private void popped(long linear, int size, long value, String meaning) {
        if (listener != null) {
            listener.popped(linear, size, value, meaning);
        }
    }

    // What the parts of this processor share.

    long next(int length) {
        long after = rip + length;
        return is64BitMode() ? after : after & LOW_32;
    }

    long readMsr(int number) {
        return toldMsr(number, msrs.read(number));
    }

    /** Says that a model-specific register was read. {@return its value} */
    long toldMsr(int number, long value) {
        if (listener != null) {
            listener.msrRead(number, value);
        }
        return value;
    }

    int failed(Check check, int fault) {
        if (listener != null) {
            listener.failed(check, fault);
        }
        return fault;
    }

    void passed(Check check) {
        if (listener != null) {
            listener.passed(check);
        }
    }

    void wrote(String register, long value) {
        if (listener != null) {
            listener.registerWritten(register, value);
        }
    }

    void readMemory(long linear, int size, long value) {
        if (listener != null) {
            listener.memoryRead(linear, size, value);
        }
    }

    void wroteMemory(long linear, int size, long value) {
        if (listener != null) {
            listener.memoryWritten(linear, size, value);
        }
    }

    /** Enters another privilege level, and says so. */
    void enter(int level) {
        if (listener != null && level != cpl) {
            listener.privilegeChanged(cpl, level);
        }
        cpl = level;
    }

    int requireRing0() {
        if (cpl != 0) {
            return failed(Check.CPL_0, Fault.of(Vector.GP));
        }
        passed(Check.CPL_0);
        return Fault.NONE;
    }

    private int changeInterruptFlag(long value) {
        if (cpl > Flags.iopl(rflags)) {
            return Fault.of(Vector.GP);
        }
        rflags = (rflags & ~Flags.IF) | value;
        return Fault.NONE;
    }

    private void begin(String name) {
        if (listener != null) {
            listener.instruction(name);
        }
    }
}
