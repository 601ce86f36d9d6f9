package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.Pidfd;
import dev.trapgate.emulator.linux.mm.UserStructure;
import org.jspecify.annotations.Nullable;

/** The calls that wait for children: kernel/exit.c, Linux 6.18. What they wait for is in {@link ChildWait}. */
public final class WaitCalls {

    static final long ECHILD = -Errno.ECHILD.number();

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
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int USAGE_WORDS = 18;

    private WaitCalls() {}

    /** {@code wait4(2)}. */
    public static long wait4(Task current, PtRegs regs) {
        return wait(current, regs, regs.argument(4));
    }

    /** {@code waitpid(2)}. */
    public static long waitpid(Task current, PtRegs regs) {
        return wait(current, regs, 0);
    }

    private static long wait(Task current, PtRegs regs, long usage) {
        int pid = (int) regs.argument(1);
        int options = (int) regs.argument(3);
        if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED | LINUX_OPTIONS)) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if (pid == Integer.MIN_VALUE) {
            return ErrorNumbers.ESRCH;
        }
        int own = current.process().jobControl().processGroup();
        ChildWait.Who who = pid == -1
                ? ChildWait.Who.all()
                : pid > 0 ? ChildWait.Who.pid(pid) : ChildWait.Who.group(pid == 0 ? own : -pid);
        ChildWait wait = new ChildWait(current, who, options | WEXITED);
        long result = wait.doWait((options & WNOHANG) != 0);
        ChildWait.Found found = wait.found();
        if (result != 0 || found == null) {
            return result;
        }
        long status = regs.argument(2);
        if (status != 0 && !current.uaccess().putUser32(status, found.status())) {
            return ErrorNumbers.EFAULT;
        }
        return usage != 0 && !putUsage(current, regs, usage, found) ? ErrorNumbers.EFAULT : found.pid();
    }

    /** {@code waitid(2)}: what it tells of the child is cleared even where there is none. */
    public static long waitid(Task current, PtRegs regs) {
        int options = (int) regs.argument(4);
        int known = WNOHANG | WUNTRACED | WEXITED | WCONTINUED | WNOWAIT | LINUX_OPTIONS;
        boolean waits = (options & (WEXITED | WUNTRACED | WCONTINUED)) != 0;
        if ((options & ~known) != 0 || !waits) {
            return tell(current, regs, null, ErrorNumbers.EINVAL);
        }
        int id = (int) regs.argument(2);
        return switch ((int) regs.argument(1)) {
            case P_ALL -> waitid(current, regs, ChildWait.Who.all(), options);
            case P_PID ->
                id <= 0
                        ? tell(current, regs, null, ErrorNumbers.EINVAL)
                        : waitid(current, regs, ChildWait.Who.pid(id), options);
            case P_PGID ->
                id < 0
                        ? tell(current, regs, null, ErrorNumbers.EINVAL)
                        : waitid(
                                current,
                                regs,
                                ChildWait.Who.group(
                                        id == 0 ? current.process().jobControl().processGroup() : id),
                                options);
            case P_PIDFD ->
                id < 0 ? tell(current, regs, null, ErrorNumbers.EINVAL) : byDescriptor(current, regs, id, options);
            default -> tell(current, regs, null, ErrorNumbers.EINVAL);
        };
    }

    private static long byDescriptor(Task current, PtRegs regs, int descriptor, int options) {
        File file = current.files().get(descriptor);
        Pidfd pidfd = file == null ? null : Pidfd.of(file);
        boolean nonBlocking = file != null && (file.flags() & File.O_NONBLOCK) != 0;
        if (file != null) {
            file.release();
        }
        if (pidfd == null) {
            return tell(current, regs, null, ErrorNumbers.EBADF);
        }
        long result = waitid(current, regs, ChildWait.Who.pid(pidfd.pid()), nonBlocking ? options | WNOHANG : options);
        boolean nothing = result == 0 && nonBlocking && (options & WNOHANG) == 0;
        return nothing && !wasTold(current, regs) ? ErrorNumbers.EAGAIN : result;
    }

    private static boolean wasTold(Task current, PtRegs regs) {
        long info = regs.argument(3);
        return info != 0 && current.uaccess().getUser32(info) > 0;
    }

    private static long waitid(Task current, PtRegs regs, ChildWait.Who who, int options) {
        ChildWait wait = new ChildWait(current, who, options);
        long result = wait.doWait((options & WNOHANG) != 0);
        ChildWait.Found found = wait.found();
        long usage = regs.argument(5);
        if (found != null && usage != 0 && !putUsage(current, regs, usage, found)) {
            return ErrorNumbers.EFAULT;
        }
        return tell(current, regs, found, result);
    }

    /** Writes si_signo, si_errno, si_code, si_pid, si_uid and si_status alone, zeros without a child. */
    private static long tell(Task current, PtRegs regs, ChildWait.@Nullable Found found, long result) {
        long info = regs.argument(3);
        if (info == 0) {
            return result;
        }
        UserStructure told = new UserStructure(2 * SIGINFO_HEAD);
        if (found != null) {
            told.set32(0, Signal.SIGCHLD);
            told.set32(8, found.code());
            told.set32(12, found.pid());
            told.set32(16, found.uid());
            told.set32(20, found.waitidStatus());
        }
        int rest = regs.abi() == Abi.I386 ? SIGINFO_HEAD : SIGINFO_HEAD + Integer.BYTES;
        boolean written = current.uaccess().accessOk(info, SIGINFO_SIZE)
                && current.uaccess().copyToUser(info, told.bytes(), SIGINFO_HEAD) == 0
                && current.uaccess().copyToUser(info + rest, told.bytes(), SIGINFO_HEAD, SIGINFO_HEAD) == 0;
        return written ? result : ErrorNumbers.EFAULT;
    }

    /** {@code struct rusage}, of which only the time is known. */
    private static boolean putUsage(Task current, PtRegs regs, long to, ChildWait.Found found) {
        int width = SignalCalls.width(regs);
        UserStructure usage = new UserStructure(USAGE_WORDS * width);
        usage.setWord(0, found.cpuTime() / NANOS_PER_SECOND, width);
        usage.setWord(width, found.cpuTime() % NANOS_PER_SECOND / 1000, width);
        return usage.to(current.uaccess(), to);
    }
}
