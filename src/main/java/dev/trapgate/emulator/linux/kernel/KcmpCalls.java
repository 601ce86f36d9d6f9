package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.EventpollCalls;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.mm.UserStructure;
import org.jspecify.annotations.Nullable;

/** {@code kcmp(2)}: kernel/kcmp.c, Linux 6.18. Threads of the one program share what it asks about. */
public final class KcmpCalls {

    private static final int KCMP_FILE = 0;
    private static final int KCMP_SYSVSEM = 6;
    private static final int KCMP_EPOLL_TFD = 7;
    /** {@code struct kcmp_epoll_slot}: the epoll, the descriptor, and which of several items under that. */
    private static final int SIZE_OF_EPOLL_SLOT = 12;

    private static final int LESS = 1;
    private static final int GREATER = 2;

    private KcmpCalls() {}

    /** {@code kcmp(2)}: 0 for the same, 1 and 2 for an order. */
    public static long kcmp(Task current, PtRegs regs) {
        int first = (int) regs.argument(1);
        int second = (int) regs.argument(2);
        // Unlike elsewhere, 0 is nobody here.
        if (first == 0 || second == 0 || Pids.find(current, first) == null || Pids.find(current, second) == null) {
            return ErrorNumbers.ESRCH;
        }
        Task one = Pids.anyTask(current, first);
        Task other = Pids.anyTask(current, second);
        boolean allowed =
                one != null && other != null && Ptrace.mayAccess(current, one) && Ptrace.mayAccess(current, other);
        if (!allowed) {
            return ErrorNumbers.EPERM;
        }
        int type = (int) regs.argument(3);
        if (type == KCMP_FILE) {
            return compareFiles(current, (int) regs.argument(4), (int) regs.argument(5));
        }
        if (type == KCMP_EPOLL_TFD) {
            return compareWatched(current, (int) regs.argument(4), regs.argument(5));
        }
        return type > KCMP_FILE && type <= KCMP_SYSVSEM ? 0 : ErrorNumbers.EINVAL;
    }

    private static long compareFiles(Task current, int first, int second) {
        File one = current.files().getRaw(first);
        File other = current.files().getRaw(second);
        try {
            return one == null || other == null ? ErrorNumbers.EBADF : compare(one, other);
        } finally {
            release(one);
            release(other);
        }
    }

    private static long compare(File one, File other) {
        if (one == other) {
            return 0;
        }
        return System.identityHashCode(one) < System.identityHashCode(other) ? LESS : GREATER;
    }

    private static void release(@Nullable File file) {
        if (file != null) {
            file.release();
        }
    }

    /** {@code kcmp_epoll_target}: a file with the one that an epoll watches under a descriptor. */
    private static long compareWatched(Task current, int descriptor, long slot) {
        UserStructure given = UserStructure.from(current.uaccess(), slot, SIZE_OF_EPOLL_SLOT);
        if (given == null) {
            return ErrorNumbers.EFAULT;
        }
        File file = current.files().getRaw(descriptor);
        File epoll = current.files().get(given.get32(0));
        try {
            return file == null || epoll == null
                    ? ErrorNumbers.EBADF
                    : EventpollCalls.compareWatched(
                            epoll, given.get32(4), given.get32(8), watched -> compare(file, watched));
        } finally {
            release(file);
            release(epoll);
        }
    }
}
