package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.fs.Pidfd;
import dev.trapgate.emulator.linux.mm.UserStructure;
import org.jspecify.annotations.Nullable;

/** Descriptors that stand for processes and threads: kernel/pid.c and kernel/signal.c, Linux 6.18. */
public final class PidfdCalls {

    private static final int PIDFD_SELF_THREAD = -10_000;
    private static final int PIDFD_SELF_THREAD_GROUP = -10_001;

    /** Whom a signal is for: {@code enum pid_type}, with PIDFD_SIGNAL_* flags. */
    private enum Scope {
        THREAD,
        PROCESS,
        GROUP
    }

    /**
     * Whom a descriptor names.
     *
     * @param pid the id
     * @param scope whom a signal without flags is for
     */
    private record Named(int pid, Scope scope) {}

    private PidfdCalls() {}

    /** {@code pidfd_open(2)}. */
    public static long pidfdOpen(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        int flags = (int) regs.argument(2);
        if ((flags & ~(File.O_NONBLOCK | Pidfd.PIDFD_THREAD)) != 0 || pid <= 0) {
            return ErrorNumbers.EINVAL;
        }
        PidNamespace pids = current.process().globals().pids();
        boolean leads = pid == PidNamespace.INIT || pids.process(pid) != null;
        if (!leads && pids.task(pid) == null) {
            return ErrorNumbers.ESRCH;
        }
        if (!leads && (flags & Pidfd.PIDFD_THREAD) == 0) {
            return ErrorNumbers.ENOENT;
        }
        return FilesStruct.open(current, Pidfd.file(current, pid, flags), OnExec.CLOSE);
    }

    /** {@return what a descriptor stands for; null if it is none of a process} */
    static @Nullable Pidfd pidfd(Task current, int descriptor) {
        File file = current.files().get(descriptor);
        if (file == null) {
            return null;
        }
        try {
            return Pidfd.of(file);
        } finally {
            file.release();
        }
    }

    /** {@code pidfd_getfd(2)}. */
    public static long pidfdGetfd(Task current, PtRegs regs) {
        if ((int) regs.argument(3) != 0) {
            return ErrorNumbers.EINVAL;
        }
        Pidfd pidfd = pidfd(current, (int) regs.argument(1));
        if (pidfd == null) {
            return ErrorNumbers.EBADF;
        }
        Task task = pidfd.task();
        if (task == null) {
            return pidfd.pid() == PidNamespace.INIT ? ErrorNumbers.EPERM : ErrorNumbers.ESRCH;
        }
        if (!Ptrace.mayAccess(current, task)) {
            return ErrorNumbers.EPERM;
        }
        File file = task.files().getRaw((int) regs.argument(2));
        return file == null ? ErrorNumbers.EBADF : FilesStruct.open(current, file, OnExec.CLOSE);
    }

    /** {@code pidfd_send_signal(2)}. */
    public static long pidfdSendSignal(Task current, PtRegs regs) {
        int flags = (int) regs.argument(4);
        if (flags < 0 || flags > 4 || flags == 3) {
            return ErrorNumbers.EINVAL;
        }
        Named named = named(current, (int) regs.argument(1));
        if (named == null) {
            return ErrorNumbers.EBADF;
        }
        Scope scope =
                switch (flags) {
                    case 1 -> Scope.THREAD;
                    case 2 -> Scope.PROCESS;
                    case 4 -> Scope.GROUP;
                    default -> named.scope();
                };
        return send(current, regs, new Named(named.pid(), scope));
    }

    private static @Nullable Named named(Task current, int descriptor) {
        return switch (descriptor) {
            case PIDFD_SELF_THREAD -> new Named(current.tid(), Scope.THREAD);
            case PIDFD_SELF_THREAD_GROUP -> new Named(current.process().tgid(), Scope.PROCESS);
            default -> {
                Pidfd pidfd = pidfd(current, descriptor);
                if (pidfd == null) {
                    yield null;
                }
                yield new Named(pidfd.pid(), pidfd.isThread() ? Scope.THREAD : Scope.PROCESS);
            }
        };
    }

    /** {@code do_pidfd_send_signal}. */
    private static long send(Task current, PtRegs regs, Named to) {
        int sig = (int) regs.argument(2);
        SigInfo info = SignalCalls.sentBy(current, sig, to.scope() == Scope.THREAD ? Signal.SI_TKILL : Signal.SI_USER);
        if (regs.argument(3) != 0) {
            int size = SignalCalls.width(regs) == Long.BYTES ? SigInfo.KNOWN_SIZE : SigInfo.SIZE;
            UserStructure given = UserStructure.from(current.uaccess(), regs.argument(3), size);
            if (given == null) {
                return ErrorNumbers.EFAULT;
            }
            info = SigInfo.read(given, SignalCalls.width(regs));
            long unknown = info.isKnown() ? 0 : SignalCalls.lookFurther(current, regs.argument(3));
            if (unknown != 0) {
                return unknown;
            }
            if (info.number() != sig) {
                return ErrorNumbers.EINVAL;
            }
            boolean pretends = info.code() >= 0 || info.code() == Signal.SI_TKILL;
            if (pretends && (to.pid() != current.tid() || to.scope() == Scope.GROUP)) {
                return ErrorNumbers.EPERM;
            }
        }
        return switch (to.scope()) {
            case THREAD -> KillCalls.sendSpecific(current, 0, to.pid(), sig, info);
            case PROCESS -> KillCalls.killProcess(current, to.pid(), sig, info);
            case GROUP -> KillCalls.killGroup(current, to.pid(), sig, info);
        };
    }
}
