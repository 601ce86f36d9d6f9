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

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.arch.x86.PtRegs64;
import dev.trapgate.emulator.linux.arch.x86.Segments64;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/** 32-bit programs' ways into the 64-bit kernel: arch/x86/entry/entry_64_compat.S, Linux 5.17. */
final class Entry64Compat {

    private final Entry64 entry;
    private final Cpu cpu;
    private final GeneralRegisters registers;
    private final Kernel64.ExtraRegisters extraRegisters;

    Entry64Compat(Entry64 entry, Kernel64 kernel) {
        this.entry = entry;
        this.cpu = entry.task().cpu();
        this.registers = cpu.registers();
        this.extraRegisters = kernel.extraRegisters();
    }

    /** {@code entry_SYSENTER_compat}: no return address, no stack pointer; the vDSO left the latter in ebp. */
    void entrySYSENTERCompat() {
        entry.tell("entry_SYSENTER_compat", "swapgs; rsp = cpu_current_top_of_stack");
        long ax = registers.get32(RAX);
        int fault = entry.swapgs();
        fault |= entry.switchToKernelStack();
        fault |= entry.save(PtRegs64.SS, Segments64.USER_DS, "ss");
        fault |= entry.save(PtRegs64.SP, 0, "sp");
        fault |= entry.save(PtRegs64.FLAGS, cpu.rflags(), "flags");
        fault |= entry.save(PtRegs64.CS, Segments64.USER32_CS, "cs");
        fault |= entry.save(PtRegs64.IP, 0, "ip");
        fault |= entry.save(PtRegs64.ORIG_AX, ax, "orig_ax");
        fault |= entry.pushAndClearRegs(registers.get(RCX));
        if (entry.isLost(fault)) {
            return;
        }
        cpu.setRflags(cpu.rflags() & ~Flags.DF);
        if ((entry.regs().flags() & (Flags.NT | Flags.AC | Flags.TF)) != 0) {
            cpu.setRflags(Flags.FIXED);
        }
        entry.localIrqEnable();
        returnFrom(entry.common().doSYSENTER32(entry.task(), entry.regs()));
    }

    /** {@code entry_SYSCALL_compat}: rcx is the return address, so the second argument is in ebp. */
    void entrySYSCALLCompat() {
        entry.tell("entry_SYSCALL_compat", "swapgs; esp into r8; rsp = cpu_current_top_of_stack");
        int fault = entry.swapgs();
        registers.set32(R8, registers.get(RSP));
        fault |= entry.switchToKernelStack();
        fault |= entry.save(PtRegs64.SS, Segments64.USER_DS, "ss");
        fault |= entry.save(PtRegs64.SP, registers.get(R8), "sp");
        fault |= entry.save(PtRegs64.FLAGS, registers.get(R11), "flags");
        fault |= entry.save(PtRegs64.CS, Segments64.USER32_CS, "cs");
        fault |= entry.save(PtRegs64.IP, registers.get(RCX), "ip");
        fault |= entry.save(PtRegs64.ORIG_AX, registers.get32(RAX), "orig_ax");
        fault |= entry.pushAndClearRegs(registers.get(RBP));
        if (entry.isLost(fault)) {
            return;
        }
        entry.localIrqEnable();
        returnFrom(entry.common().doFastSyscall32(entry.task(), entry.regs()));
    }

    private void returnFrom(boolean bySysret) {
        if (entry.task().end() != null) {
            return;
        }
        entry.localIrqDisable();
        if (bySysret) {
            sysret32FromSystemCall();
        } else {
            entry.swapgsRestoreRegsAndReturnToUsermode();
        }
    }

    /** {@code sysret32_from_system_call}: only what a 32-bit program can see is restored, the rest is zero. */
    private void sysret32FromSystemCall() {
        entry.tell("sysret32_from_system_call", "back to the landing pad by sysretl");
        PtRegs64 regs = entry.regs();
        registers.set(RBX, regs.get(PtRegs64.BX));
        registers.set(RBP, regs.get(PtRegs64.BP));
        registers.set(R11, regs.flags());
        registers.set(RCX, regs.ip());
        long sp = regs.sp();
        registers.set(RSP, registers.get(RSP) + PtRegs64.AX);
        registers.set(RAX, cpu.pop64("ax"));
        registers.set(RDX, cpu.pop64("cx"));
        registers.set(RDX, cpu.pop64("dx"));
        registers.set(RSI, cpu.pop64("si"));
        registers.set(RDI, cpu.pop64("di"));
        registers.set(RSP, sp);
        registers.set(R8, 0);
        registers.set(R9, 0);
        registers.set(R10, 0);
        int fault = cpu.mmu().takeFault() | cpu.swapgs();
        fault = fault == Fault.NONE ? cpu.sysretl() : fault;
        if (fault != Fault.NONE) {
            entry.task().die("sysret32_from_system_call: " + Fault.toString(fault));
        }
    }

    /** {@code entry_INT80_compat}: the processor's frame is on the entry stack and goes to the task's own. */
    void entryINT80Compat() {
        entry.tell("entry_INT80_compat", "swapgs; eax zero-extended; the frame copied to the task's stack");
        long hardware = registers.get(RSP);
        int fault = entry.swapgs();
        fault |= cpu.push64(registers.get32(RAX), "orig_ax");
        fault |= entry.switchToKernelStack();
        fault |= entry.pushHardwareFrame(hardware);
        fault |= entry.save(PtRegs64.ORIG_AX, cpu.mmu().read64(hardware - 8, Paging.READ), "orig_ax");
        fault |= cpu.mmu().takeFault();
        fault |= pushRegisters();
        entry.clearRegisters();
        cpu.setRflags(cpu.rflags() & ~Flags.DF);
        if (entry.isLost(fault)) {
            return;
        }
        entry.localIrqEnable();
        entry.common().doInt80Syscall32(entry.task(), entry.regs());
        if (entry.task().end() == null) {
            entry.localIrqDisable();
            entry.swapgsRestoreRegsAndReturnToUsermode();
        }
    }

    private int pushRegisters() {
        int fault = entry.save(PtRegs64.DI, registers.get(RDI), "di");
        fault |= entry.save(PtRegs64.SI, registers.get(RSI), "si");
        fault |= entry.save(PtRegs64.DX, registers.get(RDX), "dx");
        fault |= entry.save(PtRegs64.CX, registers.get(RCX), "cx");
        fault |= entry.save(PtRegs64.AX, ErrorNumbers.ENOSYS, "ax");
        fault |= entry.save(PtRegs64.R8, extra(R8), "r8");
        fault |= entry.save(PtRegs64.R9, extra(R9), "r9");
        fault |= entry.save(PtRegs64.R10, extra(R10), "r10");
        fault |= entry.save(PtRegs64.R11, extra(R11), "r11");
        fault |= entry.save(PtRegs64.BX, registers.get(RBX), "bx");
        fault |= entry.save(PtRegs64.BP, registers.get(RBP), "bp");
        fault |= entry.save(PtRegs64.R12, registers.get(R12), "r12");
        fault |= entry.save(PtRegs64.R13, registers.get(R13), "r13");
        fault |= entry.save(PtRegs64.R14, registers.get(R14), "r14");
        return fault | entry.save(PtRegs64.R15, registers.get(R15), "r15");
    }

    /** Before Linux 4.17 a 64-bit caller's r8 to r11 came back as zero. */
    private long extra(int register) {
        return extraRegisters == Kernel64.ExtraRegisters.KEPT ? registers.get(register) : 0;
    }
}
