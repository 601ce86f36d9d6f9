package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/** Unmapping: {@code do_vmi_munmap} of mm/vma.c, Linux 6.18. */
final class Munmap {

    private Munmap() {}

    /**
     * Unmaps a range; the caller holds the lock.
     *
     * @param mm the program's memory
     * @param start its first byte
     * @param length how many bytes
     * @return 0 or an error number negated
     */
    static long unmap(Mm mm, long start, long length) {
        boolean outside = Long.compareUnsigned(start, mm.taskSize()) > 0
                || Long.compareUnsigned(length, mm.taskSize() - start) > 0;
        long end = start + Mm.pageUp(length);
        if ((start & PageFrames.PAGE_MASK) != 0 || outside || end == start) {
            return ErrorNumbers.EINVAL;
        }
        Vma first = mm.tree().find(start);
        boolean splits = first != null && first.start() < start && end < first.end();
        if (splits && mm.tree().count() >= Mm.MAX_MAP_COUNT) {
            return ErrorNumbers.ENOMEM;
        }
        if (isSealed(mm, start, end)) {
            return ErrorNumbers.EPERM;
        }
        mm.remove(start, end);
        return 0;
    }

    /** {@return whether a part of a range is sealed} */
    static boolean isSealed(Mm mm, long start, long end) {
        return mm.tree().overlapping(start, end).stream().anyMatch(area -> area.has(VmFlags.VM_SEALED));
    }
}
