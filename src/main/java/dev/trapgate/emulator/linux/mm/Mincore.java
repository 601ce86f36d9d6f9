package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Which pages are in memory: mm/mincore.c, Linux 6.18. */
final class Mincore {

    private Mincore() {}

    /** {@code mincore(2)}: a byte a page, up to the first gap. */
    static long mincore(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        long start = regs.argument(1);
        long length = regs.argument(2);
        long vector = regs.argument(3);
        if ((start & PageFrames.PAGE_MASK) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if (!current.uaccess().accessOk(start, length)) {
            return ErrorNumbers.ENOMEM;
        }
        long end = start + Mm.pageUp(length);
        if (!current.uaccess().accessOk(vector, (end - start) >>> PageFrames.PAGE_SHIFT)) {
            return ErrorNumbers.EFAULT;
        }
        MemorySegment answers = MemorySegment.ofArray(new byte[PageFrames.PAGE_SIZE]);
        long at = start;
        while (at < end) {
            int count = mapped(current, mm, at, end, answers);
            if (count == 0) {
                return ErrorNumbers.ENOMEM;
            }
            long to = vector + ((at - start) >>> PageFrames.PAGE_SHIFT);
            if (current.uaccess().copyToUser(to, answers, count) != 0) {
                return ErrorNumbers.EFAULT;
            }
            at += (long) count << PageFrames.PAGE_SHIFT;
        }
        return 0;
    }

    /** {@code do_mincore}: as many pages of one mapping as fit. */
    private static int mapped(Task current, Mm mm, long start, long end, MemorySegment answers) {
        synchronized (mm) {
            Vma area = mm.tree().find(start);
            if (area == null) {
                return 0;
            }
            long last = Math.min(end, area.end());
            int count = (int) Math.min((last - start) >>> PageFrames.PAGE_SHIFT, answers.byteSize());
            boolean open = isOpen(current, area);
            for (int i = 0; i < count; i++) {
                long page = start + ((long) i << PageFrames.PAGE_SHIFT);
                boolean there = !open || isResident(mm, area, page);
                answers.set(ValueLayout.JAVA_BYTE, i, (byte) (there ? 1 : 0));
            }
            return count;
        }
    }

    /** {@code can_do_mincore}: of files, only those that the task may write or owns tell. */
    private static boolean isOpen(Task current, Vma area) {
        File file = area.file();
        if (file == null || area.cache() == null) {
            return true;
        }
        return mayWrite(current.credentials(), file.inode());
    }

    /** {@return whether it is the task's own or may be written by it} */
    static boolean mayWrite(Credentials credentials, Inode inode) {
        if (credentials.fsuid() == inode.uid() || credentials.fsuid() == 0) {
            return true;
        }
        int bits = credentials.inGroup(inode.gid()) ? inode.mode() >> 3 : inode.mode();
        return (bits & 2) != 0;
    }

    private static boolean isResident(Mm mm, Vma area, long page) {
        Pte there = mm.pages().find(page);
        if (there != null) {
            return there.kind() != Pte.Kind.GUARD;
        }
        PageCache cache = area.cache();
        return cache != null && cache.find(area.index(page)) != null;
    }
}
