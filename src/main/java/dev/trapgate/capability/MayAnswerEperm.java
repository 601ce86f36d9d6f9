package dev.trapgate.capability;

import dev.trapgate.abi.Syscall;

/**
 * Which calls the kernel itself answers by EPERM to a process without privileges before it looks at the arguments, so that under
 * a filter EPERM says nothing: those whose first step is a check of capabilities(7), or of a setting that stands for one.
 */
final class MayAnswerEperm {

    private MayAnswerEperm() {}

    static boolean itself(Syscall call) {
        return switch (call) {
            case ACCT, BPF, CHROOT, SETNS, UNSHARE, PIVOT_ROOT, REBOOT, SYSLOG, VHANGUP, ADD_KEY, KEYCTL, REQUEST_KEY ->
                true;
            case INIT_MODULE, FINIT_MODULE, DELETE_MODULE, KEXEC_LOAD, KEXEC_FILE_LOAD -> true;
            case IOPERM, IOPL, LOOKUP_DCOOKIE, OPEN_BY_HANDLE_AT, FANOTIFY_INIT, PERF_EVENT_OPEN, USERFAULTFD -> true;
            case FSOPEN,
                    FSPICK,
                    FSMOUNT,
                    MOVE_MOUNT,
                    MOUNT,
                    MOUNT_SETATTR,
                    OPEN_TREE,
                    OPEN_TREE_ATTR,
                    UMOUNT,
                    UMOUNT2 -> true;
            case QUOTACTL, QUOTACTL_FD, SWAPON, SWAPOFF, SETHOSTNAME, SETDOMAINNAME -> true;
            case SETTIMEOFDAY, STIME, ADJTIMEX, CLOCK_ADJTIME, CLOCK_SETTIME, CLOCK_SETTIME64, CLOCK_ADJTIME64 -> true;
            case IO_URING_SETUP, IO_URING_ENTER, IO_URING_REGISTER -> true; // kernel.io_uring_disabled
            case SETGROUPS, SETGROUPS32, SECCOMP, LANDLOCK_RESTRICT_SELF, KILL, SETSID, PTRACE, CAPSET, NICE -> true;
            default -> false;
        };
    }
}
