package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;

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
        if (isParent(current, pid)) {
            return pid;
        }
        return Pids.task(current, pid) == null
                ? ErrorNumbers.ESRCH
                : current.process().jobControl().processGroup();
    }

    /** {@code getsid(2)}. */
    public static long getsid(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        if (isParent(current, pid)) {
            return pid;
        }
        return Pids.task(current, pid) == null
                ? ErrorNumbers.ESRCH
                : current.process().jobControl().session();
    }

    /** {@code setpgid(2)}: of the calling process, which has no children. */
    public static long setpgid(Task current, PtRegs regs) {
        KernelProcess process = current.process();
        int pid = regs.argument(1) == 0 ? process.tgid() : (int) regs.argument(1);
        int group = regs.argument(2) == 0 ? pid : (int) regs.argument(2);
        if (group < 0) {
            return ErrorNumbers.EINVAL;
        }
        if (pid != process.tgid()) {
            boolean thread = Pids.task(current, pid) != null;
            return thread ? ErrorNumbers.EINVAL : ErrorNumbers.ESRCH;
        }
        JobControl jobs = process.jobControl();
        if (jobs.leadsSession() || (group != pid && group != jobs.processGroup())) {
            return ErrorNumbers.EPERM;
        }
        jobs.joinGroup(group);
        return 0;
    }

    /** {@code setsid(2)}. */
    public static long setsid(Task current, PtRegs regs) {
        JobControl jobs = current.process().jobControl();
        if (jobs.leadsSession() || jobs.leadsGroup()) {
            return ErrorNumbers.EPERM;
        }
        jobs.lead();
        return jobs.session();
    }

    private static boolean isParent(Task current, int pid) {
        return pid == current.process().parent();
    }
}
