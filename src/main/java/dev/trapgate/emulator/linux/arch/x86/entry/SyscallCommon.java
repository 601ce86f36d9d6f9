package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs64;
import dev.trapgate.emulator.linux.arch.x86.Segments64;
import dev.trapgate.emulator.linux.arch.x86.kernel.SignalDelivery;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Sys;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.entry.SyscallTrace;

/** The C half of the 64-bit kernel's entry: arch/x86/entry/common.c, Linux 5.17, under its functions' names. */
final class SyscallCommon {

    private static final long LOW_32 = 0xffff_ffffL;

    private final SyscallTable table;
    private final SyscallTable ia32Table;
    private final SyscallTable x32Table;
    private final Kernel64.X32 x32;
    private final long landingPad;

    /**
     * Joins the tables.
     *
     * @param table {@code sys_call_table}
     * @param ia32Table {@code ia32_sys_call_table}
     * @param x32Table {@code x32_sys_call_table}
     * @param x32 whether the kernel looks at the last
     * @param landingPad where the 32-bit vDSO goes on after the kernel: {@code int80_landing_pad}
     */
    SyscallCommon(
            SyscallTable table, SyscallTable ia32Table, SyscallTable x32Table, Kernel64.X32 x32, long landingPad) {
        this.table = table;
        this.ia32Table = ia32Table;
        this.x32Table = x32Table;
        this.x32 = x32;
        this.landingPad = landingPad;
    }

    /** {@code do_syscall_64}: {@code number} is the low half of rax, as an int. */
    void doSyscall64(Task task, PtRegs64 regs, int number) {
        regs.speak(Abi.X86_64);
        tell(task, "do_syscall_64", number);
        int nr = syscallEnterFromUserMode(task, regs, number);
        if (!doSyscallX64(task, regs, nr) && !doSyscallX32(task, regs, nr) && nr != -1) {
            regs.setAx(Sys.niSyscall(task, regs));
        }
        syscallExitToUserMode(task, regs);
    }

    private boolean doSyscallX64(Task task, PtRegs64 regs, int nr) {
        if (Integer.compareUnsigned(nr, table.size()) >= 0) {
            return false;
        }
        regs.setAx(call(task, regs, table, arrayIndexNospec(nr, table.size())));
        return true;
    }

    private boolean doSyscallX32(Task task, PtRegs64 regs, int nr) {
        int xnr = nr - Abi.X32_SYSCALL_BIT;
        if (x32 == Kernel64.X32.ABSENT || Integer.compareUnsigned(xnr, x32Table.size()) >= 0) {
            return false;
        }
        regs.setAx(call(task, regs, x32Table, arrayIndexNospec(xnr, x32Table.size())));
        return true;
    }

    /** {@code do_int80_syscall_32}. */
    void doInt80Syscall32(Task task, PtRegs64 regs) {
        int number = syscall32Enter(regs);
        tell(task, "do_int80_syscall_32", number);
        int nr = syscallEnterFromUserMode(task, regs, number);
        doSyscall32IrqsOn(task, regs, nr);
        syscallExitToUserMode(task, regs);
    }

    /**
     * {@code do_SYSENTER_32}.
     *
     * @return whether the way out may be SYSRETL; by IRET otherwise
     */
    boolean doSYSENTER32(Task task, PtRegs64 regs) {
        regs.setSp(regs.get(PtRegs64.BP));
        regs.setFlags(regs.flags() | Flags.IF);
        return doFastSyscall32(task, regs);
    }

    /**
     * {@code do_fast_syscall_32}: makes the registers look as if the vDSO's {@code int $0x80} had been used.
     *
     * @return whether the way out may be SYSRETL; by IRET otherwise
     */
    boolean doFastSyscall32(Task task, PtRegs64 regs) {
        regs.setIp(landingPad);
        if (!fetchSixthArgument(task, regs)) {
            return false;
        }
        return regs.cs() == Segments64.USER32_CS
                && regs.ss() == Segments64.USER_DS
                && regs.ip() == landingPad
                && (regs.flags() & (Flags.RF | Flags.TF)) == 0;
    }

    private boolean fetchSixthArgument(Task task, PtRegs64 regs) {
        int nr = syscall32Enter(regs);
        tell(task, "do_fast_syscall_32", nr);
        long sixth = task.uaccess().getUser32(regs.sp() & LOW_32);
        if (sixth < 0) {
            // get_user clears its destination when it fails.
            regs.set(PtRegs64.BP, 0);
            regs.setAx(ErrorNumbers.EFAULT);
            SignalDelivery.exitWork(task, regs);
            return false;
        }
        regs.set(PtRegs64.BP, sixth);
        doSyscall32IrqsOn(task, regs, syscallEnterFromUserMode(task, regs, nr));
        syscallExitToUserMode(task, regs);
        return true;
    }

    private static int syscall32Enter(PtRegs64 regs) {
        regs.speak(Abi.I386);
        return (int) regs.origAx();
    }

    private void doSyscall32IrqsOn(Task task, PtRegs64 regs, int nr) {
        if (Integer.compareUnsigned(nr, ia32Table.size()) < 0) {
            regs.setAx(call(task, regs, ia32Table, arrayIndexNospec(nr, ia32Table.size())));
        } else if (nr != -1) {
            regs.setAx(Sys.niSyscall(task, regs));
        }
    }

    /** {@code syscall_enter_from_user_mode}. {@return the number of the call to be made, −1 for none} */
    private static int syscallEnterFromUserMode(Task task, PtRegs regs, int nr) {
        return task.work().bits() == 0 ? nr : SyscallTrace.enter(task, regs);
    }

    /** {@code syscall_exit_to_user_mode}: tracers, signals and restarts. */
    private static void syscallExitToUserMode(Task task, PtRegs regs) {
        if (task.work().bits() != 0) {
            SyscallTrace.exit(task, regs);
        }
        if (task.signalPending()) {
            SignalDelivery.exitWork(task, regs);
        }
    }

    static long call(Task task, PtRegs regs, SyscallTable table, int index) {
        SyscallHandler handler = table.fetch(task.cpu().mmu(), index);
        if (handler == null) {
            task.die(table.symbol() + '[' + index + "] does not lead to a function");
            return ErrorNumbers.ENOSYS;
        }
        CpuListener listener = task.cpu().listener();
        if (listener != null) {
            listener.kernel(
                    table.symbol(),
                    "[" + index + "] " + table.row(index).name() + " at 0x" + Long.toHexString(table.target(index)));
        }
        return handler.call(task, regs);
    }

    /** {@code array_index_nospec}: index where it is below size, else 0, without a branch to mispredict. */
    static int arrayIndexNospec(int index, int size) {
        long mask = (Integer.toUnsignedLong(index) - size) >> 63;
        return (int) (index & mask);
    }

    private static void tell(Task task, String function, int nr) {
        CpuListener listener = task.cpu().listener();
        if (listener != null) {
            listener.kernel(function, "nr = " + nr);
        }
    }
}
