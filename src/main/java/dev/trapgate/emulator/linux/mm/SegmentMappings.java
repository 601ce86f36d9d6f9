package dev.trapgate.emulator.linux.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.List;

/** Mappings of System V shared memory: what ipc/shm.c, Linux 6.18, does to a program's memory. */
public final class SegmentMappings {

    /** What becomes of mappings that are in the way. */
    public enum Overlap {
        /** They stay, and the call fails. */
        REFUSED,
        /** They go: SHM_REMAP. */
        REPLACED
    }

    private SegmentMappings() {}

    /** {@return a segment's file of zeros, with a reference; its name is what /proc shows} */
    public static File create(Task current, String name, long size) {
        return SharedMemory.fileSetup(current, name, size, 0777);
    }

    /** {@return whether the machine could ever have so much memory} */
    public static boolean isEnoughMemory(Task current, long pages) {
        return current.process().mm().isEnoughMemory(pages);
    }

    /**
     * Maps a segment's file, shared, as the second half of {@code do_shmat}.
     *
     * @param current the calling task
     * @param abi whose call it is
     * @param file the file, opened as it is to be mapped
     * @param address where, a page's address; 0 for anywhere
     * @param protection bits of PROT_READ, PROT_WRITE, PROT_EXEC
     * @param overlap what becomes of mappings there
     * @return the address, or an error number negated
     */
    public static long attach(Task current, Abi abi, File file, long address, int protection, Overlap overlap) {
        Mm mm = current.process().mm();
        long size = file.inode().size();
        int flags = address == 0 ? MapFlags.MAP_SHARED : MapFlags.MAP_SHARED | MapFlags.MAP_FIXED;
        if (address != 0 && overlap == Overlap.REFUSED) {
            boolean wraps = Long.compareUnsigned(address + size, address) < 0;
            if (wraps || !isFree(mm, address, size)) {
                return ErrorNumbers.EINVAL;
            }
        }
        return new Mmap(current, abi, file, size, protection, flags, 0).at(address);
    }

    private static boolean isFree(Mm mm, long address, long size) {
        synchronized (mm) {
            return mm.tree().isFree(address, address + size);
        }
    }

    /**
     * Unmaps the parts of the segment that was mapped at an address: {@code ksys_shmdt}.
     *
     * @param current the calling task
     * @param address where it was mapped
     * @return 0, or −EINVAL if nothing of a segment is left there
     */
    public static long detach(Task current, long address) {
        Mm mm = current.process().mm();
        return (address & PageFrames.PAGE_MASK) != 0 ? ErrorNumbers.EINVAL : mm.write(() -> detach(mm, address));
    }

    private static long detach(Mm mm, long address) {
        List<Vma> after = mm.tree().overlapping(address, mm.taskSize());
        File file = null;
        long end = 0;
        for (Vma area : after) {
            if (file == null && isPartOf(area, address)) {
                file = area.file();
                end = address
                        + Mm.pageUp(
                                area.file() == null ? 0 : area.file().inode().size());
                mm.remove(area.start(), area.end());
            } else if (file != null && area.end() <= end && isPartOf(area, address) && area.file() == file) {
                mm.remove(area.start(), area.end());
            }
        }
        return file == null ? ErrorNumbers.EINVAL : 0;
    }

    private static boolean isPartOf(Vma area, long address) {
        return area.isObserved() && (area.start() - address) >>> PageFrames.PAGE_SHIFT == area.pgoff();
    }
}
