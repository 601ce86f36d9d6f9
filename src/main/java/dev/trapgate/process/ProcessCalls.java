package dev.trapgate.process;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Gid;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.Uid;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * This process and others: identity, signals, limits.
 *
 * <p>Starting programs is left to {@link ProcessBuilder}: fork, clone and execve would leave a JVM with one thread, or none.
 *
 * @param kernel whose calls
 */
public record ProcessCalls(Kernel kernel) {

    private static final Call GETPID = Call.of(Syscall.GETPID);
    private static final Call GETPPID = Call.of(Syscall.GETPPID);
    private static final Call GETUID = Call.of(Syscall.GETUID, Syscall.GETUID32);
    private static final Call GETEUID = Call.of(Syscall.GETEUID, Syscall.GETEUID32);
    private static final Call GETGID = Call.of(Syscall.GETGID, Syscall.GETGID32);
    private static final Call GETEGID = Call.of(Syscall.GETEGID, Syscall.GETEGID32);
    private static final Call GETGROUPS = Call.of(Syscall.GETGROUPS, Syscall.GETGROUPS32);
    private static final Call GETPGID = Call.of(Syscall.GETPGID);
    private static final Call GETSID = Call.of(Syscall.GETSID);
    private static final Call KILL = Call.of(Syscall.KILL);
    private static final Call PIDFD_OPEN = Call.of(Syscall.PIDFD_OPEN);
    private static final Call PIDFD_SEND_SIGNAL = Call.of(Syscall.PIDFD_SEND_SIGNAL);
    private static final Call PIDFD_GETFD = Call.of(Syscall.PIDFD_GETFD);
    private static final Call WAITID = Call.of(Syscall.WAITID);
    private static final Call GETPRIORITY = Call.of(Syscall.GETPRIORITY);
    private static final Call SETPRIORITY = Call.of(Syscall.SETPRIORITY);
    private static final Call PRLIMIT64 = Call.of(Syscall.PRLIMIT64);
    private static final Call UMASK = Call.of(Syscall.UMASK);
    private static final Call PRCTL = Call.of(Syscall.PRCTL);

    private static final int MOST_GROUPS = 65536;
    private static final long RLIMIT = 16;
    /** The raw call answers 20 minus the nice value, so that no answer is negative. */
    private static final int NICE_OFFSET = 20;

    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_GET_NO_NEW_PRIVS = 39;

    /** {@return this process's number, as {@code getpid(2)}} */
    public Pid getpid() {
        return new Pid((int) kernel.call(GETPID));
    }

    /** {@return the parent's number, 0 if it is outside this PID namespace, as {@code getppid(2)}} */
    public Pid getppid() {
        return new Pid((int) kernel.call(GETPPID));
    }

    /** {@return the real user, as {@code getuid(2)}} */
    public Uid getuid() {
        return new Uid((int) kernel.call(GETUID));
    }

    /** {@return the effective user, as {@code geteuid(2)}} */
    public Uid geteuid() {
        return new Uid((int) kernel.call(GETEUID));
    }

    /** {@return the real group, as {@code getgid(2)}} */
    public Gid getgid() {
        return new Gid((int) kernel.call(GETGID));
    }

    /** {@return the effective group, as {@code getegid(2)}} */
    public Gid getegid() {
        return new Gid((int) kernel.call(GETEGID));
    }

    /** {@return the supplementary groups, as {@code getgroups(2)}} */
    public List<Gid> getgroups() {
        try (Scratch scratch = kernel.scratch()) {
            long size = (long) MOST_GROUPS * Integer.BYTES;
            long address = scratch.room(size, Integer.BYTES);
            long count = kernel.call(GETGROUPS, MOST_GROUPS, address);
            MemorySegment groups = scratch.at(address, size);
            List<Gid> all = new ArrayList<>();
            for (long index = 0; index < count; index++) {
                all.add(new Gid(groups.get(Layouts.INT, index * Integer.BYTES)));
            }
            return all;
        }
    }

    /** {@return a process's group, as {@code getpgid(2)}; ESRCH if there is no such process} */
    public Pid getpgid(Pid process) {
        return new Pid((int) kernel.call(GETPGID, process.value()));
    }

    /** {@return a process's session, as {@code getsid(2)}; ESRCH if there is no such process} */
    public Pid getsid(Pid process) {
        return new Pid((int) kernel.call(GETSID, process.value()));
    }

    /**
     * Sends a signal, as {@code kill(2)}. The number may be another process's by then: a {@linkplain #pidfdOpen descriptor}
     * never is.
     *
     * @param process 1 or more: groups and {@code −1}, everyone, go by {@code Linux.call}
     * @param signal the signal
     * @throws SyscallException ESRCH if there is no such process; EPERM
     * @throws RefusedCallException if the number is 0 or negative, which means many processes, this one's group among them
     */
    public void kill(Pid process, Signal signal) {
        if (process.value() <= 0) {
            throw new RefusedCallException(
                    Syscall.KILL,
                    process + " means a whole group of processes, often this JVM and the shell that started it",
                    "name one process, or use Linux.call(Syscall.KILL, …)");
        }
        kernel.call(KILL, process.value(), signal.number());
    }

    /**
     * Opens a descriptor of a process, which means that process for ever, as {@code pidfd_open(2)}. It can be read, by poll
     * and epoll, when the process has ended.
     *
     * @param process the process
     * @return the descriptor, to be closed
     * @throws SyscallException ESRCH if there is no such process; ENOSYS before Linux 5.3
     * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
     */
    public FileDescriptor pidfdOpen(Pid process) {
        return kernel.open(PIDFD_OPEN, process.value(), 0, 0);
    }

    /**
     * Sends a signal to a process by descriptor, as {@code pidfd_send_signal(2)}.
     *
     * @param process the process
     * @param signal the signal
     * @throws SyscallException ESRCH if it has ended and been waited for; EPERM
     */
    public void pidfdSendSignal(FileDescriptor process, Signal signal) {
        kernel.callOn(PIDFD_SEND_SIGNAL, process, signal.number(), 0, 0);
    }

    /**
     * Copies a descriptor from another process, as {@code pidfd_getfd(2)}.
     *
     * @param process the process, by descriptor
     * @param number the descriptor's number there
     * @return a descriptor of one's own, closed when another program is executed
     * @throws SyscallException EBADF if there is none; EPERM unless this process could trace that one; ESRCH
     */
    public FileDescriptor pidfdGetfd(FileDescriptor process, int number) {
        return FileDescriptor.own(kernel, (int) kernel.callOn(PIDFD_GETFD, process, number, 0, 0));
    }

    /**
     * Waits for a child by descriptor, as {@code waitid(2)} with P_PIDFD. A child of {@link ProcessBuilder} is waited for by the
     * JVM too: use WNOWAIT, or {@link java.lang.Process#waitFor()}.
     *
     * @param child the child, by descriptor
     * @param options what to wait for
     * @return what became of it; empty with WNOHANG if nothing did
     * @throws SyscallException ECHILD if it is no child of this process, or has been waited for; EINTR
     * @see <a href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</a>
     */
    public Optional<ChildStatus> waitid(FileDescriptor child, WaitOptions options) {
        int number = child.hold(kernel);
        try {
            return waitid(IdType.P_PIDFD, number, options);
        } finally {
            child.letGo();
        }
    }

    /**
     * Waits for a child, as {@code waitid(2)}.
     *
     * @param type what the number means
     * @param number a process or group
     * @param options what to wait for
     * @return what became of it; empty with WNOHANG if nothing did
     * @throws SyscallException ECHILD if there is no such child; EINTR
     */
    public Optional<ChildStatus> waitid(IdType type, int number, WaitOptions options) {
        Abi abi = kernel.abi();
        Fields siginfo = Fields.of("siginfo", abi);
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(siginfo.size(), Long.BYTES);
            kernel.call(WAITID, type.number(), number, address, options.bits(), 0);
            MemorySegment info = scratch.at(address, siginfo.size());
            int pid = info.get(Layouts.INT, siginfo.offset("si_pid"));
            return pid == 0
                    ? Optional.empty()
                    : Optional.of(new ChildStatus(
                            new Pid(pid),
                            new Uid(info.get(Layouts.INT, siginfo.offset("si_uid"))),
                            ChildStatus.Change.of(info.get(Layouts.INT, siginfo.offset("si_code"))),
                            info.get(Layouts.INT, siginfo.offset("si_status"))));
        }
    }

    /**
     * {@return the nice value, −20 to 19, the lower the more processor time; of several the lowest}
     *
     * @param of what the number means
     * @param number a process, group or user; 0 for this one
     * @throws SyscallException ESRCH if there is none
     * @see <a href="https://man7.org/linux/man-pages/man2/getpriority.2.html">getpriority(2)</a>
     */
    public int getpriority(PriorityOf of, int number) {
        return NICE_OFFSET - (int) kernel.call(GETPRIORITY, of.number(), number);
    }

    /**
     * Sets the nice value, as {@code setpriority(2)}. On Linux a process's is only that of its thread of that number.
     *
     * @param of what the number means
     * @param number a process, group or user; 0 for this one
     * @param nice −20 to 19; what is outside is brought inside
     * @throws SyscallException ESRCH if there is none; EACCES to lower one's own, EPERM to change another's, without right
     */
    public void setpriority(PriorityOf of, int number, int nice) {
        kernel.call(SETPRIORITY, of.number(), number, nice);
    }

    /**
     * {@return a process's limits of a resource, as {@code prlimit(2)}}
     *
     * @param process whose; {@link Pid#SELF} for this one's
     * @param resource of what
     * @throws SyscallException ESRCH; EPERM for another user's process
     */
    public Limit prlimit(Pid process, Resource resource) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(RLIMIT, Long.BYTES);
            kernel.call(PRLIMIT64, process.value(), resource.number(), 0, address);
            MemorySegment limit = scratch.at(address, RLIMIT);
            return new Limit(limit.get(Layouts.LONG, 0), limit.get(Layouts.LONG, Long.BYTES));
        }
    }

    /**
     * Changes a process's limits of a resource, as {@code prlimit(2)}.
     *
     * @param process whose; {@link Pid#SELF} for this one's
     * @param resource of what
     * @param limit the new ones
     * @throws SyscallException EINVAL if the soft one is above the hard one; EPERM to raise the hard one without
     *     CAP_SYS_RESOURCE; ESRCH
     */
    public void prlimit(Pid process, Resource resource, Limit limit) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(RLIMIT, Long.BYTES);
            MemorySegment limits = scratch.at(address, RLIMIT);
            limits.set(Layouts.LONG, 0, limit.soft());
            limits.set(Layouts.LONG, Long.BYTES, limit.hard());
            kernel.call(PRLIMIT64, process.value(), resource.number(), address, 0);
        }
    }

    /**
     * Changes which permissions new files do not get, for the whole process, as {@code umask(2)}.
     *
     * @param mask what they do not get
     * @return what they did not get before
     */
    public Mode umask(Mode mask) {
        return new Mode((int) kernel.call(UMASK, mask.bits()));
    }

    /** {@return whether this process may leave a core dump and be traced, by prctl PR_GET_DUMPABLE} */
    public boolean isDumpable() {
        return kernel.call(PRCTL, PR_GET_DUMPABLE) != 0;
    }

    /** Has orphans among this process's descendants become its children, by prctl PR_SET_CHILD_SUBREAPER. */
    public void becomeChildSubreaper() {
        kernel.call(PRCTL, PR_SET_CHILD_SUBREAPER, 1);
    }

    /** Has this process get a signal when the thread that started it ends, by prctl PR_SET_PDEATHSIG. */
    public void setParentDeathSignal(Signal signal) {
        kernel.call(PRCTL, PR_SET_PDEATHSIG, signal.number());
    }

    /** {@return whether this thread, and what it starts, gains no rights by executing programs} */
    public boolean hasNoNewPrivs() {
        return kernel.call(PRCTL, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 0;
    }

    /**
     * Has this thread, and what it starts, never again gain rights by executing a program, by prctl PR_SET_NO_NEW_PRIVS. There is
     * no way back.
     */
    public void setNoNewPrivs() {
        kernel.call(PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    }
}
