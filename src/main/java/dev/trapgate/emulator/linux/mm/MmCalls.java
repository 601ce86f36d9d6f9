package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The calls that make and end mappings: mm/mmap.c, arch/x86/kernel/sys_ia32.c, mm/mseal.c, Linux 6.18. */
final class MmCalls {

    private static final int OLD_MMAP_ARGUMENTS = 24;
    private static final int HUGE_2MB = 21;
    private static final int HUGE_1GB = 30;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private MmCalls() {}

    /** {@code mmap(2)} of a 64-bit program: the offset is in bytes. */
    static long mmap(Task current, PtRegs regs) {
        long[] arguments = new long[6];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = regs.argument(i + 1);
        }
        return withByteOffset(current, regs, arguments);
    }

    /** {@code old_mmap} of i386, number 90: the arguments are in memory, the offset is in bytes. */
    static long oldMmap(Task current, PtRegs regs) {
        var buffer = current.buffer();
        if (current.uaccess().copyFromUser(buffer, regs.argument(1), OLD_MMAP_ARGUMENTS) != 0) {
            return ErrorNumbers.EFAULT;
        }
        long[] arguments = new long[OLD_MMAP_ARGUMENTS / Integer.BYTES];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = Integer.toUnsignedLong(buffer.get(INT, (long) Integer.BYTES * i));
        }
        return withByteOffset(current, regs, arguments);
    }

    private static long withByteOffset(Task current, PtRegs regs, long[] arguments) {
        if ((arguments[5] & PageFrames.PAGE_MASK) != 0) {
            return ErrorNumbers.EINVAL;
        }
        arguments[5] >>>= PageFrames.PAGE_SHIFT;
        return ksysMmapPgoff(current, regs, arguments);
    }

    /** {@code mmap2(2)} of i386: the offset is in pages. */
    static long mmapPgoff(Task current, PtRegs regs) {
        long[] arguments = new long[6];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = regs.argument(i + 1);
        }
        return ksysMmapPgoff(current, regs, arguments);
    }

    private static long ksysMmapPgoff(Task current, PtRegs regs, long[] arguments) {
        long flags = arguments[3];
        if ((flags & MapFlags.MAP_ANONYMOUS) != 0) {
            long refusal = (flags & MapFlags.MAP_HUGETLB) != 0 ? hugePages(flags, arguments[1]) : 0;
            return refusal != 0
                    ? refusal
                    : new Mmap(current, regs.abi(), null, arguments[1], arguments[2], flags, arguments[5])
                            .at(arguments[0]);
        }
        File file = current.files().get((int) arguments[4]);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return (flags & MapFlags.MAP_HUGETLB) != 0
                    ? ErrorNumbers.EINVAL
                    : new Mmap(current, regs.abi(), file, arguments[1], arguments[2], flags, arguments[5])
                            .at(arguments[0]);
        } finally {
            file.release();
        }
    }

    /** The machine has no huge pages, as a host by default: none can be reserved. */
    private static long hugePages(long flags, long length) {
        int log = (int) (flags >>> MapFlags.MAP_HUGE_SHIFT) & MapFlags.MAP_HUGE_MASK;
        boolean known = log == 0 || log == HUGE_2MB || log == HUGE_1GB;
        return !known || length == 0 ? ErrorNumbers.EINVAL : ErrorNumbers.ENOMEM;
    }

    /** {@code munmap(2)}. */
    static long munmap(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        return mm.write(() -> Munmap.unmap(mm, regs.argument(1), regs.argument(2)));
    }

    /** {@code mseal(2)}. */
    static long mseal(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        long start = regs.argument(1);
        long length = regs.argument(2);
        long size = Mm.pageUp(length);
        boolean overflows = (length != 0 && size == 0) || Long.compareUnsigned(start + size, start) < 0;
        if (regs.argument(3) != 0 || (start & PageFrames.PAGE_MASK) != 0 || overflows) {
            return ErrorNumbers.EINVAL;
        }
        long end = start + size;
        return size == 0 ? 0 : mm.write(() -> seal(mm, start, end));
    }

    private static long seal(Mm mm, long start, long end) {
        if (start < 0 || end < 0 || !mm.tree().covers(start, end)) {
            return ErrorNumbers.ENOMEM;
        }
        mm.tree().overlapping(start, end).forEach(area -> mm.tree()
                .modify(area, start, end, part -> part.withFlags(part.flags() | VmFlags.VM_SEALED)));
        return 0;
    }

    /** {@code remap_file_pages(2)}, which maps the file once more over the range it is told. */
    static long remapFilePages(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        long start = regs.argument(1) & -PageFrames.PAGE_SIZE;
        long size = regs.argument(2) & -PageFrames.PAGE_SIZE;
        long pgoff = regs.argument(4);
        boolean overflows = Long.compareUnsigned(start + size, start) <= 0
                || Long.compareUnsigned(pgoff + (size >>> PageFrames.PAGE_SHIFT), pgoff) < 0;
        if (regs.argument(3) != 0 || overflows || start < 0) {
            return ErrorNumbers.EINVAL;
        }
        Vma area = mm.find(start);
        File file = area == null ? null : area.file();
        if (area == null || file == null || !area.has(VmFlags.VM_SHARED)) {
            return ErrorNumbers.EINVAL;
        }
        if (start + size > area.end() && !continues(mm, area, start + size)) {
            return ErrorNumbers.EINVAL;
        }
        long flags = (regs.argument(5) & MapFlags.MAP_NONBLOCK)
                | MapFlags.MAP_SHARED
                | MapFlags.MAP_FIXED
                | MapFlags.MAP_POPULATE
                | (area.has(VmFlags.VM_LOCKED) ? MapFlags.MAP_LOCKED : 0);
        long place = new Mmap(current, regs.abi(), file, size, area.protection(), flags, pgoff).at(start);
        return Math.min(place, 0);
    }

    /** {@return whether the range goes on in mappings of the same file with the same flags} */
    private static boolean continues(Mm mm, Vma first, long end) {
        synchronized (mm) {
            long at = first.end();
            for (Vma next : mm.tree().overlapping(first.end(), end)) {
                if (next.start() != at || next.file() != first.file() || next.flags() != first.flags()) {
                    return false;
                }
                at = next.end();
            }
            return at >= end;
        }
    }
}
