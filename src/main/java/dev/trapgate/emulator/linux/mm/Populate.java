package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/** Touching pages before the program does: {@code __mm_populate} of mm/gup.c, Linux 6.18. */
final class Populate {

    private Populate() {}

    /** Touches what can be touched of a range. */
    static void ignoringErrors(Mm mm, long start, long end) {
        synchronized (mm) {
            for (Vma area : mm.tree().overlapping(start, end)) {
                touch(mm, area, Math.max(start, area.start()), Math.min(end, area.end()));
            }
        }
    }

    /**
     * Touches all of a range, as mlock(2) does: up to the first page that cannot be.
     *
     * @return 0, −ENOMEM where there is no mapping or no access, −EAGAIN where there is no memory
     */
    static long locked(Mm mm, long start, long end) {
        if (start == end) {
            return 0;
        }
        synchronized (mm) {
            for (Vma area : mm.tree().overlapping(start, end)) {
                FaultOutcome outcome = touch(mm, area, Math.max(start, area.start()), Math.min(end, area.end()));
                if (outcome != FaultOutcome.HANDLED) {
                    return outcome == FaultOutcome.OUT_OF_MEMORY ? ErrorNumbers.EAGAIN : ErrorNumbers.ENOMEM;
                }
            }
        }
        return 0;
    }

    /** Touches pages as an access by the program would, to write where it may and the page is its own. */
    private static FaultOutcome touch(Mm mm, Vma area, long start, long end) {
        boolean own = (area.flags() & (VmFlags.VM_WRITE | VmFlags.VM_SHARED)) == VmFlags.VM_WRITE;
        if (area.has(VmFlags.VM_LOCKONFAULT)) {
            return FaultOutcome.HANDLED;
        }
        if (!area.isAccessible()) {
            return FaultOutcome.NOT_ALLOWED;
        }
        return touch(mm, area, start, end, own ? PageFaults.Access.WRITE : PageFaults.Access.READ);
    }

    /** Touches pages of one mapping. */
    static FaultOutcome touch(Mm mm, Vma area, long start, long end, PageFaults.Access access) {
        for (long page = start; page < end; page += PageFrames.PAGE_SIZE) {
            Vma now = mm.tree().find(page);
            FaultOutcome outcome = mm.faults().bring(now == null ? area : now, page, access);
            if (outcome != FaultOutcome.HANDLED) {
                return outcome;
            }
        }
        return FaultOutcome.HANDLED;
    }
}
