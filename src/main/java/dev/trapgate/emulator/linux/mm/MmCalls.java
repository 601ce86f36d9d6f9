package dev.trapgate.emulator.linux.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** The calls that map memory, anonymous so far: mm/mmap.c, mm/mprotect.c, Linux 5.17. */
public final class MmCalls {

    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_TYPE = 0xf;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_32BIT = 0x40;
    private static final int MAP_FIXED_NOREPLACE = 0x10_0000;
    private static final int PROT_ALL = Mm.PROT_READ | Mm.PROT_WRITE | Mm.PROT_EXEC;
    private static final int PROT_GROWS = 0x0300_0000;
    private static final int PROT_SEM = 8;
    private static final long OFFSET_MASK = PageFrames.PAGE_MASK;
    private static final long MMAP_32BIT_END = 0x8000_0000L;
    private static final long COMPAT_END = 0xf7ff_f000L;
    private static final int OLD_MMAP_ARGUMENTS = 24;

    private MmCalls() {}

    /** {@code brk(2)}: always answers the end of the heap as it is afterwards. */
    public static long brk(Task current, PtRegs regs) {
        return current.process().mm().brk(regs.argument(1));
    }

    /** {@code mmap(2)} of a 64-bit program: the offset is in bytes. */
    public static long mmap(Task current, PtRegs regs) {
        if ((regs.argument(6) & OFFSET_MASK) != 0) {
            return ErrorNumbers.EINVAL;
        }
        return ksysMmap(
                current,
                regs,
                regs.argument(1),
                regs.argument(2),
                regs.argument(3),
                regs.argument(4),
                regs.argument(5));
    }

    /** {@code mmap2(2)} of i386: the offset is in pages. */
    public static long mmapPgoff(Task current, PtRegs regs) {
        return ksysMmap(
                current,
                regs,
                regs.argument(1),
                regs.argument(2),
                regs.argument(3),
                regs.argument(4),
                regs.argument(5));
    }

    /** {@code old_mmap} of i386, number 90: the arguments are in memory. */
    public static long oldMmap(Task current, PtRegs regs) {
        var buffer = current.buffer();
        if (current.uaccess().copyFromUser(buffer, regs.argument(1), OLD_MMAP_ARGUMENTS) != 0) {
            return ErrorNumbers.EFAULT;
        }
        long[] words = new long[OLD_MMAP_ARGUMENTS / 4];
        for (int i = 0; i < words.length; i++) {
            words[i] = buffer.get(
                            java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED.withOrder(
                                    java.nio.ByteOrder.LITTLE_ENDIAN),
                            4L * i)
                    & 0xffff_ffffL;
        }
        return (words[5] & OFFSET_MASK) != 0
                ? ErrorNumbers.EINVAL
                : ksysMmap(current, regs, words[0], words[1], words[2], words[3], words[4]);
    }

    private static long ksysMmap(Task current, PtRegs regs, long address, long length, long prot, long flags, long fd) {
        Mm mm = current.process().mm();
        if ((flags & MAP_ANONYMOUS) == 0) {
            return current.files().nextOpen((int) fd) != (int) fd ? ErrorNumbers.EBADF : ErrorNumbers.ENODEV;
        }
        if (length == 0) {
            return ErrorNumbers.EINVAL;
        }
        long size = Mm.pageUp(length);
        if (size == 0 || Long.compareUnsigned(size, mm.taskSize()) > 0) {
            return ErrorNumbers.ENOMEM;
        }
        int type = (int) flags & MAP_TYPE;
        if (type != MAP_SHARED && type != MAP_PRIVATE) {
            return ErrorNumbers.EINVAL;
        }
        long place = place(mm, regs.abi(), address, size, flags);
        if (place < 0) {
            return place;
        }
        Vma area = new Vma(place, place + size, (int) prot & PROT_ALL, "");
        return mm.map(area, null) ? place : ErrorNumbers.ENOMEM;
    }

    /** Finds the place: {@code get_unmapped_area}. */
    private static long place(Mm mm, Abi abi, long address, long size, long flags) {
        boolean fixed = (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0;
        long last = mm.taskSize() - size;
        if (fixed) {
            if (Long.compareUnsigned(address, last) > 0) {
                return ErrorNumbers.ENOMEM;
            }
            if ((address & OFFSET_MASK) != 0) {
                return ErrorNumbers.EINVAL;
            }
            boolean taken = (flags & MAP_FIXED_NOREPLACE) != 0 && !mm.isFree(address, address + size);
            return taken ? ErrorNumbers.EEXIST : address;
        }
        long hint = Mm.pageUp(address);
        if (address != 0 && Long.compareUnsigned(hint, last) <= 0 && mm.isFree(hint, hint + size)) {
            return hint;
        }
        long found = mm.unmappedArea(
                size, (flags & MAP_32BIT) != 0 ? MMAP_32BIT_END : abi == Abi.I386 ? COMPAT_END : mm.taskSize());
        return found < 0 ? ErrorNumbers.ENOMEM : found;
    }

    /** {@code munmap(2)}. */
    public static long munmap(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        long start = regs.argument(1);
        long length = regs.argument(2);
        boolean outside = Long.compareUnsigned(start, mm.taskSize()) > 0
                || Long.compareUnsigned(length, mm.taskSize() - start) > 0;
        if ((start & OFFSET_MASK) != 0 || outside || length == 0) {
            return ErrorNumbers.EINVAL;
        }
        mm.unmap(start, start + Mm.pageUp(length));
        return 0;
    }

    /** {@code mprotect(2)}. */
    public static long mprotect(Task current, PtRegs regs) {
        Mm mm = current.process().mm();
        long start = regs.argument(1);
        long length = regs.argument(2);
        long prot = regs.argument(3) & ~PROT_GROWS;
        if ((regs.argument(3) & PROT_GROWS) == PROT_GROWS || (start & OFFSET_MASK) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if (length == 0) {
            return 0;
        }
        long end = start + Mm.pageUp(length);
        if (Long.compareUnsigned(end, start) <= 0) {
            return ErrorNumbers.ENOMEM;
        }
        if ((prot & ~(PROT_ALL | PROT_SEM)) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if (Long.compareUnsigned(end, mm.taskSize()) > 0) {
            return ErrorNumbers.ENOMEM;
        }
        return mm.protect(start, end, (int) prot & PROT_ALL) ? 0 : ErrorNumbers.ENOMEM;
    }
}
