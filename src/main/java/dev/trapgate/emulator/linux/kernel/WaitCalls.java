package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;

/** Waiting for children, of which a program has none: kernel/exit.c, Linux 6.18. */
public final class WaitCalls {

    private static final long ECHILD = -Errno.ECHILD.number();

    private static final int WNOHANG = 1;
    private static final int WUNTRACED = 2;
    private static final int WEXITED = 4;
    private static final int WCONTINUED = 8;
    private static final int WNOWAIT = 0x0100_0000;
    private static final int LINUX_OPTIONS = 0xe000_0000;
    private static final int P_ALL = 0;
    private static final int P_PID = 1;
    private static final int P_PGID = 2;
    private static final int P_PIDFD = 3;
    /** Where {@code struct siginfo} has si_signo, si_errno and si_code. */
    private static final int SIGINFO_HEAD = 12;

    private static final int SIGINFO_SIZE = 128;

    private WaitCalls() {}

    /** {@code wait4(2)}. */
    public static long wait4(Task current, PtRegs regs) {
        return wait((int) regs.argument(1), (int) regs.argument(3));
    }

    /** {@code waitpid(2)}. */
    public static long waitpid(Task current, PtRegs regs) {
        return wait((int) regs.argument(1), (int) regs.argument(3));
    }

    private static long wait(int pid, int options) {
        if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED | LINUX_OPTIONS)) != 0) {
            return ErrorNumbers.EINVAL;
        }
        return pid == Integer.MIN_VALUE ? ErrorNumbers.ESRCH : ECHILD;
    }

    /** {@code waitid(2)}: what it tells of the child is cleared even where there is none. */
    public static long waitid(Task current, PtRegs regs) {
        long result = waitid(current, (int) regs.argument(1), (int) regs.argument(2), (int) regs.argument(4));
        long info = regs.argument(3);
        return info == 0 || clear(current, regs, info) ? result : ErrorNumbers.EFAULT;
    }

    private static long waitid(Task current, int which, int id, int options) {
        int known = WNOHANG | WUNTRACED | WEXITED | WCONTINUED | WNOWAIT | LINUX_OPTIONS;
        boolean waits = (options & (WEXITED | WUNTRACED | WCONTINUED)) != 0;
        if ((options & ~known) != 0 || !waits) {
            return ErrorNumbers.EINVAL;
        }
        return switch (which) {
            case P_ALL -> ECHILD;
            case P_PID -> id <= 0 ? ErrorNumbers.EINVAL : ECHILD;
            case P_PGID -> id < 0 ? ErrorNumbers.EINVAL : ECHILD;
            case P_PIDFD -> id < 0 ? ErrorNumbers.EINVAL : byDescriptor(current, id);
            default -> ErrorNumbers.EINVAL;
        };
    }

    /** A descriptor that stands for a process stands for no child. */
    private static long byDescriptor(Task current, int descriptor) {
        return PidfdCalls.pidfd(current, descriptor) == null ? ErrorNumbers.EBADF : ECHILD;
    }

    private static boolean clear(Task current, PtRegs regs, long info) {
        // si_pid, si_uid and si_status follow the head, in 64-bit programs behind padding.
        int rest = regs.abi() == Abi.I386 ? SIGINFO_HEAD : SIGINFO_HEAD + Integer.BYTES;
        return current.uaccess().accessOk(info, SIGINFO_SIZE)
                && current.uaccess().clearUser(info, SIGINFO_HEAD) == 0
                && current.uaccess().clearUser(info + rest, SIGINFO_HEAD) == 0;
    }
}
