package dev.trapgate.emulator.linux.arch.x86.entry;

import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBP;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RCX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Mmu;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.SegmentRegister;
import dev.trapgate.emulator.cpu.TaskStateSegment;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.arch.x86.Segments32;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.Vdso32;
import dev.trapgate.emulator.linux.arch.x86.kernel.SignalDelivery;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.entry.SyscallTrace;

/** The classic kernel's assembly: arch/i386/kernel/entry.S, Linux 2.6.18, one for each task. */
final class Entry32 implements KernelEntry {

    private final Task task;
    private final Cpu cpu;
    private final Mmu mmu;
    private final GeneralRegisters registers;
    private final KernelText text;
    private final SyscallTable table;
    private final long sysenterReturn;
    private final long frame;
    private final PtRegs32 regs;

    /** The way out has failed once: if the handler's registers are as bad, SIGSEGV comes while it is blocked, and kills. */
    private boolean badIret;

    /** TIF_SINGLESTEP: the program is traced, and a trap in the kernel has cleared TF. */
    private boolean singleStep;

    /**
     * Prepares a task's way in.
     *
     * @param task the task
     * @param kernel what is entered
     * @param esp0 the end of the task's kernel stack
     */
    Entry32(Task task, Kernel32 kernel, long esp0) {
        this.task = task;
        this.cpu = task.cpu();
        this.mmu = cpu.mmu();
        this.registers = cpu.registers();
        this.text = kernel.text();
        this.table = kernel.table();
        this.sysenterReturn = kernel.kernelVsyscall() + Vdso32.sysenterReturn();
        this.frame = esp0 - PtRegs32.SIZE;
        this.regs = new PtRegs32(mmu, frame);
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
                case EntryPoint.INT80 -> systemCall();
                case EntryPoint.SYSENTER -> sysenterEntry();
                case EntryPoint.DOUBLE_FAULT -> doublefaultFn();
                case EntryPoint.SYSCALL_64, EntryPoint.SYSCALL_COMPAT -> task.die("this kernel has no SYSCALL entry");
                default -> exception(entry - EntryPoint.EXCEPTIONS);
            }
        } while (cpu.cpl() == 0 && task.end() == null);
    }

    /** {@code system_call}: the processor has pushed ss, esp, eflags, cs and eip. */
    private void systemCall() {
        tell("system_call", "pushl %eax; SAVE_ALL");
        int fault = cpu.push32(registers.get(RAX), "orig_eax");
        fault |= saveAll();
        if (isLost(fault)) {
            return;
        }
        singleStep |= (regs.flags() & Flags.TF) != 0;
        boolean known = callTable();
        if (task.end() == null && known && singleStep) {
            // syscall_exit_work, do_syscall_trace
            Traps.sendSigtrap(task, regs, Signal.TRAP_BRKPT);
        }
        resumeUserspace();
    }

    /** {@code sysenter_entry}: the stack pointer is the end of the TSS, from which esp0 is found. */
    private void sysenterEntry() {
        tell("sysenter_entry", "movl TSS_sysenter_esp0(%esp),%esp; sti");
        long end = registers.get32(RSP);
        registers.set32(RSP, mmu.read32(end + Kernel32.TSS_SYSENTER_ESP0, Paging.READ));
        int fault = mmu.takeFault();
        cpu.setRflags(cpu.rflags() | Flags.IF);
        fault |= cpu.push32(Segments32.USER_DS, "ss");
        fault |= cpu.push32(registers.get(RBP), "esp");
        fault |= cpu.push32(cpu.rflags(), "eflags");
        fault |= cpu.push32(Segments32.USER_CS, "cs");
        fault |= cpu.push32(sysenterReturn, "eip");
        long sixth = fault == Fault.NONE ? task.uaccess().getUser32(registers.get32(RBP)) : -1;
        if (sixth >= 0) {
            registers.set32(RBP, sixth);
        }
        fault |= cpu.push32(registers.get(RAX), "orig_eax");
        fault |= saveAll();
        if (isLost(fault)) {
            return;
        }
        if (sixth < 0) {
            tell("syscall_fault", "the sixth argument at 0(%ebp) cannot be read");
            regs.setAx(ErrorNumbers.EFAULT);
            resumeUserspace();
            return;
        }
        boolean known = callTable();
        if (task.end() != null) {
            return;
        }
        if (known && singleStep) {
            Traps.sendSigtrap(task, regs, Signal.TRAP_BRKPT);
        }
        if (!known || task.signalPending()) {
            resumeUserspace();
        } else {
            sysexit();
        }
    }

    /** {@code call *sys_call_table(,%eax,4)}. {@return whether the short way out may be taken: the number was below the table's size, and nobody traces} */
    private boolean callTable() {
        int nr = (int) registers.get(RAX);
        boolean work = task.work().bits() != 0;
        if (work) {
            // syscall_trace_entry
            regs.setAx(ErrorNumbers.ENOSYS);
            nr = SyscallTrace.enterClassic(task, regs);
        }
        boolean known = dispatch(nr);
        if (work) {
            SyscallTrace.exit(task, regs);
        }
        return known && !work;
    }

    private boolean dispatch(int nr) {
        if (nr == -1 && task.work().bits() != 0) {
            return false;
        }
        if (Integer.compareUnsigned(nr, table.size()) >= 0) {
            tell("syscall_badsys", "eax is not below nr_syscalls = " + table.size());
            regs.setAx(ErrorNumbers.ENOSYS);
            return false;
        }
        long result = SyscallCommon.call(task, regs, table, nr);
        registers.set32(RAX, result);
        regs.setAx(result);
        return true;
    }

    /** {@code resume_userspace}, {@code restore_all}. */
    private void resumeUserspace() {
        cpu.setRflags(cpu.rflags() & ~Flags.IF);
        if (task.end() == null && task.signalPending()) {
            notifyResume();
        }
        if (task.end() == null) {
            restoreAll();
        }
    }

    /** {@code do_notify_resume} of arch/i386/kernel/signal.c. */
    private void notifyResume() {
        if (singleStep) {
            singleStep = false;
            regs.setFlags(regs.flags() | Flags.TF);
        }
        SignalDelivery.exitWork(task, regs);
    }

    /** {@code restore_all}: RESTORE_REGS, past orig_eax, iret. */
    private void restoreAll() {
        tell("restore_all", "RESTORE_REGS; addl $4,%esp; iret");
        registers.set32(RSP, frame);
        registers.set32(RBX, cpu.pop32("ebx"));
        registers.set32(RCX, cpu.pop32("ecx"));
        registers.set32(RDX, cpu.pop32("edx"));
        registers.set32(RSI, cpu.pop32("esi"));
        registers.set32(RDI, cpu.pop32("edi"));
        registers.set32(RBP, cpu.pop32("ebp"));
        registers.set32(RAX, cpu.pop32("eax"));
        popSegment(cpu.pop32("ds"), cpu.segments().ds());
        popSegment(cpu.pop32("es"), cpu.segments().es());
        registers.set32(RSP, registers.get32(RSP) + 4);
        int fault = mmu.takeFault();
        leave(fault == Fault.NONE ? cpu.iretd() : fault);
    }

    /** A selector that went bad in the meantime becomes null: entry.S's fixup of the pops. */
    private void popSegment(long selector, SegmentRegister register) {
        if (cpu.loadSegment(register, (int) selector & 0xffff) != Fault.NONE) {
            cpu.loadSegment(register, 0);
        }
    }

    /** {@code sysenter_past_esp}'s end: edx = eip, ecx = oldesp, ebp = 0, sti, sysexit. */
    private void sysexit() {
        tell("sysexit", "edx = EIP(%esp), ecx = OLDESP(%esp), ebp = 0, sti");
        registers.set32(RDX, regs.ip());
        registers.set32(RCX, regs.sp());
        registers.set32(RBP, 0);
        cpu.setRflags(cpu.rflags() | Flags.IF);
        int fault = mmu.takeFault();
        fault = fault == Fault.NONE ? cpu.sysexit() : fault;
        if (fault != Fault.NONE) {
            task.die("sysexit: " + Fault.toString(fault));
        }
    }

    /** {@code iret_exc}: the program's registers are bad, and the frame on the stack becomes that of an exception of its own. */
    private void leave(int fault) {
        if (fault == Fault.NONE) {
            return;
        }
        if (badIret) {
            task.process().groupExit(Task.killedBy(Signal.of(Signal.SIGSEGV)));
            return;
        }
        badIret = true;
        CpuListener listener = cpu.listener();
        if (listener != null) {
            listener.exception(fault);
        }
        int pushed = cpu.push32(0, "error code");
        pushed |= saveAll();
        if (isLost(pushed)) {
            return;
        }
        regs.setOrigAx(-1);
        Traps.iretError(task);
        resumeUserspace();
    }

    /** {@code SAVE_ALL}. */
    private int saveAll() {
        cpu.setRflags(cpu.rflags() & ~Flags.DF);
        int fault = cpu.push32(cpu.segments().es().selector(), "es");
        fault |= cpu.push32(cpu.segments().ds().selector(), "ds");
        fault |= cpu.push32(registers.get(RAX), "eax");
        fault |= cpu.push32(registers.get(RBP), "ebp");
        fault |= cpu.push32(registers.get(RDI), "edi");
        fault |= cpu.push32(registers.get(RSI), "esi");
        fault |= cpu.push32(registers.get(RDX), "edx");
        fault |= cpu.push32(registers.get(RCX), "ecx");
        fault |= cpu.push32(registers.get(RBX), "ebx");
        registers.set32(RDX, Segments32.USER_DS);
        fault |= cpu.loadSegment(cpu.segments().ds(), Segments32.USER_DS);
        return fault | cpu.loadSegment(cpu.segments().es(), Segments32.USER_DS);
    }

    /** {@code doublefault_fn} of arch/i386/kernel/doublefault.c: says where the old task was, and never ends. */
    private void doublefaultFn() {
        tell("doublefault_fn", "PANIC: double fault");
        long back = cpu.tables().gdtBase() + mmu.read16(cpu.tables().tr().base(), Paging.READ);
        long old = Descriptor.base(mmu.read64(back, Paging.READ));
        long ip = mmu.read32(old + TaskStateSegment.EIP, Paging.READ);
        long sp = mmu.read32(old + TaskStateSegment.EAX + 4 * RSP, Paging.READ);
        boolean known = mmu.takeFault() == Fault.NONE;
        task.die(known ? String.format("double fault, eip = %08x, esp = %08x", ip, sp) : "double fault");
    }

    /** {@code error_code}: an exception, with the processor's error code or a zero in orig_eax's place. */
    private void exception(int vector) {
        boolean timer = vector == Kernel32.LOCAL_TIMER_VECTOR;
        if (timer) {
            tell("apic_timer_interrupt", "pushl $~0x" + Integer.toHexString(vector) + "; SAVE_ALL");
        } else {
            tell("error_code", Vector.mnemonic(vector));
        }
        boolean coded = vector == Vector.DF || (vector >= Vector.TS && vector <= Vector.PF) || vector == Vector.AC;
        int fault = coded ? Fault.NONE : cpu.push32(0, "error code");
        long cs = mmu.read32(registers.get32(RSP) + 8, Paging.READ);
        fault |= mmu.takeFault();
        if (fault == Fault.NONE && (cs & 3) == 0 && vector == Vector.DB && (cpu.dr6() & Cpu.DR6_BS) != 0) {
            clearTfReenable();
            return;
        }
        if (fault != Fault.NONE || (cs & 3) == 0 || (vector >= Vector.EXCEPTIONS && !timer)) {
            task.die(Vector.mnemonic(vector) + " in the kernel");
            return;
        }
        fault = saveAll();
        if (isLost(fault)) {
            return;
        }
        int error = (int) regs.origAx();
        regs.setOrigAx(-1);
        if (!timer) {
            Traps.handle(task, regs, vector, error);
        }
        resumeUserspace();
    }

    /** The end of {@code do_debug} in arch/i386/kernel/traps.c: SYSENTER leaves TF as it is, so that its entry is traced. */
    private void clearTfReenable() {
        Traps.debugReadClearDr6(cpu);
        singleStep = true;
        registers.set32(RSP, registers.get32(RSP) + 4);
        long flags = registers.get32(RSP) + 8;
        mmu.write32(flags, mmu.read32(flags, Paging.READ) & ~Flags.TF, Paging.READ);
        leave(cpu.iretd());
    }

    private boolean isLost(int fault) {
        if (fault == Fault.NONE && registers.get32(RSP) == frame) {
            return false;
        }
        task.die("the kernel stack is lost: " + Fault.toString(fault));
        return true;
    }

    private void tell(String where, String what) {
        CpuListener listener = cpu.listener();
        if (listener != null) {
            listener.kernel(where, what);
        }
    }
}
