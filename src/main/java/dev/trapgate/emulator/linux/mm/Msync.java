package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.ArrayList;
import java.util.List;

/** Writing mapped files back: mm/msync.c, Linux 6.18. Mappings share the file's pages, so that only the answer matters. */
final class Msync {

    private static final int MS_ASYNC = 1;
    private static final int MS_INVALIDATE = 2;
    private static final int MS_SYNC = 4;

    private Msync() {}

    /** {@code msync(2)}. */
    static long msync(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        long start = regs.argument(1);
        int flags = (int) regs.argument(3);
        boolean unknown = (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) != 0;
        if (unknown || (start & PageFrames.PAGE_MASK) != 0 || (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC)) {
            return ErrorNumbers.EINVAL;
        }
        long end = start + Mm.pageUp(regs.argument(2));
        if (Long.compareUnsigned(end, start) < 0) {
            return ErrorNumbers.ENOMEM;
        }
        if (end == start) {
            return 0;
        }
        List<File> files = new ArrayList<>();
        long result = mm.write(() -> check(mm, start, end, flags, files));
        for (File file : files) {
            long synced = file.operations().fsync(current, file);
            file.release();
            result = result == 0 || result == ErrorNumbers.ENOMEM ? Math.min(synced, result) : result;
        }
        return result;
    }

    private static long check(Mm mm, long start, long end, int flags, List<File> files) {
        long at = start;
        long last = end < 0 || end > mm.taskSize() ? mm.taskSize() : end;
        boolean gap = false;
        for (Vma area : start < 0 ? List.<Vma>of() : mm.tree().overlapping(start, last)) {
            if (area.start() > at) {
                gap = true;
                if (flags == MS_ASYNC) {
                    return ErrorNumbers.ENOMEM;
                }
            }
            if ((flags & MS_INVALIDATE) != 0 && area.has(VmFlags.VM_LOCKED)) {
                return ErrorNumbers.EBUSY;
            }
            File file = area.file();
            if ((flags & MS_SYNC) != 0 && file != null && area.has(VmFlags.VM_SHARED)) {
                files.add(file.acquire());
            }
            at = area.end();
        }
        return gap || at < end || end < 0 ? ErrorNumbers.ENOMEM : 0;
    }
}
