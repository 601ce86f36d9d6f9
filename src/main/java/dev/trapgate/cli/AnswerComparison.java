package dev.trapgate.cli;

import dev.trapgate.abi.Errno;
import java.util.Set;

/**
 * Whether two gates' answers to the same call agree.
 *
 * <p>An error never agrees with a success, nor with another error. Two successes agree if their values are equal,
 * except where the value is a new one each time: then any success agrees with any other. Where making the call changes
 * what the next one meets, as {@code mkdir(2)} does, nothing can be said.
 */
final class AnswerComparison {

    /** Calls whose value differs from one time to the next by nature: clocks, positions, counts of what is ready. */
    private static final Set<String> NEW_VALUES = Set.of(
            "time",
            "times",
            "mmap",
            "mmap2",
            "mremap",
            "brk",
            "shmat",
            "read",
            "readv",
            "pread64",
            "preadv",
            "preadv2",
            "recvfrom",
            "recvmsg",
            "recvmmsg",
            "write",
            "writev",
            "sendto",
            "sendmsg",
            "sendmmsg",
            "sendfile",
            "sendfile64",
            "splice",
            "tee",
            "vmsplice",
            "copy_file_range",
            "getdents",
            "getdents64",
            "getrandom",
            "poll",
            "ppoll",
            "select",
            "_newselect",
            "pselect6",
            "epoll_wait",
            "epoll_pwait",
            "epoll_pwait2",
            "lseek",
            "msgrcv",
            "mq_timedreceive",
            "syslog",
            "alarm",
            "shmget",
            "semget",
            "msgget",
            "add_key",
            "request_key",
            "keyctl",
            "timer_create",
            "io_submit",
            "io_getevents",
            "io_pgetevents",
            "io_uring_enter",
            "futex",
            "inotify_add_watch",
            "ioctl",
            "fcntl",
            "fcntl64",
            "socketcall",
            "ipc",
            "bpf",
            "pkey_alloc",
            "wait4",
            "waitpid",
            "gettid",
            "sched_yield");

    /** Calls that succeed once, because they make, remove or move something. */
    private static final Set<String> CHANGES = Set.of(
            "mkdir",
            "mkdirat",
            "rmdir",
            "unlink",
            "unlinkat",
            "rename",
            "renameat",
            "renameat2",
            "link",
            "linkat",
            "symlink",
            "symlinkat",
            "mknod",
            "mknodat",
            "mq_unlink",
            "mount",
            "umount",
            "umount2",
            "move_mount",
            "swapon",
            "swapoff",
            "removexattr",
            "lremovexattr",
            "fremovexattr",
            "removexattrat",
            "timer_delete",
            "shmctl",
            "semctl",
            "msgctl",
            "semop",
            "semtimedop",
            "msgsnd",
            "mq_timedsend",
            "delete_module",
            "init_module",
            "finit_module",
            "bind",
            "listen",
            "connect",
            "accept",
            "accept4",
            "waitid",
            "flock",
            "epoll_ctl",
            "inotify_rm_watch",
            "pkey_free",
            "io_destroy",
            "io_setup",
            "munlockall");

    private AnswerComparison() {}

    /** How two answers stand to each other. */
    enum Verdict {
        /** They are what two gates into one kernel should answer. */
        AGREE,
        /** They should be the same and are not. */
        DIFFER,
        /** The first call changed what the second one met. */
        NOT_COMPARABLE
    }

    /**
     * Compares two raw answers.
     *
     * @param call the call's name
     * @param first what the first gate answered
     * @param later what a later one answered
     * @return how they stand to each other
     */
    static Verdict compare(String call, long first, long later) {
        if (first == later) {
            return Verdict.AGREE;
        }
        if (CHANGES.contains(call) || wasCreatedByFirst(call, first, later)) {
            return Verdict.NOT_COMPARABLE;
        }
        boolean anyValueAgrees = NEW_VALUES.contains(call) || NewDescriptors.isOpenedBy(call);
        boolean bothSucceeded = !Errno.isError(first) && !Errno.isError(later);
        return anyValueAgrees && bothSucceeded ? Verdict.AGREE : Verdict.DIFFER;
    }

    /** With {@code O_CREAT|O_EXCL}, and for names of System V objects, what the first call made is in the others' way. */
    private static boolean wasCreatedByFirst(String call, long first, long later) {
        return !Errno.isError(first)
                && later == -Errno.EEXIST.number()
                && (NewDescriptors.isOpenedBy(call) || NEW_VALUES.contains(call));
    }
}
