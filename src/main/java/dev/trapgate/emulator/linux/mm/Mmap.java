package dev.trapgate.emulator.linux.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** Making a mapping: {@code do_mmap} of mm/mmap.c and {@code mmap_region} of mm/vma.c, Linux 6.18. */
final class Mmap {

    private static final int SHIFT = PageFrames.PAGE_SHIFT;
    private static final long MAX_FILE_PAGES = Long.MAX_VALUE >>> SHIFT;
    private static final int PROT_ALL = Mm.PROT_READ | Mm.PROT_WRITE | Mm.PROT_EXEC;

    private final Task current;
    private final Mm mm;
    private final Abi abi;
    private final @Nullable File file;
    private final long length;
    private final int prot;
    private int flags;
    private long vmFlags;
    private long pgoff;

    /**
     * Asks for a mapping.
     *
     * @param current the calling task
     * @param abi whose call it is
     * @param file what to map; null for anonymous memory
     * @param length how many bytes, as the program said
     * @param prot PROT_* flags
     * @param flags MAP_* flags
     * @param pgoff the first page's index in the file
     */
    Mmap(Task current, Abi abi, @Nullable File file, long length, long prot, long flags, long pgoff) {
        this.current = current;
        this.mm = current.process().mm();
        this.abi = abi;
        this.file = file;
        this.length = length;
        this.prot = (int) prot & PROT_ALL;
        this.flags = (int) flags;
        this.pgoff = pgoff;
    }

    /** {@return where the mapping is, or an error number negated; with MAP_POPULATE its pages are there} */
    long at(long address) {
        long place = mm.write(() -> doMmap(address));
        boolean populate = (vmFlags & VmFlags.VM_LOCKED) != 0
                || (flags & (MapFlags.MAP_POPULATE | MapFlags.MAP_NONBLOCK)) == MapFlags.MAP_POPULATE;
        if (place >= 0 && populate) {
            Populate.ignoringErrors(mm, place, place + Mm.pageUp(length));
        }
        return place;
    }

    private long doMmap(long address) {
        if (length == 0) {
            return ErrorNumbers.EINVAL;
        }
        if ((flags & MapFlags.MAP_FIXED_NOREPLACE) != 0) {
            flags |= MapFlags.MAP_FIXED;
        }
        long size = Mm.pageUp(length);
        if (size == 0) {
            return ErrorNumbers.ENOMEM;
        }
        if (Long.compareUnsigned(pgoff + (size >>> SHIFT), pgoff) < 0) {
            return ErrorNumbers.EOVERFLOW;
        }
        if (mm.tree().count() > Mm.MAX_MAP_COUNT) {
            return ErrorNumbers.ENOMEM;
        }
        long wish = (flags & MapFlags.MAP_FIXED) != 0 ? address : roundHintToMin(address);
        long place = UnmappedArea.find(mm, abi, current.credentials(), wish, size, flags);
        if (place < 0) {
            return place;
        }
        if ((flags & MapFlags.MAP_FIXED_NOREPLACE) != 0 && !mm.tree().isFree(place, place + size)) {
            return ErrorNumbers.EEXIST;
        }
        vmFlags = prot | VmFlags.VM_MAY_FLAGS | mm.defaultFlags() | calcFlagBits();
        long refusal = checkLock(size);
        if (refusal == 0) {
            refusal = file == null ? checkAnonymous(place) : checkFile(file, size);
        }
        return refusal == 0 ? region(place, size) : refusal;
    }

    private static long roundHintToMin(long hint) {
        long page = hint & -PageFrames.PAGE_SIZE;
        return hint != 0 && Long.compareUnsigned(page, Mm.MMAP_MIN_ADDR) < 0 ? Mm.MMAP_MIN_ADDR : page;
    }

    private long calcFlagBits() {
        return ((flags & MapFlags.MAP_GROWSDOWN) != 0 ? VmFlags.VM_GROWSDOWN : 0)
                | ((flags & MapFlags.MAP_LOCKED) != 0 ? VmFlags.VM_LOCKED : 0)
                | ((flags & MapFlags.MAP_STACK) != 0 ? VmFlags.VM_NOHUGEPAGE : 0);
    }

    private long checkLock(long size) {
        if ((flags & MapFlags.MAP_LOCKED) != 0 && !Mlock.canLock(current)) {
            return ErrorNumbers.EPERM;
        }
        return Mlock.isFutureOk(current, vmFlags, size) ? 0 : ErrorNumbers.EAGAIN;
    }

    private long checkFile(File mapped, long size) {
        boolean tooFar =
                mapped.inode().pages() != null && (pgoff > MAX_FILE_PAGES || pgoff + (size >>> SHIFT) > MAX_FILE_PAGES);
        if (tooFar) {
            return ErrorNumbers.EOVERFLOW;
        }
        int type = flags & MapFlags.MAP_TYPE;
        long refusal =
                switch (type) {
                    case MapFlags.MAP_SHARED -> checkShared(mapped);
                    case MapFlags.MAP_SHARED_VALIDATE ->
                        (flags & ~MapFlags.LEGACY_MAP_MASK) != 0 ? ErrorNumbers.EOPNOTSUPP : checkShared(mapped);
                    case MapFlags.MAP_PRIVATE -> 0;
                    default -> ErrorNumbers.EINVAL;
                };
        if (refusal != 0) {
            return refusal;
        }
        if (!mapped.mayRead()) {
            return ErrorNumbers.EACCES;
        }
        long answer = mapped.operations().mmap(mapped, vmFlags);
        if (answer == ErrorNumbers.ENODEV) {
            return answer;
        }
        if ((vmFlags & VmFlags.VM_GROWSDOWN) != 0) {
            return ErrorNumbers.EINVAL;
        }
        vmFlags = answer < 0 ? vmFlags : answer;
        return Math.min(answer, 0);
    }

    private long checkShared(File mapped) {
        if ((prot & Mm.PROT_WRITE) != 0 && !mapped.mayWrite()) {
            return ErrorNumbers.EACCES;
        }
        vmFlags |= VmFlags.VM_SHARED | VmFlags.VM_MAYSHARE;
        if (!mapped.mayWrite()) {
            vmFlags &= ~(VmFlags.VM_MAYWRITE | VmFlags.VM_SHARED);
        }
        return 0;
    }

    private long checkAnonymous(long place) {
        boolean grows = (vmFlags & VmFlags.VM_GROWSDOWN) != 0;
        return switch (flags & MapFlags.MAP_TYPE) {
            case MapFlags.MAP_SHARED -> {
                pgoff = 0;
                vmFlags |= VmFlags.VM_SHARED | VmFlags.VM_MAYSHARE;
                yield grows ? ErrorNumbers.EINVAL : 0;
            }
            case MapFlags.MAP_DROPPABLE -> {
                boolean fits = abi.pointerSize() == Long.BYTES
                        && !grows
                        && (flags & (MapFlags.MAP_LOCKED | MapFlags.MAP_HUGETLB)) == 0;
                vmFlags = (vmFlags & ~VmFlags.VM_LOCKED_MASK)
                        | VmFlags.VM_DROPPABLE
                        | VmFlags.VM_NORESERVE
                        | VmFlags.VM_WIPEONFORK
                        | VmFlags.VM_DONTDUMP;
                pgoff = place >>> SHIFT;
                yield fits ? 0 : ErrorNumbers.EINVAL;
            }
            case MapFlags.MAP_PRIVATE -> {
                pgoff = place >>> SHIFT;
                yield 0;
            }
            default -> ErrorNumbers.EINVAL;
        };
    }

    /** {@code mmap_region}: what the place held goes first, and then nothing can fail any more. */
    private long region(long place, long size) {
        if ((flags & MapFlags.MAP_NORESERVE) != 0) {
            vmFlags |= VmFlags.VM_NORESERVE;
        }
        long end = place + size;
        if (Munmap.isSealed(mm, place, end)) {
            return ErrorNumbers.EPERM;
        }
        long overlap = mm.tree().overlapping(place, end).stream()
                .mapToLong(area -> area.within(place, end).pages())
                .sum();
        boolean accounted =
                (vmFlags & (VmFlags.VM_NORESERVE | VmFlags.VM_SHARED | VmFlags.VM_WRITE)) == VmFlags.VM_WRITE;
        boolean isSharedMemory =
                (vmFlags & (VmFlags.VM_SHARED | VmFlags.VM_NORESERVE)) == VmFlags.VM_SHARED && cacheless();
        if (!mm.mayExpand(vmFlags, (size >>> SHIFT) - overlap)
                || ((accounted || isSharedMemory) && !mm.isEnoughMemory(size >>> SHIFT))) {
            return ErrorNumbers.ENOMEM;
        }
        vmFlags |= accounted ? VmFlags.VM_ACCOUNT : 0;
        mm.remove(place, end);
        if ((vmFlags & VmFlags.VM_SHARED) != 0 && cacheless()) {
            File shared = SharedMemory.zeroSetup(current, size);
            mm.tree().insert(new Vma(place, end, vmFlags, pgoff, shared, null, null, ""));
            shared.release();
        } else {
            mm.tree().insert(new Vma(place, end, vmFlags, pgoff, file, null, null, ""));
        }
        return place;
    }

    /** Anonymous memory, or /dev/zero, which is the same. */
    private boolean cacheless() {
        return file == null || file.inode().pages() == null;
    }
}
