package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;

/** What a thread tells of its end: kernel/fork.c and kernel/futex/syscalls.c, Linux 6.18. */
public final class ForkCalls {

    /** The size of {@code struct robust_list_head}. */
    private static final int ROBUST_LIST = 24;

    private static final int COMPAT_ROBUST_LIST = 12;

    private ForkCalls() {}

    /** {@code set_tid_address(2)}. */
    public static long setTidAddress(Task current, PtRegs regs) {
        current.attributes().setClearChildTid(regs.argument(1));
        return current.tid();
    }

    /** {@code get_robust_list(2)}: the size first, then the head. */
    public static long getRobustList(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        Task target = Pids.anyTask(current, pid);
        if (target == null) {
            return pid == PidNamespace.INIT ? ErrorNumbers.EPERM : ErrorNumbers.ESRCH;
        }
        if (!Ptrace.mayAccess(current, target)) {
            return ErrorNumbers.EPERM;
        }
        long head = target.attributes().robustList(regs.abi());
        boolean written = putWord(current, regs, 3, size(regs)) && putWord(current, regs, 2, head);
        return written ? 0 : ErrorNumbers.EFAULT;
    }

    private static boolean putWord(Task current, PtRegs regs, int argument, long value) {
        long to = regs.argument(argument);
        return regs.abi() == Abi.I386
                ? current.uaccess().putUser32(to, value)
                : current.uaccess().putUser64(to, value);
    }

    private static int size(PtRegs regs) {
        return regs.abi() == Abi.I386 ? COMPAT_ROBUST_LIST : ROBUST_LIST;
    }
}
