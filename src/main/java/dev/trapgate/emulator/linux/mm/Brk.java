package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Task;

/** The heap: {@code brk} of mm/mmap.c, Linux 6.18. It answers the end of the heap as it is afterwards. */
final class Brk {

    private static final long DATA_FLAGS =
            VmFlags.VM_READ | VmFlags.VM_WRITE | VmFlags.VM_MAY_FLAGS | VmFlags.VM_ACCOUNT;

    private Brk() {}

    /** {@code brk(2)}. */
    static long brk(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        long end = regs.argument(1);
        long before = mm.brk();
        long after = mm.write(() -> {
            if (move(current, mm, end)) {
                mm.setBrk(end);
            }
            return mm.brk();
        });
        if (after > before && (mm.defaultFlags() & VmFlags.VM_LOCKED) != 0) {
            Populate.ignoringErrors(mm, Mm.pageUp(before), Mm.pageUp(after));
        }
        return after;
    }

    private static boolean move(Task current, Mm mm, long end) {
        long start = mm.brkStart();
        boolean outside = Long.compareUnsigned(end, start) < 0 || Long.compareUnsigned(end, mm.taskSize()) > 0;
        if (outside || Long.compareUnsigned(end - start, mm.limit(Resource.RLIMIT_DATA)) > 0) {
            return false;
        }
        long from = Mm.pageUp(mm.brk());
        long to = Mm.pageUp(end);
        if (to < from) {
            boolean sealed = Munmap.isSealed(mm, to, from);
            if (!sealed) {
                mm.remove(to, from);
            }
            return !sealed;
        }
        return to == from || grow(current, mm, from, to);
    }

    private static boolean grow(Task current, Mm mm, long from, long to) {
        long flags = DATA_FLAGS | mm.defaultFlags();
        long size = to - from;
        long pages = size >>> PageFrames.PAGE_SHIFT;
        Vma next = mm.tree().findOrNext(from);
        boolean taken = next != null && to + PageFrames.PAGE_SIZE > Mm.startWithGap(next);
        boolean allowed = to <= mm.taskSize()
                && !taken
                && Mlock.isFutureOk(current, flags, size)
                && mm.mayExpand(flags, pages)
                && mm.tree().count() <= Mm.MAX_MAP_COUNT
                && mm.isEnoughMemory(pages);
        if (allowed) {
            mm.tree().insert(new Vma(from, to, flags, from >>> PageFrames.PAGE_SHIFT, null, null, null, ""));
        }
        return allowed;
    }
}
