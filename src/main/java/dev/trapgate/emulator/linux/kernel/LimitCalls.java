package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Limit;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.mm.UserStructure;
import org.jspecify.annotations.Nullable;

/** The limits of a process: kernel/sys.c, Linux 6.18. */
public final class LimitCalls {

    private static final Resource[] RESOURCES = Resource.values();
    /** COMPAT_RLIM_INFINITY: no limit, or more than 32 bits tell. */
    private static final long COMPAT_INFINITY = 0xffff_ffffL;
    /** The most that the oldest call tells. */
    private static final long OLD_MOST = 0x7fff_ffff;
    /** /proc/sys/fs/nr_open. */
    private static final long NR_OPEN = 1 << 20;

    private LimitCalls() {}

    /** {@code getrlimit(2)}; of i386, {@code ugetrlimit}. */
    public static long getrlimit(Task current, PtRegs regs) {
        Resource resource = resource(regs.argument(1));
        if (resource == null) {
            return ErrorNumbers.EINVAL;
        }
        Limit limit = current.process().limits().get(resource);
        return put(current, regs, limit, COMPAT_INFINITY);
    }

    /** {@code getrlimit} of i386, number 76. */
    public static long oldGetrlimit(Task current, PtRegs regs) {
        Resource resource = resource(regs.argument(1));
        if (resource == null) {
            return ErrorNumbers.EINVAL;
        }
        Limit limit = current.process().limits().get(resource);
        return put(current, regs, limit, OLD_MOST);
    }

    private static long put(Task current, PtRegs regs, Limit limit, long most) {
        int width = regs.abi() == Abi.I386 ? Integer.BYTES : Long.BYTES;
        long cap = width == Integer.BYTES ? most : ResourceLimits.RLIM_INFINITY;
        UserStructure told = new UserStructure(2 * width);
        told.setWord(0, least(limit.soft(), cap), width);
        told.setWord(width, least(limit.hard(), cap), width);
        return told.to(current.uaccess(), regs.argument(2)) ? 0 : ErrorNumbers.EFAULT;
    }

    private static long least(long limit, long cap) {
        return Long.compareUnsigned(limit, cap) > 0 ? cap : limit;
    }

    /** {@code setrlimit(2)}. */
    public static long setrlimit(Task current, PtRegs regs) {
        int width = regs.abi() == Abi.I386 ? Integer.BYTES : Long.BYTES;
        UserStructure wanted = UserStructure.from(current.uaccess(), regs.argument(2), 2 * width);
        if (wanted == null) {
            return ErrorNumbers.EFAULT;
        }
        Limit limit = new Limit(wide(wanted.getWord(0, width), width), wide(wanted.getWord(width, width), width));
        Resource resource = resource(regs.argument(1));
        return resource == null ? ErrorNumbers.EINVAL : set(current, current.process(), resource, limit);
    }

    private static long wide(long limit, int width) {
        return width == Integer.BYTES && limit == COMPAT_INFINITY ? ResourceLimits.RLIM_INFINITY : limit;
    }

    /** {@code prlimit64(2)}: of the calling process; others are foreign. */
    public static long prlimit64(Task current, PtRegs regs) {
        long from = regs.argument(3);
        long to = regs.argument(4);
        UserStructure wanted = from == 0 ? null : UserStructure.from(current.uaccess(), from, 2 * Long.BYTES);
        if (from != 0 && wanted == null) {
            return ErrorNumbers.EFAULT;
        }
        Pids.Subject target = Pids.find(current, (int) regs.argument(1));
        if (target == null) {
            return ErrorNumbers.ESRCH;
        }
        if (!mayLimit(current, target)) {
            return ErrorNumbers.EPERM;
        }
        Resource resource = resource(regs.argument(2));
        if (resource == null) {
            return ErrorNumbers.EINVAL;
        }
        ResourceLimits limits = limits(current, target);
        Limit old = limits.get(resource);
        if (wanted != null) {
            long refused = set(current, limits, resource, new Limit(wanted.get64(0), wanted.get64(Long.BYTES)));
            if (refused != 0) {
                return refused;
            }
        }
        return to == 0 || put64(current, to, old) ? 0 : ErrorNumbers.EFAULT;
    }

    private static boolean put64(Task current, long to, Limit limit) {
        UserStructure told = new UserStructure(2 * Long.BYTES);
        told.set64(0, limit.soft());
        told.set64(Long.BYTES, limit.hard());
        return told.to(current.uaccess(), to);
    }

    private static ResourceLimits limits(Task current, Pids.Subject target) {
        Task task = target.task();
        return task == null ? current.process().parentLimits() : task.process().limits();
    }

    /** {@code check_prlimit_permission}. */
    private static boolean mayLimit(Task current, Pids.Subject target) {
        Credentials own = current.credentials();
        Credentials others = target.credentials();
        boolean sameUser = own.uid() == others.euid() && own.uid() == others.suid() && own.uid() == others.uid();
        boolean sameGroup = own.gid() == others.egid() && own.gid() == others.sgid() && own.gid() == others.gid();
        return target.tid() == current.tid() || (sameUser && sameGroup) || own.capable(Capability.CAP_SYS_RESOURCE);
    }

    private static long set(Task current, KernelProcess process, Resource resource, Limit limit) {
        return set(current, process.limits(), resource, limit);
    }

    /** {@code do_prlimit}. */
    private static long set(Task current, ResourceLimits limits, Resource resource, Limit limit) {
        if (Long.compareUnsigned(limit.soft(), limit.hard()) > 0) {
            return ErrorNumbers.EINVAL;
        }
        boolean tooManyFiles = resource == Resource.RLIMIT_NOFILE && Long.compareUnsigned(limit.hard(), NR_OPEN) > 0;
        boolean raised = Long.compareUnsigned(limit.hard(), limits.get(resource).hard()) > 0;
        if (tooManyFiles || (raised && !current.credentials().capable(Capability.CAP_SYS_RESOURCE))) {
            return ErrorNumbers.EPERM;
        }
        limits.set(resource, limit);
        return 0;
    }

    private static @Nullable Resource resource(long argument) {
        int number = (int) argument;
        return number >= 0 && number < RESOURCES.length ? RESOURCES[number] : null;
    }
}
