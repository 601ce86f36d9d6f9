package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Task;

/** Keeping pages in memory: mm/mlock.c, Linux 6.18. No page ever leaves the emulated memory; the rules are all there is. */
final class Mlock {

    private static final int MLOCK_ONFAULT = 1;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;
    private static final long SPECIAL = VmFlags.VM_DONTEXPAND;

    private Mlock() {}

    /** {@code mlock(2)}. */
    static long mlock(Task current, PtRegs regs) {
        return lock(current, regs.argument(1), regs.argument(2), VmFlags.VM_LOCKED);
    }

    /** {@code mlock2(2)}. */
    static long mlock2(Task current, PtRegs regs) {
        int flags = (int) regs.argument(3);
        if ((flags & ~MLOCK_ONFAULT) != 0) {
            return ErrorNumbers.EINVAL;
        }
        long onFault = (flags & MLOCK_ONFAULT) != 0 ? VmFlags.VM_LOCKONFAULT : 0;
        return lock(current, regs.argument(1), regs.argument(2), VmFlags.VM_LOCKED | onFault);
    }

    /** {@code munlock(2)}. */
    static long munlock(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        long start = regs.argument(1) & -PageFrames.PAGE_SIZE;
        long size = wholePages(regs.argument(1), regs.argument(2));
        return mm.write(() -> apply(mm, start, size, 0));
    }

    private static long lock(Task current, long address, long length, long flags) {
        Mm mm = current.process().mm();
        if (!canLock(current)) {
            return ErrorNumbers.EPERM;
        }
        long start = address & -PageFrames.PAGE_SIZE;
        long size = wholePages(address, length);
        long result = mm.write(
                () -> isWithinLimit(current, mm, start, size) ? apply(mm, start, size, flags) : ErrorNumbers.ENOMEM);
        return result == 0 ? Populate.locked(mm, start, start + size) : result;
    }

    private static boolean isWithinLimit(Task current, Mm mm, long start, long size) {
        if (current.credentials().capable(Capability.CAP_IPC_LOCK)) {
            return true;
        }
        long limit = mm.limit(Resource.RLIMIT_MEMLOCK) >>> PageFrames.PAGE_SHIFT;
        long wanted = (size >>> PageFrames.PAGE_SHIFT) + mm.tree().lockedPages();
        return wanted <= limit || wanted - lockedWithin(mm, start, start + size) <= limit;
    }

    /** {@code count_mm_mlocked_page_nr}: what is locked already is not counted twice. */
    private static long lockedWithin(Mm mm, long start, long end) {
        return mm.tree().overlapping(start, end).stream()
                .filter(area -> area.has(VmFlags.VM_LOCKED))
                .mapToLong(area -> area.within(start, end).pages())
                .sum();
    }

    /** {@code apply_vma_lock_flags}: changes mapping after mapping up to the first gap. */
    private static long apply(Mm mm, long start, long size, long flags) {
        long end = start + size;
        if (Long.compareUnsigned(end, start) < 0) {
            return ErrorNumbers.EINVAL;
        }
        if (end == start) {
            return 0;
        }
        if (Long.compareUnsigned(start, mm.taskSize()) >= 0 || mm.tree().find(start) == null) {
            return ErrorNumbers.ENOMEM;
        }
        long last = Long.compareUnsigned(end, mm.taskSize()) > 0 ? mm.taskSize() : end;
        long at = start;
        for (Vma area : mm.tree().overlapping(start, last)) {
            if (area.start() > at) {
                return ErrorNumbers.ENOMEM;
            }
            mark(mm, area, start, last, flags);
            at = area.end();
        }
        return Long.compareUnsigned(at, end) >= 0 ? 0 : ErrorNumbers.ENOMEM;
    }

    private static void mark(Mm mm, Vma area, long start, long end, long flags) {
        if ((area.flags() & SPECIAL) == 0 && !area.has(VmFlags.VM_DROPPABLE)) {
            mm.tree()
                    .modify(area, start, end, part -> part.withFlags((part.flags() & ~VmFlags.VM_LOCKED_MASK) | flags));
        }
    }

    /** {@code mlockall(2)}. */
    static long mlockall(Task current, PtRegs regs) {
        int flags = (int) regs.argument(1);
        boolean known = (flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) == 0;
        if (flags == 0 || !known || flags == MCL_ONFAULT) {
            return ErrorNumbers.EINVAL;
        }
        if (!canLock(current)) {
            return ErrorNumbers.EPERM;
        }
        Mm mm = current.process().mm();
        boolean now = (flags & MCL_CURRENT) != 0;
        long result = mm.write(() -> {
            long limit = mm.limit(Resource.RLIMIT_MEMLOCK) >>> PageFrames.PAGE_SHIFT;
            boolean allowed = !now
                    || mm.tree().totalPages() <= limit
                    || current.credentials().capable(Capability.CAP_IPC_LOCK);
            return allowed ? applyToAll(mm, flags) : ErrorNumbers.ENOMEM;
        });
        if (result == 0 && now) {
            Populate.ignoringErrors(mm, 0, mm.taskSize());
        }
        return result;
    }

    /** {@code munlockall(2)}. */
    static long munlockall(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        return mm.write(() -> applyToAll(mm, 0));
    }

    /** {@code apply_mlockall_flags}: MCL_FUTURE alone leaves what is there as it is. */
    private static long applyToAll(Mm mm, int flags) {
        long wanted = VmFlags.VM_LOCKED | ((flags & MCL_ONFAULT) != 0 ? VmFlags.VM_LOCKONFAULT : 0);
        mm.setDefaultFlags((flags & MCL_FUTURE) != 0 ? wanted : 0);
        if ((flags & MCL_FUTURE) != 0 && (flags & MCL_CURRENT) == 0) {
            return 0;
        }
        for (Vma area : mm.areas()) {
            Vma now = mm.tree().find(area.start());
            if (now != null) {
                mark(mm, now, area.start(), area.end(), (flags & MCL_CURRENT) != 0 ? wanted : 0);
            }
        }
        return 0;
    }

    /** {@return whether the task may lock memory at all: {@code can_do_mlock}} */
    static boolean canLock(Task current) {
        return current.process().mm().limit(Resource.RLIMIT_MEMLOCK) != 0
                || current.credentials().capable(Capability.CAP_IPC_LOCK);
    }

    /** {@return whether a new mapping may be locked, if it is to be: {@code mlock_future_ok}} */
    static boolean isFutureOk(Task current, long flags, long size) {
        if ((flags & VmFlags.VM_LOCKED) == 0 || current.credentials().capable(Capability.CAP_IPC_LOCK)) {
            return true;
        }
        Mm mm = current.process().mm();
        long limit = mm.limit(Resource.RLIMIT_MEMLOCK) >>> PageFrames.PAGE_SHIFT;
        return (size >>> PageFrames.PAGE_SHIFT) + mm.tree().lockedPages() <= limit;
    }

    private static long wholePages(long address, long length) {
        return Mm.pageUp(length + (address & PageFrames.PAGE_MASK));
    }
}
