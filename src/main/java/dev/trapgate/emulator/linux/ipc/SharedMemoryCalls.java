package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.SegmentMappings;
import dev.trapgate.emulator.linux.mm.SegmentMappings.Overlap;
import java.util.function.Supplier;

/** Making, attaching and detaching System V shared memory: ipc/shm.c, Linux 6.18, where no huge page can be reserved. */
final class SharedMemoryCalls {

    /** {@code kernel.shmmax} and {@code kernel.shmall}. */
    static final long SHMMAX = -1L - (1L << 24);

    private static final int SHM_HUGETLB = 04000;
    private static final int SHM_NORESERVE = 010000;
    private static final int SHM_RDONLY = 010000;
    private static final int SHM_RND = 020000;
    private static final int SHM_REMAP = 040000;
    private static final int SHM_EXEC = 0100000;
    private static final int HUGE_SHIFT = 26;
    private static final int HUGE_MASK = 0x3f;
    private static final int HUGE_2MB = 21;
    private static final int HUGE_1GB = 30;
    private static final int S_IXUGO = 0111;
    private static final long PAGE_MASK = 4095;

    private SharedMemoryCalls() {}

    static IpcIds<SharedSegment> segments(Task current) {
        return current.process().ipcNamespace().segments();
    }

    /** {@code shmget(2)}. */
    static long shmget(Task current, PtRegs regs) {
        return get(current, (int) regs.argument(1), regs.argument(2), (int) regs.argument(3));
    }

    static long get(Task current, int key, long size, int flags) {
        IpcIds<SharedSegment> segments = segments(current);
        return segments.get(current, key, flags, new IpcIds.Kind<>() {
            @Override
            public long check(SharedSegment found) {
                return Long.compareUnsigned(found.size(), size) < 0 ? ErrorNumbers.EINVAL : 0;
            }

            @Override
            public long mayMake() {
                return SharedMemoryCalls.mayMake(current, segments, size, flags);
            }

            @Override
            public Supplier<SharedSegment> maker() {
                return () ->
                        new SharedSegment(key, current, flags, size, SegmentMappings.create(current, name(key), size));
            }
        });
    }

    /** {@code newseg}. */
    private static long mayMake(Task current, IpcIds<SharedSegment> segments, long size, int flags) {
        if (size == 0 || Long.compareUnsigned(size, SHMMAX) > 0) {
            return ErrorNumbers.EINVAL;
        }
        long pages = SharedSegment.pages(size);
        long total = used(segments) + pages;
        if (Long.compareUnsigned(total, pages) < 0 || Long.compareUnsigned(total, SHMMAX) > 0) {
            return ErrorNumbers.ENOSPC;
        }
        if ((flags & SHM_HUGETLB) != 0) {
            int log = flags >>> HUGE_SHIFT & HUGE_MASK;
            boolean known = log == 0 || log == HUGE_2MB || log == HUGE_1GB;
            return known ? ErrorNumbers.ENOMEM : ErrorNumbers.EINVAL;
        }
        if (size < 0) {
            return ErrorNumbers.EINVAL;
        }
        boolean fits = (flags & SHM_NORESERVE) != 0 || SegmentMappings.isEnoughMemory(current, pages);
        return fits ? 0 : ErrorNumbers.ENOMEM;
    }

    /** {@return how many pages all segments need; the caller holds the monitor} */
    static long used(IpcIds<SharedSegment> segments) {
        return segments.all().stream().mapToLong(SharedSegment::pages).sum();
    }

    private static String name(int key) {
        return String.format("SYSV%08x (deleted)", key);
    }

    /** {@code shmat(2)}. */
    static long shmat(Task current, PtRegs regs) {
        return attach(current, regs.abi(), (int) regs.argument(1), regs.argument(2), (int) regs.argument(3));
    }

    /** {@code do_shmat}. */
    static long attach(Task current, Abi abi, int id, long wish, int flags) {
        if (id < 0) {
            return ErrorNumbers.EINVAL;
        }
        long address = wish;
        if ((address & PAGE_MASK) != 0) {
            if ((flags & SHM_RND) == 0) {
                return ErrorNumbers.EINVAL;
            }
            address &= ~PAGE_MASK;
        }
        boolean remaps = (flags & SHM_REMAP) != 0;
        if (address == 0 && remaps) {
            return ErrorNumbers.EINVAL;
        }
        return map(current, abi, id, address, flags);
    }

    private static long map(Task current, Abi abi, int id, long address, int flags) {
        boolean reads = (flags & SHM_RDONLY) != 0;
        boolean executes = (flags & SHM_EXEC) != 0;
        int right = KernIpcPerm.S_IRUGO | (reads ? 0 : KernIpcPerm.S_IWUGO) | (executes ? S_IXUGO : 0);
        int protection = Mm.PROT_READ | (reads ? 0 : Mm.PROT_WRITE) | (executes ? Mm.PROT_EXEC : 0);
        IpcIds<SharedSegment> segments = segments(current);
        File file;
        synchronized (segments) {
            long missing = segments.exists(id);
            SharedSegment segment = segments.atIndex(id);
            if (missing != 0 || segment == null) {
                return missing;
            }
            long refusal = segment.check(current.credentials(), right);
            if (refusal != 0) {
                return refusal;
            }
            File base = segment.file().acquire();
            file = new File(base.path(), reads ? 0 : File.O_RDWR, new SegmentOperations(current.process(), segment));
        }
        Overlap overlap = (flags & SHM_REMAP) != 0 ? Overlap.REPLACED : Overlap.REFUSED;
        long place = SegmentMappings.attach(current, abi, file, address, protection, overlap);
        file.release();
        return place;
    }

    /** {@code shmdt(2)}. */
    static long shmdt(Task current, PtRegs regs) {
        return shmdt(current, regs.argument(1));
    }

    static long shmdt(Task current, long address) {
        return SegmentMappings.detach(current, address);
    }

    /** Ends a removed segment that nobody has attached: {@code shm_may_destroy}. The caller holds the monitor. */
    static void removeIfUnused(IpcIds<SharedSegment> segments, SharedSegment segment) {
        boolean removed = (segment.mode() & SharedSegment.SHM_DEST) != 0;
        if (removed && !segment.isAttached() && !segment.isDeleted()) {
            segments.remove(segment);
            segment.file().release();
        }
    }
}
