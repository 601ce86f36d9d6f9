package dev.trapgate.host;

import static dev.trapgate.host.HostileArguments.Kind.ABSENT_PROCESS;
import static dev.trapgate.host.HostileArguments.Kind.CLOCK;
import static dev.trapgate.host.HostileArguments.Kind.COUNT;
import static dev.trapgate.host.HostileArguments.Kind.DESCRIPTOR;
import static dev.trapgate.host.HostileArguments.Kind.EIGHT;
import static dev.trapgate.host.HostileArguments.Kind.FUTEX_WAKE;
import static dev.trapgate.host.HostileArguments.Kind.NUMBER;
import static dev.trapgate.host.HostileArguments.Kind.OUTPUT;
import static dev.trapgate.host.HostileArguments.Kind.PAGE;
import static dev.trapgate.host.HostileArguments.Kind.PAGE_SIZE;
import static dev.trapgate.host.HostileArguments.Kind.PATH;
import static dev.trapgate.host.HostileArguments.Kind.SIZE;
import static dev.trapgate.host.HostileArguments.Kind.SMALL_SIZE;
import static dev.trapgate.host.HostileArguments.Kind.UNMAPPED;
import static dev.trapgate.host.HostileArguments.Kind.ZERO;

import dev.trapgate.abi.Syscall;
import java.util.List;

/**
 * A call that neither sleeps nor changes anything outside our own buffers, whatever its arguments are, as long as each
 * is of its kind.
 *
 * @param call the call
 * @param kinds what it takes
 * @param answer whether two of these calls in a row answer the same
 */
record HarmlessCall(Syscall call, List<HostileArguments.Kind> kinds, Answer answer) {

    /** What a second call with the same arguments answers. */
    enum Answer {
        SAME,
        MAY_DIFFER
    }

    /** Every such call that the tests make. */
    static final List<HarmlessCall> ALL = List.of(
            // Descriptors that are not open: EBADF, or an argument's error that the kernel sees first.
            same(Syscall.READ, DESCRIPTOR, OUTPUT, SIZE),
            same(Syscall.WRITE, DESCRIPTOR, OUTPUT, SIZE),
            same(Syscall.PREAD64, DESCRIPTOR, OUTPUT, SIZE, NUMBER),
            same(Syscall.PWRITE64, DESCRIPTOR, OUTPUT, SIZE, NUMBER),
            same(Syscall.READV, DESCRIPTOR, OUTPUT, NUMBER),
            same(Syscall.WRITEV, DESCRIPTOR, OUTPUT, NUMBER),
            same(Syscall.PREADV, DESCRIPTOR, OUTPUT, NUMBER, NUMBER, NUMBER),
            same(Syscall.PWRITEV2, DESCRIPTOR, OUTPUT, NUMBER, NUMBER, NUMBER, NUMBER),
            same(Syscall.CLOSE, DESCRIPTOR),
            same(Syscall.FSTAT, DESCRIPTOR, OUTPUT),
            same(Syscall.FSTATFS, DESCRIPTOR, OUTPUT),
            same(Syscall.LSEEK, DESCRIPTOR, NUMBER, NUMBER),
            same(Syscall.IOCTL, DESCRIPTOR, NUMBER, OUTPUT),
            same(Syscall.FCNTL, DESCRIPTOR, NUMBER, NUMBER),
            same(Syscall.DUP, DESCRIPTOR),
            same(Syscall.DUP2, DESCRIPTOR, DESCRIPTOR),
            same(Syscall.DUP3, DESCRIPTOR, DESCRIPTOR, NUMBER),
            same(Syscall.FLOCK, DESCRIPTOR, NUMBER),
            same(Syscall.FSYNC, DESCRIPTOR),
            same(Syscall.FDATASYNC, DESCRIPTOR),
            same(Syscall.FTRUNCATE, DESCRIPTOR, NUMBER),
            same(Syscall.FALLOCATE, DESCRIPTOR, NUMBER, NUMBER, NUMBER),
            same(Syscall.FADVISE64, DESCRIPTOR, NUMBER, NUMBER, NUMBER),
            same(Syscall.READAHEAD, DESCRIPTOR, NUMBER, SIZE),
            same(Syscall.GETDENTS64, DESCRIPTOR, OUTPUT, SIZE),
            same(Syscall.FCHDIR, DESCRIPTOR),
            same(Syscall.FCHMOD, DESCRIPTOR, NUMBER),
            same(Syscall.FCHOWN, DESCRIPTOR, NUMBER, NUMBER),
            same(Syscall.FGETXATTR, DESCRIPTOR, PATH, OUTPUT, SIZE),
            same(Syscall.FSETXATTR, DESCRIPTOR, PATH, OUTPUT, SIZE, NUMBER),
            same(Syscall.FLISTXATTR, DESCRIPTOR, OUTPUT, SIZE),
            same(Syscall.FREMOVEXATTR, DESCRIPTOR, PATH),
            same(Syscall.SENDFILE, DESCRIPTOR, DESCRIPTOR, OUTPUT, SIZE),
            same(Syscall.SPLICE, DESCRIPTOR, OUTPUT, DESCRIPTOR, OUTPUT, SIZE, NUMBER),
            same(Syscall.TEE, DESCRIPTOR, DESCRIPTOR, SIZE, NUMBER),
            same(Syscall.VMSPLICE, DESCRIPTOR, OUTPUT, NUMBER, NUMBER),
            same(Syscall.COPY_FILE_RANGE, DESCRIPTOR, OUTPUT, DESCRIPTOR, OUTPUT, SIZE, NUMBER),
            same(Syscall.SYNC_FILE_RANGE, DESCRIPTOR, NUMBER, NUMBER, NUMBER),
            same(Syscall.SYNCFS, DESCRIPTOR),
            same(Syscall.EPOLL_WAIT, DESCRIPTOR, OUTPUT, NUMBER, ZERO),
            same(Syscall.EPOLL_CTL, DESCRIPTOR, NUMBER, DESCRIPTOR, OUTPUT),
            same(Syscall.INOTIFY_ADD_WATCH, DESCRIPTOR, PATH, NUMBER),
            same(Syscall.INOTIFY_RM_WATCH, DESCRIPTOR, NUMBER),
            same(Syscall.TIMERFD_GETTIME, DESCRIPTOR, OUTPUT),
            same(Syscall.TIMERFD_SETTIME, DESCRIPTOR, NUMBER, OUTPUT, OUTPUT),
            same(Syscall.OPEN_BY_HANDLE_AT, DESCRIPTOR, OUTPUT, NUMBER),
            same(Syscall.PIDFD_SEND_SIGNAL, DESCRIPTOR, NUMBER, OUTPUT, NUMBER),
            same(Syscall.PIDFD_GETFD, DESCRIPTOR, NUMBER, NUMBER),
            same(Syscall.CONNECT, DESCRIPTOR, OUTPUT, NUMBER),
            same(Syscall.BIND, DESCRIPTOR, OUTPUT, NUMBER),
            same(Syscall.LISTEN, DESCRIPTOR, NUMBER),
            same(Syscall.ACCEPT4, DESCRIPTOR, OUTPUT, OUTPUT, NUMBER),
            same(Syscall.GETSOCKNAME, DESCRIPTOR, OUTPUT, OUTPUT),
            same(Syscall.GETPEERNAME, DESCRIPTOR, OUTPUT, OUTPUT),
            same(Syscall.GETSOCKOPT, DESCRIPTOR, NUMBER, NUMBER, OUTPUT, OUTPUT),
            same(Syscall.SETSOCKOPT, DESCRIPTOR, NUMBER, NUMBER, OUTPUT, NUMBER),
            same(Syscall.SENDTO, DESCRIPTOR, OUTPUT, SIZE, NUMBER, OUTPUT, NUMBER),
            same(Syscall.RECVFROM, DESCRIPTOR, OUTPUT, SIZE, NUMBER, OUTPUT, OUTPUT),
            same(Syscall.SENDMSG, DESCRIPTOR, OUTPUT, NUMBER),
            same(Syscall.RECVMSG, DESCRIPTOR, OUTPUT, NUMBER),
            same(Syscall.SHUTDOWN, DESCRIPTOR, NUMBER),
            // Paths of nothing: ENOENT, ENAMETOOLONG or EFAULT, or an argument's error that the kernel sees first.
            same(Syscall.STAT, PATH, OUTPUT),
            same(Syscall.LSTAT, PATH, OUTPUT),
            same(Syscall.STATFS, PATH, OUTPUT),
            same(Syscall.ACCESS, PATH, NUMBER),
            same(Syscall.READLINK, PATH, OUTPUT, NUMBER),
            same(Syscall.OPEN, PATH, ZERO),
            same(Syscall.OPENAT, DESCRIPTOR, PATH, ZERO),
            same(Syscall.NEWFSTATAT, DESCRIPTOR, PATH, OUTPUT, ZERO),
            same(Syscall.STATX, DESCRIPTOR, PATH, ZERO, NUMBER, OUTPUT),
            same(Syscall.FACCESSAT, DESCRIPTOR, PATH, NUMBER),
            same(Syscall.READLINKAT, DESCRIPTOR, PATH, OUTPUT, NUMBER),
            same(Syscall.GETXATTR, PATH, PATH, OUTPUT, SIZE),
            same(Syscall.LGETXATTR, PATH, PATH, OUTPUT, SIZE),
            same(Syscall.LISTXATTR, PATH, OUTPUT, SIZE),
            same(Syscall.LLISTXATTR, PATH, OUTPUT, SIZE),
            same(Syscall.SETXATTR, PATH, PATH, OUTPUT, SIZE, NUMBER),
            same(Syscall.REMOVEXATTR, PATH, PATH),
            same(Syscall.UNLINK, PATH),
            same(Syscall.RMDIR, PATH),
            same(Syscall.RENAME, PATH, PATH),
            same(Syscall.LINK, PATH, PATH),
            same(Syscall.CHDIR, PATH),
            same(Syscall.CHMOD, PATH, NUMBER),
            same(Syscall.LCHOWN, PATH, NUMBER, NUMBER),
            same(Syscall.TRUNCATE, PATH, NUMBER),
            same(Syscall.NAME_TO_HANDLE_AT, DESCRIPTOR, PATH, OUTPUT, OUTPUT, ZERO),
            // What a process asks about itself.
            same(Syscall.GETPID),
            same(Syscall.GETPPID),
            same(Syscall.GETTID),
            same(Syscall.GETUID),
            same(Syscall.GETEUID),
            same(Syscall.GETGID),
            same(Syscall.GETEGID),
            same(Syscall.GETPGID, NUMBER),
            same(Syscall.GETSID, NUMBER),
            same(Syscall.GETRESUID, OUTPUT, OUTPUT, OUTPUT),
            same(Syscall.GETRESGID, OUTPUT, OUTPUT, OUTPUT),
            same(Syscall.GETGROUPS, COUNT, OUTPUT),
            same(Syscall.GETGROUPS, NUMBER, UNMAPPED),
            same(Syscall.GETRLIMIT, NUMBER, OUTPUT),
            same(Syscall.PRLIMIT64, ABSENT_PROCESS, NUMBER, OUTPUT, OUTPUT),
            same(Syscall.GETRUSAGE, NUMBER, OUTPUT),
            same(Syscall.GETPRIORITY, NUMBER, NUMBER),
            same(Syscall.GETITIMER, NUMBER, OUTPUT),
            same(Syscall.SCHED_GETSCHEDULER, NUMBER),
            same(Syscall.SCHED_GETPARAM, NUMBER, OUTPUT),
            same(Syscall.SCHED_GET_PRIORITY_MAX, NUMBER),
            same(Syscall.SCHED_GET_PRIORITY_MIN, NUMBER),
            same(Syscall.SCHED_RR_GET_INTERVAL, NUMBER, OUTPUT),
            same(Syscall.SCHED_GETAFFINITY, NUMBER, SMALL_SIZE, OUTPUT),
            same(Syscall.SCHED_YIELD),
            same(Syscall.UNAME, OUTPUT),
            same(Syscall.SYSINFO, OUTPUT),
            mayDiffer(Syscall.CAPGET, OUTPUT, OUTPUT),
            same(Syscall.RT_SIGPENDING, OUTPUT, EIGHT),
            same(Syscall.RT_SIGPROCMASK, NUMBER, UNMAPPED, OUTPUT, EIGHT),
            // Clocks.
            same(Syscall.CLOCK_GETTIME, CLOCK, OUTPUT),
            same(Syscall.CLOCK_GETRES, CLOCK, OUTPUT),
            same(Syscall.GETTIMEOFDAY, OUTPUT, OUTPUT),
            mayDiffer(Syscall.TIME, OUTPUT),
            mayDiffer(Syscall.TIMES, OUTPUT),
            same(Syscall.GETCPU, OUTPUT, OUTPUT, NUMBER),
            same(Syscall.NANOSLEEP, UNMAPPED, OUTPUT),
            same(Syscall.CLOCK_NANOSLEEP, CLOCK, NUMBER, UNMAPPED, OUTPUT),
            // Memory: pages of our own, or none.
            same(Syscall.MINCORE, PAGE, PAGE_SIZE, OUTPUT),
            same(Syscall.MINCORE, UNMAPPED, PAGE_SIZE, OUTPUT),
            mayDiffer(Syscall.MADVISE, PAGE, PAGE_SIZE, COUNT),
            same(Syscall.MADVISE, UNMAPPED, ZERO, NUMBER),
            same(Syscall.MSYNC, PAGE, PAGE_SIZE, NUMBER),
            same(Syscall.MEMFD_CREATE, UNMAPPED, NUMBER),
            same(Syscall.PROCESS_VM_READV, ABSENT_PROCESS, OUTPUT, NUMBER, OUTPUT, NUMBER, NUMBER),
            // Others that answer at once.
            same(Syscall.POLL, OUTPUT, COUNT, ZERO),
            same(Syscall.POLL, UNMAPPED, NUMBER, ZERO),
            same(Syscall.FUTEX, OUTPUT, FUTEX_WAKE, COUNT),
            same(Syscall.KILL, ABSENT_PROCESS, NUMBER),
            same(Syscall.TGKILL, ABSENT_PROCESS, ABSENT_PROCESS, NUMBER),
            same(Syscall.PIPE, UNMAPPED),
            same(Syscall.PIPE2, UNMAPPED, NUMBER),
            same(Syscall.GETCWD, OUTPUT, SMALL_SIZE),
            same(Syscall.GETRANDOM, OUTPUT, SMALL_SIZE, NUMBER),
            same(Syscall.GETRANDOM, UNMAPPED, SIZE, NUMBER));

    private static HarmlessCall same(Syscall call, HostileArguments.Kind... kinds) {
        return new HarmlessCall(call, List.of(kinds), Answer.SAME);
    }

    private static HarmlessCall mayDiffer(Syscall call, HostileArguments.Kind... kinds) {
        return new HarmlessCall(call, List.of(kinds), Answer.MAY_DIFFER);
    }
}
