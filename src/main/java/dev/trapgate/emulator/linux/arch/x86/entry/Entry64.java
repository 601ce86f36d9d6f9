package dev.trapgate.emulator.linux.arch.x86.entry;

import static dev.trapgate.emulator.cpu.GeneralRegisters.R10;
import static dev.trapgate.emulator.cpu.GeneralRegisters.R11;
import static dev.trapgate.emulator.cpu.GeneralRegisters.R12;
import static dev.trapgate.emulator.cpu.GeneralRegisters.R13;
import static dev.trapgate.emulator.cpu.GeneralRegisters.R14;
import static dev.trapgate.emulator.cpu.GeneralRegisters.R15;
import static dev.trapgate.emulator.cpu.GeneralRegisters.R8;
import static dev.trapgate.emulator.cpu.GeneralRegisters.R9;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBP;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RCX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Mmu;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.StackWindow;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.linux.arch.x86.PtRegs64;
import dev.trapgate.emulator.linux.arch.x86.Segments64;
import dev.trapgate.emulator.linux.arch.x86.kernel.SignalDelivery;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;

/** The 64-bit kernel's assembly: arch/x86/entry/entry_64.S and calling.h, Linux 5.17, one for each task. */
final class Entry64 implements KernelEntry {

    private static final int CANONICAL_SHIFT = 16;

    // What is on the entry stack when iretq is about to run: the processor's frame, and rdi below it.
    private static final int ENTRY_FRAME = 48;
    private static final int ENTRY_SS = 40;
    private static final int ENTRY_SP = 32;
    private static final int ENTRY_FLAGS = 24;
    private static final int ENTRY_CS = 16;
    private static final int ENTRY_IP = 8;
    private static final int ENTRY_DI = 0;

    private final Task task;
    private final Cpu cpu;
    private final Mmu mmu;
    private final GeneralRegisters registers;
    private final KernelText text;
    private final SyscallCommon common;
    private final Entry64Compat compat;
    private final long frame;
    private final StackWindow perCpu;
    private final StackWindow entryStack;
    private final StackWindow window;
    private final PtRegs64 regs;

    /** The way out has failed once: if the handler's registers are as bad, SIGSEGV comes while it is blocked, and kills. */
    private boolean badIret;

    /**
     * Prepares a task's way in.
     *
     * @param task the task
     * @param kernel what is entered
     * @param topOfStack the end of the task's kernel stack
     */
    Entry64(Task task, Kernel64 kernel, long topOfStack) {
        this.task = task;
        this.cpu = task.cpu();
        this.mmu = cpu.mmu();
        this.registers = cpu.registers();
        this.text = kernel.text();
        this.common = kernel.common();
        this.frame = topOfStack - PtRegs64.SIZE;
        this.perCpu = new StackWindow(cpu, Kernel64.PER_CPU_SIZE);
        this.entryStack = new StackWindow(cpu, ENTRY_FRAME);
        this.window = new StackWindow(cpu, PtRegs64.SIZE);
        this.regs = new PtRegs64(window);
        this.compat = new Entry64Compat(this, kernel);
    }

    Task task() {
        return task;
    }

    PtRegs64 regs() {
        return regs;
    }

    SyscallCommon common() {
        return common;
    }

    @Override
    public void run() {
        badIret = false;
        do {
            int entry = text.entry(cpu.rip());
            if (cpu.isShutDown() || entry < 0) {
                task.die(cpu.isShutDown() ? "triple fault" : "no kernel code at 0x" + Long.toHexString(cpu.rip()));
                return;
            }
            switch (entry) {
                case EntryPoint.SYSCALL_64 -> entrySYSCALL64();
                case EntryPoint.INT80 -> compat.entryINT80Compat();
                case EntryPoint.SYSENTER -> compat.entrySYSENTERCompat();
                case EntryPoint.SYSCALL_COMPAT -> compat.entrySYSCALLCompat();
                case EntryPoint.DOUBLE_FAULT, EntryPoint.NATIVE_IRQ_RETURN_IRET ->
                    task.die("no entry of this kernel at 0x" + Long.toHexString(cpu.rip()));
                default -> exception(entry - EntryPoint.EXCEPTIONS);
            }
        } while (cpu.cpl() == 0 && task.end() == null);
    }

    /** {@code entry_SYSCALL_64}: nothing has been saved, and the stack is still the program's. */
    private void entrySYSCALL64() {
        tell("entry_SYSCALL_64", "swapgs; the user's rsp into cpu_tss_rw.sp2; rsp = cpu_current_top_of_stack");
        int fault = swapgs();
        fault |= perCpu.set(Kernel64.TSS_SP2, registers.get(RSP));
        fault |= switchToKernelStack();
        fault |= save(PtRegs64.SS, Segments64.USER_DS, "ss");
        fault |= save(PtRegs64.SP, perCpu.get(Kernel64.TSS_SP2), "sp");
        fault |= save(PtRegs64.FLAGS, registers.get(R11), "flags");
        fault |= save(PtRegs64.CS, Segments64.USER_CS, "cs");
        fault |= save(PtRegs64.IP, registers.get(RCX), "ip");
        fault |= save(PtRegs64.ORIG_AX, registers.get(RAX), "orig_ax");
        int nr = (int) registers.get(RAX);
        fault |= pushAndClearRegs(registers.get(RCX));
        if (isLost(fault)) {
            return;
        }
        localIrqEnable();
        common.doSyscall64(task, regs, nr);
        if (task.end() != null) {
            return;
        }
        localIrqDisable();
        if (canReturnBySysret()) {
            syscallReturnViaSysret();
        } else {
            swapgsRestoreRegsAndReturnToUsermode();
        }
    }

    /** The conditions of entry_64.S: rcx and r11 must already be what SYSRET would make of them. */
    private boolean canReturnBySysret() {
        long ip = regs.ip();
        long flags = regs.flags();
        return regs.get(PtRegs64.CX) == ip
                && ip << CANONICAL_SHIFT >> CANONICAL_SHIFT == ip
                && regs.cs() == Segments64.USER_CS
                && regs.get(PtRegs64.R11) == flags
                && (flags & (Flags.RF | Flags.TF)) == 0
                && regs.ss() == Segments64.USER_DS;
    }

    /** {@code syscall_return_via_sysret}: the last two registers go by the entry stack. */
    private void syscallReturnViaSysret() {
        tell("syscall_return_via_sysret", "rcx = ip, r11 = flags, standard segments: sysret will do");
        if (window.isOpen()) {
            loadRegs();
        } else {
            popRest();
            registers.set(RSP, frame + PtRegs64.R10);
            popCallerSaved();
            registers.set(RSP, frame + PtRegs64.DX);
            registers.set(RDX, cpu.pop64("dx"));
            registers.set(RSI, cpu.pop64("si"));
        }
        registers.set(RCX, regs.get(PtRegs64.CX));
        registers.set(R11, regs.get(PtRegs64.R11));
        int fault = switchToEntryStack();
        if (entryStack.isOpen()) {
            entryStack.store(ENTRY_SS, regs.sp());
            entryStack.store(ENTRY_SP, regs.get(PtRegs64.DI));
            registers.set(RDI, entryStack.load(ENTRY_SP));
            registers.set(RSP, entryStack.load(ENTRY_SS));
        } else {
            fault |= cpu.push64(regs.sp(), "sp");
            fault |= cpu.push64(regs.get(PtRegs64.DI), "di");
            registers.set(RDI, cpu.pop64("di"));
            registers.set(RSP, cpu.pop64("sp"));
            fault |= mmu.takeFault();
        }
        fault |= cpu.swapgs();
        if (fault != Fault.NONE) {
            task.die("syscall_return_via_sysret: " + Fault.toString(fault));
            return;
        }
        fault = cpu.sysretq();
        if (fault != Fault.NONE) {
            task.die("sysretq: " + Fault.toString(fault));
        }
    }

    /** {@code swapgs_restore_regs_and_return_to_usermode}: the frame is copied to the entry stack, iret from there. */
    void swapgsRestoreRegsAndReturnToUsermode() {
        tell("swapgs_restore_regs_and_return_to_usermode", "all registers from pt_regs, then iretq");
        if (window.isOpen()) {
            loadRegs();
            registers.set(R11, window.load(PtRegs64.R11));
            registers.set(RCX, window.load(PtRegs64.CX));
        } else {
            popRest();
            registers.set(R11, cpu.pop64("r11"));
            popCallerSaved();
            registers.set(RCX, cpu.pop64("cx"));
            registers.set(RDX, cpu.pop64("dx"));
            registers.set(RSI, cpu.pop64("si"));
        }
        int fault = switchToEntryStack();
        fault |= copyHardwareFrame();
        fault |= cpu.swapgs();
        if (fault != Fault.NONE) {
            task.die("swapgs_restore_regs_and_return_to_usermode: " + Fault.toString(fault));
            return;
        }
        leave(cpu.iretq());
    }

    /** The frame for IRETQ and, below it, rdi until it is popped. */
    private int copyHardwareFrame() {
        if (entryStack.isOpen()) {
            entryStack.store(ENTRY_SS, regs.get(PtRegs64.SS));
            entryStack.store(ENTRY_SP, regs.sp());
            entryStack.store(ENTRY_FLAGS, regs.flags());
            entryStack.store(ENTRY_CS, regs.get(PtRegs64.CS));
            entryStack.store(ENTRY_IP, regs.ip());
            entryStack.store(ENTRY_DI, regs.get(PtRegs64.DI));
            registers.set(RDI, entryStack.load(ENTRY_DI));
            registers.set(RSP, registers.get(RSP) - ENTRY_FRAME + ENTRY_IP);
            return Fault.NONE;
        }
        int fault = cpu.push64(regs.get(PtRegs64.SS), "ss");
        fault |= cpu.push64(regs.sp(), "sp");
        fault |= cpu.push64(regs.flags(), "flags");
        fault |= cpu.push64(regs.get(PtRegs64.CS), "cs");
        fault |= cpu.push64(regs.ip(), "ip");
        fault |= cpu.push64(regs.get(PtRegs64.DI), "di");
        registers.set(RDI, cpu.pop64("di"));
        return fault | mmu.takeFault();
    }

    /** The registers from r15 up to rbx, and rax to r10, which both ways out pop. */
    private void popRest() {
        registers.set(RSP, frame);
        registers.set(R15, cpu.pop64("r15"));
        registers.set(R14, cpu.pop64("r14"));
        registers.set(R13, cpu.pop64("r13"));
        registers.set(R12, cpu.pop64("r12"));
        registers.set(RBP, cpu.pop64("bp"));
        registers.set(RBX, cpu.pop64("bx"));
    }

    private void popCallerSaved() {
        registers.set(R10, cpu.pop64("r10"));
        registers.set(R9, cpu.pop64("r9"));
        registers.set(R8, cpu.pop64("r8"));
        registers.set(RAX, cpu.pop64("ax"));
    }

    /** What the pops read from memory, for the passages that nobody watches: all but rdi, rcx and r11. */
    private void loadRegs() {
        registers.set(R15, window.load(PtRegs64.R15));
        registers.set(R14, window.load(PtRegs64.R14));
        registers.set(R13, window.load(PtRegs64.R13));
        registers.set(R12, window.load(PtRegs64.R12));
        registers.set(RBP, window.load(PtRegs64.BP));
        registers.set(RBX, window.load(PtRegs64.BX));
        registers.set(R10, window.load(PtRegs64.R10));
        registers.set(R9, window.load(PtRegs64.R9));
        registers.set(R8, window.load(PtRegs64.R8));
        registers.set(RAX, window.load(PtRegs64.AX));
        registers.set(RDX, window.load(PtRegs64.DX));
        registers.set(RSI, window.load(PtRegs64.SI));
    }

    /** An exit instruction that faults, in ring 0, is {@code native_irq_return_iret} to the exception's handler. */
    private void leave(int fault) {
        if (fault == Fault.NONE) {
            return;
        }
        if (badIret) {
            task.process().groupExit(Task.killedBy(Signal.of(Signal.SIGSEGV)));
            return;
        }
        badIret = true;
        cpu.setRip(text.address(EntryPoint.NATIVE_IRQ_RETURN_IRET));
        cpu.raise(fault);
    }

    /** {@code local_irq_enable} of syscall_enter_from_user_mode: a call runs with interrupts. */
    void localIrqEnable() {
        cpu.setRflags(cpu.rflags() | Flags.IF);
    }

    /** {@code local_irq_disable} of exit_to_user_mode_prepare, until the way out brings the program's IF back. */
    void localIrqDisable() {
        cpu.setRflags(cpu.rflags() & ~Flags.IF);
    }

    /** {@code PUSH_AND_CLEAR_REGS} of calling.h: ax is preset to −ENOSYS, and nothing of the program's is left. */
    int pushAndClearRegs(long cx) {
        int fault = Fault.NONE;
        if (window.isOpen()) {
            storeRegs(cx);
        } else {
            fault = pushRegs(cx);
        }
        clearRegisters();
        return fault;
    }

    /** What {@link #pushRegs} leaves in memory, for the passages that nobody watches. */
    private void storeRegs(long cx) {
        window.store(PtRegs64.DI, registers.get(RDI));
        window.store(PtRegs64.SI, registers.get(RSI));
        window.store(PtRegs64.DX, registers.get(RDX));
        window.store(PtRegs64.CX, cx);
        window.store(PtRegs64.AX, ErrorNumbers.ENOSYS);
        window.store(PtRegs64.R8, registers.get(R8));
        window.store(PtRegs64.R9, registers.get(R9));
        window.store(PtRegs64.R10, registers.get(R10));
        window.store(PtRegs64.R11, registers.get(R11));
        window.store(PtRegs64.BX, registers.get(RBX));
        window.store(PtRegs64.BP, registers.get(RBP));
        window.store(PtRegs64.R12, registers.get(R12));
        window.store(PtRegs64.R13, registers.get(R13));
        window.store(PtRegs64.R14, registers.get(R14));
        window.store(PtRegs64.R15, registers.get(R15));
    }

    private int pushRegs(long cx) {
        int fault = cpu.push64(registers.get(RDI), "di");
        fault |= cpu.push64(registers.get(RSI), "si");
        fault |= cpu.push64(registers.get(RDX), "dx");
        fault |= cpu.push64(cx, "cx");
        fault |= cpu.push64(ErrorNumbers.ENOSYS, "ax");
        fault |= cpu.push64(registers.get(R8), "r8");
        fault |= cpu.push64(registers.get(R9), "r9");
        fault |= cpu.push64(registers.get(R10), "r10");
        fault |= cpu.push64(registers.get(R11), "r11");
        fault |= cpu.push64(registers.get(RBX), "bx");
        fault |= cpu.push64(registers.get(RBP), "bp");
        fault |= cpu.push64(registers.get(R12), "r12");
        fault |= cpu.push64(registers.get(R13), "r13");
        fault |= cpu.push64(registers.get(R14), "r14");
        fault |= cpu.push64(registers.get(R15), "r15");
        return fault;
    }

    /** {@code pushq}: a word of pt_regs, from the top down. */
    int save(int offset, long value, String name) {
        if (window.isOpen()) {
            window.store(offset, value);
            return Fault.NONE;
        }
        return cpu.push64(value, name);
    }

    void clearRegisters() {
        registers.set(RSI, 0);
        registers.set(RDX, 0);
        registers.set(RCX, 0);
        registers.set(RBX, 0);
        registers.set(RBP, 0);
        for (int register = R8; register <= R15; register++) {
            registers.set(register, 0);
        }
    }

    /** An exception: {@code error_entry}, the handler in C, {@code error_return}. */
    private void exception(int vector) {
        boolean timer = vector == Kernel64.LOCAL_TIMER_VECTOR;
        if (timer) {
            tell("asm_sysvec_apic_timer_interrupt", "error_entry");
        } else {
            tell("asm_exc", Vector.mnemonic(vector) + ": error_entry");
        }
        boolean coded = vector == Vector.DF || (vector >= Vector.TS && vector <= Vector.PF) || vector == Vector.AC;
        long origin = registers.get(RSP);
        long error = coded ? mmu.read64(origin, Paging.READ) : 0;
        long hardware = coded ? origin + 8 : origin;
        long cs = mmu.read64(hardware + 8, Paging.READ);
        int fault = mmu.takeFault();
        if (fault == Fault.NONE && (cs & 3) == 0 && vector == Vector.DB && isSysenterSinglestep(hardware)) {
            Traps.debugReadClearDr6(cpu);
            leave(cpu.iretq());
            return;
        }
        if (fault == Fault.NONE && (cs & 3) == 0 && isBadIret(hardware)) {
            hardware = mmu.read64(hardware + 24, Paging.READ);
            cs = Segments64.USER_CS;
            fault = mmu.takeFault();
        }
        if (fault != Fault.NONE || (cs & 3) == 0 || (vector >= Vector.EXCEPTIONS && !timer)) {
            task.die(Vector.mnemonic(vector) + " in the kernel");
            return;
        }
        fault = swapgs();
        fault |= switchToKernelStack();
        fault |= pushHardwareFrame(hardware);
        fault |= save(PtRegs64.ORIG_AX, -1, "orig_ax");
        long ax = registers.get(RAX);
        fault |= pushAndClearRegs(registers.get(RCX));
        if (isLost(fault)) {
            return;
        }
        regs.setAx(ax);
        regs.speak(Abi.X86_64);
        if (!timer && !Vsyscall.emulates(task, regs, vector, (int) error)) {
            Traps.handle(task, regs, vector, (int) error);
        }
        SignalDelivery.exitWork(task, regs);
        if (task.end() == null) {
            swapgsRestoreRegsAndReturnToUsermode();
        }
    }

    /** SYSENTER leaves TF as it is, so that its entry is traced: {@code is_sysenter_singlestep} of kernel/traps.c. */
    private boolean isSysenterSinglestep(long hardware) {
        boolean there = text.entry(mmu.read64(hardware, Paging.READ)) == EntryPoint.SYSENTER;
        return mmu.takeFault() == Fault.NONE && there && (cpu.dr6() & Cpu.DR6_BS) != 0;
    }

    /**
     * The frame that could not be returned to is taken for that of the exception, as if the program itself had raised it:
     * {@code error_bad_iret} and {@code fixup_bad_iret}.
     */
    private boolean isBadIret(long hardware) {
        boolean there = text.entry(mmu.read64(hardware, Paging.READ)) == EntryPoint.NATIVE_IRQ_RETURN_IRET;
        return mmu.takeFault() == Fault.NONE && there;
    }

    /** Copies what the processor pushed on the entry stack to the task's own: {@code sync_regs}. */
    int pushHardwareFrame(long from) {
        int fault = save(PtRegs64.SS, mmu.read64(from + 32, Paging.READ), "ss");
        fault |= save(PtRegs64.SP, mmu.read64(from + 24, Paging.READ), "sp");
        fault |= save(PtRegs64.FLAGS, mmu.read64(from + 16, Paging.READ), "flags");
        fault |= save(PtRegs64.CS, mmu.read64(from + 8, Paging.READ), "cs");
        fault |= save(PtRegs64.IP, mmu.read64(from, Paging.READ), "ip");
        return fault | mmu.takeFault();
    }

    /** SWAPGS on the way in, after which GS's base is the per-CPU area. */
    int swapgs() {
        int fault = cpu.swapgs();
        perCpu.open(cpu.segments().gs().base());
        return fault;
    }

    /** {@code movq PER_CPU_VAR(cpu_current_top_of_stack), %rsp}. */
    int switchToKernelStack() {
        long top = perCpu.get(Kernel64.TOP_OF_STACK);
        registers.set(RSP, top);
        window.open(top - PtRegs64.SIZE);
        return mmu.takeFault();
    }

    /** {@code movq PER_CPU_VAR(cpu_tss_rw + TSS_sp0), %rsp}. */
    private int switchToEntryStack() {
        long sp0 = perCpu.get(Kernel64.TSS_SP0);
        registers.set(RSP, sp0);
        entryStack.open(sp0 - ENTRY_FRAME);
        return mmu.takeFault();
    }

    /** {@return whether the registers did not arrive where the kernel looks for them; the task is then dead} */
    boolean isLost(int fault) {
        if (window.isOpen()) {
            registers.set(RSP, registers.get(RSP) - PtRegs64.SIZE);
        }
        if (fault == Fault.NONE && registers.get(RSP) == frame) {
            return false;
        }
        task.die("the kernel stack is lost: " + Fault.toString(fault));
        return true;
    }

    void tell(String where, String what) {
        CpuListener listener = cpu.listener();
        if (listener != null) {
            listener.kernel(where, what);
        }
    }
}
