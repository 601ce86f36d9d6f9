package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** On which nodes memory goes: mm/mempolicy.c, Linux 6.18, on a machine of one node. */
final class Mempolicy {

    private static final int MPOL_DEFAULT = 0;
    private static final int MPOL_PREFERRED = 1;
    private static final int MPOL_BIND = 2;
    private static final int MPOL_INTERLEAVE = 3;
    private static final int MPOL_LOCAL = 4;
    private static final int MPOL_PREFERRED_MANY = 5;
    private static final int MPOL_WEIGHTED_INTERLEAVE = 6;
    private static final int MPOL_MAX = 7;
    private static final int MPOL_F_STATIC_NODES = 0x8000;
    private static final int MPOL_F_RELATIVE_NODES = 0x4000;
    private static final int MPOL_F_NUMA_BALANCING = 0x2000;
    private static final int MODE_FLAGS = MPOL_F_STATIC_NODES | MPOL_F_RELATIVE_NODES | MPOL_F_NUMA_BALANCING;
    private static final int MPOL_F_NODE = 1;
    private static final int MPOL_F_ADDR = 2;
    private static final int MPOL_F_MEMS_ALLOWED = 4;
    private static final int MPOL_MF_STRICT = 1;
    private static final int MPOL_MF_MOVE = 2;
    private static final int MPOL_MF_MOVE_ALL = 4;

    private Mempolicy() {}

    /** A policy that was asked for, or why it cannot be had. */
    private record Wanted(long error, @Nullable MemoryPolicy policy) {

        static Wanted refused(long error) {
            return new Wanted(error, null);
        }
    }

    /** {@code set_mempolicy(2)}. */
    static long setMempolicy(Task current, PtRegs regs) {
        NodeMask mask = new NodeMask(current, regs);
        int mode = (int) regs.argument(1);
        if (!isMode(mode)) {
            return ErrorNumbers.EINVAL;
        }
        long refusal = mask.read(regs.argument(2), regs.argument(3));
        if (refusal != 0) {
            return refusal;
        }
        Wanted wanted = create(mode, mask);
        if (wanted.error() == 0) {
            current.process().mm().setPolicy(current, wanted.policy());
        }
        return wanted.error();
    }

    /** {@code sanitize_mpol_flags}. */
    private static boolean isMode(int mode) {
        int flags = mode & MODE_FLAGS;
        int kind = mode & ~MODE_FLAGS;
        boolean both = (flags & MPOL_F_STATIC_NODES) != 0 && (flags & MPOL_F_RELATIVE_NODES) != 0;
        boolean balances = (flags & MPOL_F_NUMA_BALANCING) == 0 || kind == MPOL_BIND || kind == MPOL_PREFERRED_MANY;
        return Integer.compareUnsigned(kind, MPOL_MAX) < 0 && !both && balances;
    }

    /** {@code mpol_new} and {@code mpol_set_nodemask}. */
    private static Wanted create(int modeAndFlags, NodeMask mask) {
        int flags = modeAndFlags & MODE_FLAGS;
        int mode = modeAndFlags & ~MODE_FLAGS;
        boolean empty = mask.isEmpty();
        boolean fixes = (flags & (MPOL_F_STATIC_NODES | MPOL_F_RELATIVE_NODES)) != 0;
        boolean fits =
                switch (mode) {
                    case MPOL_DEFAULT -> empty;
                    case MPOL_PREFERRED -> !empty || !fixes;
                    case MPOL_LOCAL -> empty && !fixes;
                    default -> !empty;
                };
        if (!fits) {
            return Wanted.refused(ErrorNumbers.EINVAL);
        }
        if (mode == MPOL_DEFAULT) {
            return new Wanted(0, null);
        }
        if (mode == MPOL_LOCAL || (mode == MPOL_PREFERRED && empty)) {
            return new Wanted(0, new MemoryPolicy(MPOL_LOCAL, flags, 0, mask.nodes()));
        }
        boolean relative = (flags & MPOL_F_RELATIVE_NODES) != 0;
        long nodes = relative ? NodeMask.ALL : mask.nodes() & NodeMask.ALL;
        return nodes == 0
                ? Wanted.refused(ErrorNumbers.EINVAL)
                : new Wanted(0, new MemoryPolicy(mode, flags, nodes, mask.nodes()));
    }

    /** {@code get_mempolicy(2)}. */
    static long getMempolicy(Task current, PtRegs regs) {
        long mask = regs.argument(2);
        long maxnode = regs.argument(3);
        long address = regs.argument(4);
        long flags = regs.argument(5);
        boolean allowed = (flags & MPOL_F_MEMS_ALLOWED) != 0;
        if ((mask != 0 && maxnode == 0)
                || (flags & ~(MPOL_F_NODE | MPOL_F_ADDR | MPOL_F_MEMS_ALLOWED)) != 0
                || (allowed && (flags & (MPOL_F_NODE | MPOL_F_ADDR)) != 0)) {
            return ErrorNumbers.EINVAL;
        }
        if (allowed) {
            return answer(current, regs, 0, NodeMask.ALL);
        }
        return told(current, regs, address, flags);
    }

    private static long told(Task current, PtRegs regs, long address, long flags) {
        Mm mm = current.process().mm();
        MemoryPolicy policy = mm.policy(current);
        if ((flags & MPOL_F_ADDR) != 0) {
            Vma area = mm.find(address);
            if (area == null) {
                return ErrorNumbers.EFAULT;
            }
            policy = area.policy() == null ? policy : area.policy();
        } else if (address != 0) {
            return ErrorNumbers.EINVAL;
        }
        long value;
        if ((flags & MPOL_F_NODE) == 0) {
            value = policy == null ? MPOL_DEFAULT : policy.mode() | policy.modeFlags();
        } else if ((flags & MPOL_F_ADDR) != 0) {
            // Node 0, once the page is there: lookup_node touches it.
            value = touched(mm, address);
        } else {
            boolean interleaves =
                    policy != null && (policy.mode() == MPOL_INTERLEAVE || policy.mode() == MPOL_WEIGHTED_INTERLEAVE);
            value = interleaves ? 0 : ErrorNumbers.EINVAL;
        }
        return value < 0 ? value : answer(current, regs, value, shown(policy));
    }

    private static long touched(Mm mm, long address) {
        FaultOutcome outcome = mm.handleFault(address, 0);
        return outcome == FaultOutcome.HANDLED ? 0 : ErrorNumbers.EFAULT;
    }

    private static long shown(@Nullable MemoryPolicy policy) {
        if (policy == null) {
            return 0;
        }
        boolean keepsWish = (policy.modeFlags() & (MPOL_F_STATIC_NODES | MPOL_F_RELATIVE_NODES)) != 0;
        return keepsWish ? policy.userNodes() : policy.nodes();
    }

    private static long answer(Task current, PtRegs regs, long value, long nodes) {
        if (regs.argument(1) != 0 && !current.uaccess().putUser32(regs.argument(1), value)) {
            return ErrorNumbers.EFAULT;
        }
        return regs.argument(2) == 0 ? 0 : new NodeMask(current, regs).write(regs.argument(2), regs.argument(3), nodes);
    }

    /** {@code mbind(2)}. */
    static long mbind(Task current, PtRegs regs) {
        long start = regs.argument(1);
        int mode = (int) regs.argument(3);
        long flags = regs.argument(6) & 0xffff_ffffL;
        NodeMask mask = new NodeMask(current, regs);
        if (!isMode(mode)) {
            return ErrorNumbers.EINVAL;
        }
        long refusal = mask.read(regs.argument(4), regs.argument(5));
        if (refusal == 0) {
            refusal = checkMove(current, flags, MPOL_MF_STRICT | MPOL_MF_MOVE | MPOL_MF_MOVE_ALL);
        }
        if (refusal != 0) {
            return refusal;
        }
        long end = start + Mm.pageUp(regs.argument(2));
        if ((start & PageFrames.PAGE_MASK) != 0 || Long.compareUnsigned(end, start) < 0) {
            return ErrorNumbers.EINVAL;
        }
        if (end == start) {
            return 0;
        }
        Wanted wanted = create(mode, mask);
        Mm mm = current.process().mm();
        return wanted.error() != 0 ? wanted.error() : mm.write(() -> bind(mm, start, end, wanted.policy()));
    }

    private static long checkMove(Task current, long flags, int known) {
        if ((flags & ~known) != 0) {
            return ErrorNumbers.EINVAL;
        }
        boolean all = (flags & MPOL_MF_MOVE_ALL) != 0;
        return all && !current.credentials().capable(Capability.CAP_SYS_NICE) ? ErrorNumbers.EPERM : 0;
    }

    /** Only the default policy may be given to a range with gaps; the range must begin in a mapping even then. */
    private static long bind(Mm mm, long start, long end, @Nullable MemoryPolicy policy) {
        long last = end < 0 || end > mm.taskSize() ? mm.taskSize() : end;
        List<Vma> areas = start < 0 ? List.of() : mm.tree().overlapping(start, last);
        boolean gaps = areas.isEmpty() || !mm.tree().covers(start, last) || last != end;
        if (areas.isEmpty() || (policy != null && gaps)) {
            return ErrorNumbers.EFAULT;
        }
        areas.forEach(area -> mm.tree().modify(area, start, last, part -> part.withPolicy(policy)));
        return 0;
    }

    /** {@code set_mempolicy_home_node(2)}. */
    static long setHomeNode(Task current, PtRegs regs) {
        long start = regs.argument(1);
        long end = start + Mm.pageUp(regs.argument(2));
        if ((start & PageFrames.PAGE_MASK) != 0
                || regs.argument(4) != 0
                || regs.argument(3) != 0
                || Long.compareUnsigned(end, start) < 0) {
            return ErrorNumbers.EINVAL;
        }
        if (end == start) {
            return 0;
        }
        Mm mm = current.process().mm();
        return mm.write(() -> homeNode(mm, start, end));
    }

    private static long homeNode(Mm mm, long start, long end) {
        long last = end < 0 || end > mm.taskSize() ? mm.taskSize() : end;
        long result = ErrorNumbers.ENOENT;
        for (Vma area : start < 0 ? List.<Vma>of() : mm.tree().overlapping(start, last)) {
            MemoryPolicy policy = area.policy();
            if (policy != null) {
                if (policy.mode() != MPOL_BIND && policy.mode() != MPOL_PREFERRED_MANY) {
                    return ErrorNumbers.EOPNOTSUPP;
                }
                result = 0;
            }
        }
        return result;
    }

    /** {@code migrate_pages(2)}: from the only node to the only node. */
    static long migratePages(Task current, PtRegs regs) {
        NodeMask from = new NodeMask(current, regs);
        NodeMask to = new NodeMask(current, regs);
        long maxnode = regs.argument(2);
        long refusal = from.read(regs.argument(3), maxnode);
        if (refusal == 0) {
            refusal = to.read(regs.argument(4), maxnode);
        }
        if (refusal != 0) {
            return refusal;
        }
        if (!isSelf(current, (int) regs.argument(1))) {
            return ErrorNumbers.ESRCH;
        }
        if (to.hasUnknown() && !current.credentials().capable(Capability.CAP_SYS_NICE)) {
            return ErrorNumbers.EPERM;
        }
        return (to.nodes() & NodeMask.ALL) == 0 ? ErrorNumbers.EINVAL : 0;
    }

    static boolean isSelf(Task current, int pid) {
        return pid == 0 || pid == current.process().tgid() || pid == current.tid();
    }

    /** {@code move_pages(2)}: tells where pages are, which is node 0 or nowhere. */
    static long movePages(Task current, PtRegs regs) {
        long refusal = checkMove(current, regs.argument(6) & 0xffff_ffffL, MPOL_MF_MOVE | MPOL_MF_MOVE_ALL);
        if (refusal != 0) {
            return refusal;
        }
        return isSelf(current, (int) regs.argument(1)) ? MovePages.of(current, regs) : ErrorNumbers.ESRCH;
    }
}
