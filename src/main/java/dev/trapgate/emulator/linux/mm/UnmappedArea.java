package dev.trapgate.emulator.linux.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/** Where a mapping goes: {@code get_unmapped_area}, arch/x86/kernel/sys_x86_64.c and mm/mmap.c, Linux 6.18. */
final class UnmappedArea {

    private static final long COMPAT_END = 0xf7ff_f000L;
    private static final long LOW_START = 0x4000_0000L;
    private static final long LOW_END = 0x8000_0000L;
    private static final long FOUR_GIB = 1L << 32;

    private UnmappedArea() {}

    /**
     * Finds the place of a mapping; the caller holds the lock.
     *
     * @param mm the program's memory
     * @param abi whose call it is: i386's maps below 4 GiB
     * @param credentials whose rights the caller has
     * @param address the wish, or the place with MAP_FIXED
     * @param size its size in bytes, a multiple of the page size
     * @param flags MAP_* flags
     * @return the address or an error number negated
     */
    static long find(Mm mm, Abi abi, Credentials credentials, long address, long size, int flags) {
        if (Long.compareUnsigned(size, mm.taskSize()) > 0) {
            return ErrorNumbers.ENOMEM;
        }
        long place = (flags & MapFlags.MAP_FIXED) != 0 ? address : search(mm, abi, address, size, flags);
        if (place == -1) {
            return ErrorNumbers.ENOMEM;
        }
        if (Long.compareUnsigned(place, mm.taskSize() - size) > 0) {
            return ErrorNumbers.ENOMEM;
        }
        if ((place & PageFrames.PAGE_MASK) != 0) {
            return ErrorNumbers.EINVAL;
        }
        boolean allowed = place >= Mm.MMAP_MIN_ADDR || credentials.capable(Capability.CAP_SYS_RAWIO);
        return allowed ? place : ErrorNumbers.EPERM;
    }

    private static long search(Mm mm, Abi abi, long address, long size, int flags) {
        boolean compat = abi == Abi.I386;
        if (!compat && (flags & MapFlags.MAP_32BIT) != 0) {
            long hint = hinted(mm, address, size, LOW_END);
            return hint != 0 ? hint : mm.unmappedAreaAbove(size, LOW_START, LOW_END);
        }
        long bound = compat ? Math.min(COMPAT_END, mm.taskSize()) : mm.taskSize();
        long hint = hinted(mm, address, size, compat ? Math.min(FOUR_GIB, mm.taskSize()) : mm.taskSize());
        return hint != 0 ? hint : mm.unmappedArea(size, bound);
    }

    /** {@return the wish where it can be met, else 0} */
    private static long hinted(Mm mm, long address, long size, long end) {
        long hint = address & -PageFrames.PAGE_SIZE;
        if (hint == 0 || Long.compareUnsigned(hint, end - size) > 0 || size > end) {
            return 0;
        }
        Vma next = mm.tree().findOrNext(hint);
        return next == null || hint + size <= Mm.startWithGap(next) ? hint : 0;
    }
}
