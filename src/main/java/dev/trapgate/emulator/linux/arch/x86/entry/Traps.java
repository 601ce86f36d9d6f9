package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs64;
import dev.trapgate.emulator.linux.arch.x86.kernel.Umip;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.FaultOutcome;

/** What an exception in a program becomes: arch/x86/kernel/traps.c and arch/x86/mm/fault.c, Linux 5.17. */
final class Traps {

    /** {@code si_code} of SIGBUS: the address is not aligned. */
    private static final int BUS_ADRALN = 1;

    /** {@code si_code} of SIGTRAP: an instruction was traced. */
    private static final int TRAP_TRACE = 2;

    /** {@code si_code} of SIGILL, which the classic kernel gives to SIGSEGV for a bad IRET. */
    private static final int ILL_BADSTK = 8;

    private Traps() {}

    /**
     * Handles an exception that came from a program.
     *
     * @param task the task it happened to
     * @param regs its registers
     * @param vector the exception's vector
     * @param error its error code, 0 if it has none
     */
    static void handle(Task task, PtRegs regs, int vector, int error) {
        if (vector == Vector.PF) {
            pageFault(task, error);
            return;
        }
        if (vector == Vector.GP && regs instanceof PtRegs64 && Umip.fixup(task, regs)) {
            return;
        }
        task.signals().noteTrap(vector, error);
        if (vector == Vector.DB) {
            debug(task, regs);
            return;
        }
        task.force(
                switch (vector) {
                    case Vector.DE -> new Signal(Signal.SIGFPE, Signal.FPE_INTDIV, regs.ip(), vector, error);
                    case Vector.BP -> new Signal(Signal.SIGTRAP, Signal.SI_KERNEL, 0, vector, error);
                    case Vector.UD -> new Signal(Signal.SIGILL, Signal.ILL_ILLOPN, regs.ip(), vector, error);
                    case Vector.NP, Vector.SS -> new Signal(Signal.SIGBUS, Signal.SI_KERNEL, 0, vector, error);
                    case Vector.AC -> new Signal(Signal.SIGBUS, BUS_ADRALN, 0, vector, error);
                    case Vector.MF, Vector.XM -> new Signal(Signal.SIGFPE, Signal.SI_KERNEL, 0, vector, error);
                    default -> new Signal(Signal.SIGSEGV, Signal.SI_KERNEL, 0, vector, error);
                });
    }

    /**
     * {@code exc_debug_user}: #DB without a reason in DR6 is INT1's. The classic kernel's {@code do_debug} tells no
     * difference.
     */
    private static void debug(Task task, PtRegs regs) {
        boolean step = (debugReadClearDr6(task.cpu()) & Cpu.DR6_BS) != 0;
        sendSigtrap(task, regs, step && regs instanceof PtRegs64 ? TRAP_TRACE : Signal.TRAP_BRKPT);
    }

    /** {@code do_iret_error} of arch/i386/kernel/traps.c, Linux 2.6.18: vector 32 stands for the kernel's IRET. */
    static void iretError(Task task) {
        task.force(new Signal(Signal.SIGSEGV, ILL_BADSTK, 0, Vector.EXCEPTIONS, 0));
    }

    /** {@code debug_read_clear_dr6}. {@return DR6 as it was} */
    static long debugReadClearDr6(Cpu cpu) {
        long reasons = cpu.dr6();
        cpu.setDr6(Cpu.DR6_RESERVED);
        return reasons;
    }

    /** {@code send_sigtrap}. */
    static void sendSigtrap(Task task, PtRegs regs, int code) {
        task.signals().noteTrap(Vector.DB, 0);
        task.force(new Signal(Signal.SIGTRAP, code, regs.ip(), Vector.DB, 0));
    }

    /** {@code do_user_addr_fault}: gives the page, or tells the program. The frame never says a page is absent above its half. */
    private static void pageFault(Task task, int error) {
        long address = task.cpu().control().cr2();
        boolean inside = Long.compareUnsigned(address, task.process().mm().taskSize()) < 0;
        FaultOutcome outcome = inside ? task.process().mm().handleFault(address, error) : FaultOutcome.NOT_MAPPED;
        int told = inside ? error : error | Paging.PRESENT;
        switch (outcome) {
            case NOT_MAPPED -> refuse(task, Signal.SIGSEGV, Signal.SEGV_MAPERR, told);
            case NOT_ALLOWED -> refuse(task, Signal.SIGSEGV, Signal.SEGV_ACCERR, told);
            case BEYOND_FILE -> refuse(task, Signal.SIGBUS, Signal.BUS_ADRERR, told);
            case HANDLED, OUT_OF_MEMORY -> {
                // The access is made again, unless the process has been killed.
            }
        }
    }

    private static void refuse(Task task, int signal, int code, int error) {
        long address = task.cpu().control().cr2();
        task.signals().noteTrap(Vector.PF, error);
        task.signals().noteFaultAddress(address);
        task.force(new Signal(signal, code, address, Vector.PF, error));
    }
}
