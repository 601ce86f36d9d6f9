package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import org.jspecify.annotations.Nullable;

/** {@code kcmp(2)}: kernel/kcmp.c, Linux 6.18. Threads of the one program share what it asks about. */
public final class KcmpCalls {

    private static final int KCMP_FILE = 0;
    private static final int KCMP_SYSVSEM = 6;
    private static final int KCMP_EPOLL_TFD = 7;
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
        int parent = current.process().parent();
        if (first == parent || second == parent) {
            return ErrorNumbers.EPERM;
        }
        int type = (int) regs.argument(3);
        if (type == KCMP_FILE) {
            return compareFiles(current, (int) regs.argument(4), (int) regs.argument(5));
        }
        if (type == KCMP_EPOLL_TFD) {
            return current.uaccess().getUser32(regs.argument(5)) < 0 ? ErrorNumbers.EFAULT : ErrorNumbers.EBADF;
        }
        return type > KCMP_FILE && type <= KCMP_SYSVSEM ? 0 : ErrorNumbers.EINVAL;
    }

    private static long compareFiles(Task current, int first, int second) {
        var files = current.files();
        var one = files.getRaw(first);
        var other = files.getRaw(second);
        try {
            if (one == null || other == null) {
                return ErrorNumbers.EBADF;
            }
            if (one == other) {
                return 0;
            }
            return first < second ? LESS : GREATER;
        } finally {
            release(one);
            release(other);
        }
    }

    private static void release(@Nullable File file) {
        if (file != null) {
            file.release();
        }
    }
}
