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

    private static final int KCMP_VM = 1;
    private static final int KCMP_FILES = 2;
    private static final int KCMP_FS = 3;
    private static final int KCMP_SIGHAND = 4;
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
        if (one == null || other == null) {
            // Init's.
            return ErrorNumbers.EPERM;
        }
        if (!Ptrace.mayAccess(current, one) || !Ptrace.mayAccess(current, other)) {
            return ErrorNumbers.EPERM;
        }
        int type = (int) regs.argument(3);
        if (type == KCMP_FILE) {
            return compareFiles(one, (int) regs.argument(4), other, (int) regs.argument(5));
        }
        if (type == KCMP_EPOLL_TFD) {
            return compareWatched(current, (int) regs.argument(4), regs.argument(5));
        }
        return type > KCMP_FILE && type <= KCMP_SYSVSEM
                ? compare(part(one, type), part(other, type))
                : ErrorNumbers.EINVAL;
    }

    /** {@return what two tasks may share: KCMP_VM to KCMP_SYSVSEM} */
    private static Object part(Task task, int type) {
        return switch (type) {
            case KCMP_VM -> task.process().mm();
            case KCMP_FILES -> task.files();
            case KCMP_FS -> task.process().fs();
            case KCMP_SIGHAND -> task.process().sighand();
            default -> task.process();
        };
    }

    private static long compareFiles(Task first, int firstDescriptor, Task second, int secondDescriptor) {
        File one = first.files().getRaw(firstDescriptor);
        File other = second.files().getRaw(secondDescriptor);
        try {
            return one == null || other == null ? ErrorNumbers.EBADF : compare(one, other);
        } finally {
            release(one);
            release(other);
        }
    }

    private static long compare(Object one, Object other) {
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
