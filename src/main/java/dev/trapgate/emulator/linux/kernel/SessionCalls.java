package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import org.jspecify.annotations.Nullable;

/** Process groups and sessions: kernel/sys.c, Linux 6.18. */
public final class SessionCalls {

    private SessionCalls() {}

    /** {@code getpgrp(2)}. */
    public static long getpgrp(Task current, PtRegs regs) {
        return current.process().jobControl().processGroup();
    }

    /** {@code getpgid(2)}. */
    public static long getpgid(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        JobControl jobs = of(current, pid);
        return jobs == null ? ofNobody(pid) : jobs.processGroup();
    }

    /** {@code getsid(2)}. */
    public static long getsid(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        JobControl jobs = of(current, pid);
        return jobs == null ? ofNobody(pid) : jobs.session();
    }

    private static @Nullable JobControl of(Task current, int pid) {
        KernelProcess process = pid == 0
                ? current.process()
                : current.process().globals().pids().processOf(pid);
        return process == null ? null : process.jobControl();
    }

    /** Init leads its own group and session. */
    private static long ofNobody(int pid) {
        return pid == PidNamespace.INIT ? pid : ErrorNumbers.ESRCH;
    }

    /** {@code setpgid(2)}: of the calling process, or of a child that has executed nothing yet. */
    public static long setpgid(Task current, PtRegs regs) {
        KernelProcess own = current.process();
        int pid = regs.argument(1) == 0 ? own.tgid() : (int) regs.argument(1);
        int group = regs.argument(2) == 0 ? pid : (int) regs.argument(2);
        if (group < 0) {
            return ErrorNumbers.EINVAL;
        }
        PidNamespace pids = own.globals().pids();
        synchronized (pids) {
            KernelProcess process = pids.processOf(pid);
            if (process == null) {
                return ErrorNumbers.ESRCH;
            }
            if (process.tgid() != pid) {
                return ErrorNumbers.EINVAL;
            }
            long refused = mayMove(own, process);
            if (refused != 0) {
                return refused;
            }
            JobControl jobs = process.jobControl();
            if (jobs.leadsSession() || !isThere(pids, group, process, own)) {
                return ErrorNumbers.EPERM;
            }
            jobs.joinGroup(group);
            return 0;
        }
    }

    private static long mayMove(KernelProcess own, KernelProcess process) {
        if (process == own) {
            return 0;
        }
        if (process.parentProcess() != own) {
            return ErrorNumbers.ESRCH;
        }
        if (process.jobControl().session() != own.jobControl().session()) {
            return ErrorNumbers.EPERM;
        }
        return process.family().hasExecuted() ? ErrorNumbers.EACCES : 0;
    }

    /** {@return whether a group is new, or another one of the session} */
    private static boolean isThere(PidNamespace pids, int group, KernelProcess process, KernelProcess own) {
        return group == process.tgid()
                || pids.ofGroup(group).stream()
                        .anyMatch(member -> member.jobControl().session()
                                == own.jobControl().session())
                // A group that was there before the machine's first process.
                || group == process.jobControl().processGroup();
    }

    /** {@code setsid(2)}. */
    public static long setsid(Task current, PtRegs regs) {
        PidNamespace pids = current.process().globals().pids();
        synchronized (pids) {
            JobControl jobs = current.process().jobControl();
            boolean named = !pids.ofGroup(current.process().tgid()).isEmpty();
            if (jobs.leadsSession() || named) {
                return ErrorNumbers.EPERM;
            }
            jobs.lead();
            return jobs.session();
        }
    }
}
