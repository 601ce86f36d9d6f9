package dev.trapgate.emulator.linux.block;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Pids;
import dev.trapgate.emulator.linux.kernel.Pids.Subject;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.sched.SchedAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ioprio_set(2)} and {@code ioprio_get(2)}: block/ioprio.c, Linux 6.18. No device heeds the priorities. */
public final class IoprioCalls {

    private static final int WHO_PROCESS = 1;
    private static final int WHO_PGRP = 2;
    private static final int WHO_USER = 3;
    private static final int CLASS_SHIFT = 13;
    private static final int CLASS_MASK = 7;
    private static final int LEVEL_MASK = 7;
    private static final int CLASS_NONE = 0;
    private static final int CLASS_RT = 1;
    private static final int CLASS_BE = 2;
    private static final int CLASS_IDLE = 3;
    private static final int NICE_OFFSET = 20;
    private static final int NICE_PER_LEVEL = 5;

    private IoprioCalls() {}

    /** {@code ioprio_set(2)}. */
    public static long set(Task current, PtRegs regs) {
        int priority = (int) regs.argument(3);
        long refused = check(current, priority);
        if (refused != 0) {
            return refused;
        }
        List<Subject> subjects = subjects(current, (int) regs.argument(1), (int) regs.argument(2));
        if (subjects == null) {
            return ErrorNumbers.EINVAL;
        }
        for (Subject subject : subjects) {
            if (!maySet(current.credentials(), subject.credentials())) {
                return ErrorNumbers.EPERM;
            }
            subject.scheduling().setIoPriority(priority);
        }
        return subjects.isEmpty() ? ErrorNumbers.ESRCH : 0;
    }

    /** {@code ioprio_check_cap}. */
    private static long check(Task current, int priority) {
        Credentials own = current.credentials();
        return switch ((priority >> CLASS_SHIFT) & CLASS_MASK) {
            case CLASS_NONE -> (priority & LEVEL_MASK) == 0 ? 0 : ErrorNumbers.EINVAL;
            case CLASS_RT ->
                own.capable(Capability.CAP_SYS_ADMIN) || own.capable(Capability.CAP_SYS_NICE) ? 0 : ErrorNumbers.EPERM;
            case CLASS_BE, CLASS_IDLE -> 0;
            default -> ErrorNumbers.EINVAL;
        };
    }

    private static boolean maySet(Credentials own, Credentials others) {
        return others.uid() == own.euid() || others.uid() == own.uid() || own.capable(Capability.CAP_SYS_NICE);
    }

    /** {@code ioprio_get(2)}: of one thread what was set, of many the best that they effectively have. */
    public static long get(Task current, PtRegs regs) {
        int which = (int) regs.argument(1);
        List<Subject> subjects = subjects(current, which, (int) regs.argument(2));
        if (subjects == null) {
            return ErrorNumbers.EINVAL;
        }
        return subjects.stream()
                .mapToLong(subject ->
                        which == WHO_PROCESS ? subject.scheduling().ioPriority() : effective(subject.scheduling()))
                .min()
                .orElse(ErrorNumbers.ESRCH);
    }

    /** {@code __get_task_ioprio}: without a class of its own, a thread's policy and nice value say. */
    private static int effective(SchedAttributes scheduling) {
        int set = scheduling.ioPriority();
        if (set >> CLASS_SHIFT != CLASS_NONE) {
            return set;
        }
        int byPolicy = scheduling.policy() == SchedAttributes.IDLE
                ? CLASS_IDLE
                : scheduling.isRealTime() || scheduling.policy() == SchedAttributes.DEADLINE ? CLASS_RT : CLASS_BE;
        return (byPolicy << CLASS_SHIFT) | ((scheduling.nice() + NICE_OFFSET) / NICE_PER_LEVEL);
    }

    private static @Nullable List<Subject> subjects(Task current, int which, int who) {
        return switch (which) {
            case WHO_PROCESS -> {
                Subject one = Pids.find(current, who);
                yield one == null ? List.of() : List.of(one);
            }
            case WHO_PGRP ->
                Pids.ofGroup(current, who == 0 ? current.process().jobControl().processGroup() : who);
            case WHO_USER ->
                Pids.ofUser(current, who == 0 ? current.credentials().uid() : who);
            default -> null;
        };
    }
}
