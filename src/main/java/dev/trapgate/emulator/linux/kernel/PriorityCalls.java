package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Pids.Subject;
import java.util.List;

/** Nice values: kernel/sys.c and kernel/sched/syscalls.c, Linux 6.18. */
public final class PriorityCalls {

    private static final int PRIO_PROCESS = 0;
    private static final int PRIO_PGRP = 1;
    private static final int PRIO_USER = 2;
    private static final int MIN_NICE = -20;
    private static final int MAX_NICE = 19;
    /** 20 less a nice value is what limits and getpriority(2) count in. */
    private static final int NICE_OFFSET = 20;

    private static final int NICE_WIDTH = 40;

    private PriorityCalls() {}

    /** {@code getpriority(2)}: 20 less the nice value, 1 to 40, so that no answer looks like an error. */
    public static long getpriority(Task current, PtRegs regs) {
        int which = (int) regs.argument(1);
        if (which < PRIO_PROCESS || which > PRIO_USER) {
            return ErrorNumbers.EINVAL;
        }
        return subjects(current, which, (int) regs.argument(2)).stream()
                .mapToLong(subject -> NICE_OFFSET - subject.scheduling().nice())
                .max()
                .orElse(ErrorNumbers.ESRCH);
    }

    /** {@code setpriority(2)}. */
    public static long setpriority(Task current, PtRegs regs) {
        int which = (int) regs.argument(1);
        if (which < PRIO_PROCESS || which > PRIO_USER) {
            return ErrorNumbers.EINVAL;
        }
        int nice = between((int) regs.argument(3), MIN_NICE, MAX_NICE);
        long error = ErrorNumbers.ESRCH;
        for (Subject subject : subjects(current, which, (int) regs.argument(2))) {
            error = setOne(current, subject, nice, error);
        }
        return error;
    }

    /** {@code set_one_prio}: one that cannot be changed spoils the answer, not the others. */
    private static long setOne(Task current, Subject subject, int nice, long error) {
        Credentials own = current.credentials();
        Credentials others = subject.credentials();
        boolean allowed =
                others.uid() == own.euid() || others.euid() == own.euid() || own.capable(Capability.CAP_SYS_NICE);
        if (!allowed) {
            return ErrorNumbers.EPERM;
        }
        if (nice < subject.scheduling().nice() && !canNice(current, nice)) {
            return ErrorNumbers.EACCES;
        }
        subject.scheduling().setNice(nice);
        return error == ErrorNumbers.ESRCH ? 0 : error;
    }

    /** {@code nice(2)}. */
    public static long nice(Task current, PtRegs regs) {
        int increment = between((int) regs.argument(1), -NICE_WIDTH, NICE_WIDTH);
        int nice = between(current.scheduling().nice() + increment, MIN_NICE, MAX_NICE);
        if (increment < 0 && !canNice(current, nice)) {
            return ErrorNumbers.EPERM;
        }
        current.scheduling().setNice(nice);
        return 0;
    }

    private static int between(int value, int least, int most) {
        return Math.max(least, Math.min(most, value));
    }

    /** {@return whether a task may have so low a nice value: {@code can_nice}} */
    public static boolean canNice(Task current, int nice) {
        return isNiceReduction(current, nice) || current.credentials().capable(Capability.CAP_SYS_NICE);
    }

    /** {@return whether the limit allows so low a nice value} */
    public static boolean isNiceReduction(Task current, int nice) {
        long limit = current.process().limits().soft(ResourceLimits.Resource.RLIMIT_NICE);
        return Long.compareUnsigned(NICE_OFFSET - nice, limit) <= 0;
    }

    /** {@return whom PRIO_PROCESS, PRIO_PGRP or PRIO_USER and an id mean; 0 is the caller's own} */
    private static List<Subject> subjects(Task current, int which, int who) {
        if (which == PRIO_PGRP) {
            return Pids.ofGroup(
                    current, who == 0 ? current.process().jobControl().processGroup() : who);
        }
        if (which == PRIO_USER) {
            return Pids.ofUser(current, who == 0 ? current.credentials().uid() : who);
        }
        Subject one = Pids.find(current, who);
        return one == null ? List.of() : List.of(one);
    }
}
