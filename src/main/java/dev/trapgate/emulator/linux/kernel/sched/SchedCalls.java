package dev.trapgate.emulator.linux.kernel.sched;

import static dev.trapgate.emulator.linux.kernel.sched.SchedAttributes.BATCH;
import static dev.trapgate.emulator.linux.kernel.sched.SchedAttributes.DEADLINE;
import static dev.trapgate.emulator.linux.kernel.sched.SchedAttributes.FIFO;
import static dev.trapgate.emulator.linux.kernel.sched.SchedAttributes.IDLE;
import static dev.trapgate.emulator.linux.kernel.sched.SchedAttributes.NORMAL;
import static dev.trapgate.emulator.linux.kernel.sched.SchedAttributes.RR;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Pids;
import dev.trapgate.emulator.linux.kernel.Pids.Subject;
import dev.trapgate.emulator.linux.kernel.PriorityCalls;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import dev.trapgate.emulator.linux.kernel.time.Timespec;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** Policies and priorities: kernel/sched/syscalls.c, Linux 6.18. */
public final class SchedCalls {

    /** SCHED_RESET_ON_FORK, a flag in the policy of the older calls. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    /** SCHED_FLAG_RESET_ON_FORK. */
    static final int FLAG_RESET_ON_FORK = 1;
    /** SCHED_FLAG_KEEP_PARAMS. */
    static final int FLAG_KEEP_PARAMS = 0x10;

    private static final int FLAG_UTIL_CLAMP = 0x60;
    private static final int FLAG_ALL = 0x7f;
    private static final long FLAG_SUGOV = 0x1000_0000;
    private static final int MAX_RT_PRIO = 99;
    private static final long RR_TIMESLICE = 100_000_000;

    private SchedCalls() {}

    /** {@code sched_yield(2)}. */
    public static long schedYield(Task current, PtRegs regs) {
        current.yieldProcessor();
        return 0;
    }

    /** {@code sched_get_priority_max(2)}. */
    public static long getPriorityMax(Task current, PtRegs regs) {
        return ofPolicy((int) regs.argument(1), MAX_RT_PRIO);
    }

    /** {@code sched_get_priority_min(2)}. */
    public static long getPriorityMin(Task current, PtRegs regs) {
        return ofPolicy((int) regs.argument(1), 1);
    }

    private static long ofPolicy(int policy, int realTime) {
        return switch (policy) {
            case FIFO, RR -> realTime;
            // 7 is SCHED_EXT, known by name even where it cannot be had.
            case NORMAL, BATCH, IDLE, DEADLINE, 7 -> 0;
            default -> ErrorNumbers.EINVAL;
        };
    }

    /** {@code sched_getscheduler(2)}. */
    public static long getscheduler(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        if (pid < 0) {
            return ErrorNumbers.EINVAL;
        }
        Subject subject = Pids.find(current, pid);
        if (subject == null) {
            return ErrorNumbers.ESRCH;
        }
        SchedAttributes scheduling = subject.scheduling();
        return scheduling.policy() | (scheduling.resetsOnFork() ? SCHED_RESET_ON_FORK : 0);
    }

    /** {@code sched_getparam(2)}. */
    public static long getparam(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        long to = regs.argument(2);
        if (to == 0 || pid < 0) {
            return ErrorNumbers.EINVAL;
        }
        Subject subject = Pids.find(current, pid);
        if (subject == null) {
            return ErrorNumbers.ESRCH;
        }
        SchedAttributes scheduling = subject.scheduling();
        int priority = scheduling.isRealTime() ? scheduling.priority() : 0;
        return current.uaccess().putUser32(to, priority) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code sched_setscheduler(2)}. */
    public static long setscheduler(Task current, PtRegs regs) {
        int policy = (int) regs.argument(2);
        return policy < 0
                ? ErrorNumbers.EINVAL
                : doSchedSetscheduler(current, (int) regs.argument(1), policy, regs.argument(3));
    }

    /** {@code sched_setparam(2)}. */
    public static long setparam(Task current, PtRegs regs) {
        return doSchedSetscheduler(current, (int) regs.argument(1), SchedAttr.SETPARAM_POLICY, regs.argument(2));
    }

    private static long doSchedSetscheduler(Task current, int pid, int policy, long from) {
        if (from == 0 || pid < 0) {
            return ErrorNumbers.EINVAL;
        }
        long priority = current.uaccess().getUser32(from);
        if (priority < 0) {
            return ErrorNumbers.EFAULT;
        }
        Subject subject = Pids.find(current, pid);
        if (subject == null) {
            return ErrorNumbers.ESRCH;
        }
        SchedAttributes scheduling = subject.scheduling();
        boolean reset = policy != SchedAttr.SETPARAM_POLICY && (policy & SCHED_RESET_ON_FORK) != 0;
        SchedAttr attr = new SchedAttr(
                reset ? policy & ~SCHED_RESET_ON_FORK : policy,
                reset ? FLAG_RESET_ON_FORK : 0,
                scheduling.nice(),
                (int) priority,
                scheduling.customSlice(),
                0,
                0);
        return setAttributes(current, subject, attr);
    }

    /**
     * Sets a thread's policy and parameters: {@code __sched_setscheduler}.
     *
     * @param current the calling task
     * @param subject the thread
     * @param attr what is wanted
     * @return 0 or an error
     */
    static long setAttributes(Task current, Subject subject, SchedAttr attr) {
        SchedAttributes scheduling = subject.scheduling();
        boolean keeps = attr.policy() < 0;
        int policy = keeps ? scheduling.policy() : attr.policy();
        boolean reset = keeps ? scheduling.resetsOnFork() : (attr.flags() & FLAG_RESET_ON_FORK) != 0;
        if (!isValid(policy, attr)) {
            return ErrorNumbers.EINVAL;
        }
        SchedAttr wanted = attr.withPolicy(policy);
        boolean free = isFree(current, subject, wanted) && (reset || !scheduling.resetsOnFork());
        if (!free && !current.credentials().capable(Capability.CAP_SYS_NICE)) {
            return ErrorNumbers.EPERM;
        }
        if ((attr.flags() & FLAG_SUGOV) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if ((attr.flags() & FLAG_UTIL_CLAMP) != 0) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        scheduling.setResetOnFork(reset ? 1 : 0);
        if ((attr.flags() & FLAG_KEEP_PARAMS) == 0) {
            scheduling.set(policy, wanted);
        }
        return 0;
    }

    private static boolean isValid(int policy, SchedAttr attr) {
        boolean known = policy == NORMAL
                || policy == FIFO
                || policy == RR
                || policy == BATCH
                || policy == IDLE
                || policy == DEADLINE;
        boolean inRange = Integer.compareUnsigned(attr.priority(), MAX_RT_PRIO) <= 0;
        boolean fitting = isRealTime(policy) == (attr.priority() != 0);
        return known
                && (attr.flags() & ~(FLAG_ALL | FLAG_SUGOV)) == 0
                && inRange
                && fitting
                && (policy != DEADLINE || attr.isDeadline());
    }

    private static boolean isRealTime(int policy) {
        return policy == FIFO || policy == RR;
    }

    /** {@code user_check_sched_setscheduler}: whether it can be had without CAP_SYS_NICE. */
    private static boolean isFree(Task current, Subject subject, SchedAttr attr) {
        SchedAttributes scheduling = subject.scheduling();
        int policy = attr.policy();
        boolean fair = policy == NORMAL || policy == BATCH;
        if (fair && attr.nice() < scheduling.nice() && !PriorityCalls.isNiceReduction(current, attr.nice())) {
            return false;
        }
        if (isRealTime(policy) && !isRealTimeAllowed(current, scheduling, attr)) {
            return false;
        }
        if (policy == DEADLINE) {
            return false;
        }
        boolean leavesIdle = scheduling.policy() == IDLE && policy != IDLE;
        return !(leavesIdle && !PriorityCalls.isNiceReduction(current, scheduling.nice()))
                && isSameOwner(current.credentials(), subject.credentials());
    }

    private static boolean isRealTimeAllowed(Task current, SchedAttributes scheduling, SchedAttr attr) {
        long limit = current.process().limits().soft(Resource.RLIMIT_RTPRIO);
        boolean changes = attr.policy() != scheduling.policy() && limit == 0;
        boolean rises = attr.priority() > scheduling.priority() && Long.compareUnsigned(attr.priority(), limit) > 0;
        return !changes && !rises;
    }

    /** {@code check_same_owner}. */
    static boolean isSameOwner(Credentials own, Credentials others) {
        return own.euid() == others.euid() || own.euid() == others.uid();
    }

    /** {@code sched_rr_get_interval(2)} with 64-bit fields. */
    public static long rrGetInterval(Task current, PtRegs regs) {
        return rrGetInterval(current, regs, Timespec.Width.BITS_64);
    }

    /** {@code sched_rr_get_interval(2)} with 32-bit fields. */
    public static long rrGetInterval32(Task current, PtRegs regs) {
        return rrGetInterval(current, regs, Timespec.Width.BITS_32);
    }

    /** A fair thread's slice is less than a tick, which is told as 0. */
    private static long rrGetInterval(Task current, PtRegs regs, Timespec.Width width) {
        int pid = (int) regs.argument(1);
        if (pid < 0) {
            return ErrorNumbers.EINVAL;
        }
        Subject subject = Pids.find(current, pid);
        if (subject == null) {
            return ErrorNumbers.ESRCH;
        }
        SchedAttributes scheduling = subject.scheduling();
        boolean fair = scheduling.policy() == NORMAL || scheduling.policy() == BATCH || scheduling.policy() == IDLE;
        long slice = fair ? scheduling.slice() : scheduling.policy() == RR ? RR_TIMESLICE : 0;
        return Timespec.put(current, regs.argument(2), slice / Timekeeper.TICK * Timekeeper.TICK, width);
    }

    /** {@code sched_setaffinity(2)}. */
    public static long setaffinity(Task current, PtRegs regs) {
        int given = (int) Math.min(regs.argument(2) & 0xffff_ffffL, Processors.MASK_SIZE);
        // i386's kernel reads whole words.
        int size = regs.abi().pointerSize() == Integer.BYTES ? (given + 3) & ~3 : given;
        UserStructure mask = new UserStructure(Processors.MASK_SIZE);
        if (current.uaccess().copyFromUser(mask.bytes(), regs.argument(3), size) != 0) {
            return ErrorNumbers.EFAULT;
        }
        Subject subject = Pids.find(current, (int) regs.argument(1));
        if (subject == null) {
            return ErrorNumbers.ESRCH;
        }
        boolean allowed = isSameOwner(current.credentials(), subject.credentials())
                || current.credentials().capable(Capability.CAP_SYS_NICE);
        if (!allowed) {
            return ErrorNumbers.EPERM;
        }
        long wanted = mask.get64(0) & Processors.online();
        if (wanted == 0) {
            return ErrorNumbers.EINVAL;
        }
        subject.scheduling().setAffinity(wanted);
        return 0;
    }

    /** {@code sched_getaffinity(2)}: answers how many bytes it wrote. */
    public static long getaffinity(Task current, PtRegs regs) {
        long room = regs.argument(2) & 0xffff_ffffL;
        // The kernel counts bits in 32 of them.
        boolean tooSmall = Integer.compareUnsigned((int) room * Byte.SIZE, Processors.count()) < 0;
        if (tooSmall || room % regs.abi().pointerSize() != 0) {
            return ErrorNumbers.EINVAL;
        }
        Subject subject = Pids.find(current, (int) regs.argument(1));
        if (subject == null) {
            return ErrorNumbers.ESRCH;
        }
        int size = (int) Math.min(room, Processors.MASK_SIZE);
        UserStructure mask = new UserStructure(Processors.MASK_SIZE);
        mask.set64(0, subject.scheduling().affinity());
        return mask.to(current.uaccess(), regs.argument(3), 0, size) ? size : ErrorNumbers.EFAULT;
    }

    /** {@code getcpu(2)}: either address may be null; the third argument is ignored. There is one node. */
    public static long getcpu(Task current, PtRegs regs) {
        long cpu = regs.argument(1);
        long node = regs.argument(2);
        boolean written = cpu == 0 || current.uaccess().putUser32(cpu, current.processor());
        written &= node == 0 || current.uaccess().putUser32(node, 0);
        return written ? 0 : ErrorNumbers.EFAULT;
    }
}
