package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.Uaccess;
import dev.trapgate.emulator.linux.mm.VmFlags;
import dev.trapgate.emulator.linux.mm.Vma;
import org.jspecify.annotations.Nullable;

/**
 * What makes two futexes the same: {@code union futex_key}. Of a private one it is the address in its memory; of a shared one
 * it is the place in the file that is mapped there, or else the address again, marked.
 *
 * @param owner the program's memory or the file's pages; nothing if there is an error
 * @param place the address, or the offset in the file
 * @param kind what a shared futex in anonymous memory is told from a private one by
 * @param node the node in its second half, {@link #NO_NODE} for any
 * @param error 0, or −EINVAL or −EFAULT: then there is no futex
 */
record FutexKey(@Nullable Object owner, long place, Kind kind, int node, long error) {

    /** FUTEX_NO_NODE. */
    static final int NO_NODE = -1;

    /** Where a futex lies. */
    enum Kind {
        PRIVATE,
        SHARED_ANONYMOUS,
        FILE,
        NONE
    }

    /** Whether a call writes the futex. */
    enum Access {
        READ,
        WRITE
    }

    /**
     * Finds a futex: {@code get_futex_key}.
     *
     * @param task the calling task
     * @param address the program's address
     * @param flags bits of {@link FutexFlags}
     * @param access whether the call writes it; what is only read may lie in a file's read-only mapping
     * @return its key
     */
    static FutexKey of(Task task, long address, int flags, Access access) {
        boolean hasNode = (flags & FutexFlags.NUMA) != 0;
        int size = hasNode ? 2 * Integer.BYTES : Integer.BYTES;
        if ((address & (size - 1)) != 0) {
            return no(ErrorNumbers.EINVAL);
        }
        if (!task.uaccess().accessOk(address, size)) {
            return no(ErrorNumbers.EFAULT);
        }
        int node = NO_NODE;
        if (hasNode) {
            long error = node(task.uaccess(), address + Integer.BYTES);
            if (error != 0) {
                return no(error);
            }
            node = 0;
        }
        return (flags & FutexFlags.SHARED) == 0
                ? new FutexKey(task.process().mm(), address, Kind.PRIVATE, node, 0)
                : shared(task, address, node, access);
    }

    private static FutexKey no(long error) {
        return new FutexKey(null, 0, Kind.NONE, NO_NODE, error);
    }

    /** There is one node; the program that leaves the choice to the kernel is told so. */
    private static long node(Uaccess uaccess, long address) {
        long asked = uaccess.getUser32(address);
        if (asked < 0) {
            return ErrorNumbers.EFAULT;
        }
        if ((int) asked != NO_NODE) {
            return asked == 0 ? 0 : ErrorNumbers.EINVAL;
        }
        return uaccess.putUser32(address, 0) ? 0 : ErrorNumbers.EFAULT;
    }

    /** As the page behind the address is found: a private page of its own if it can be written, else the file's. */
    private static FutexKey shared(Task task, long address, int node, Access access) {
        boolean writable = task.uaccess().pinPageToWrite(address) != null;
        boolean readable = writable || (access == Access.READ && task.uaccess().pinPage(address) != null);
        Mm mm = task.process().mm();
        Vma area = mm.find(address);
        if (!readable || area == null) {
            return no(ErrorNumbers.EFAULT);
        }
        PageCache cache = area.cache();
        boolean isFiles = cache != null && (area.has(VmFlags.VM_SHARED) || (!writable && mm.isFilesPage(address)));
        if (isFiles) {
            return new FutexKey(cache, (area.pgoff() << 12) + (address - area.start()), Kind.FILE, node, 0);
        }
        // A page that nobody can write never changes: there is nothing to wait for.
        return writable ? new FutexKey(mm, address, Kind.SHARED_ANONYMOUS, node, 0) : no(ErrorNumbers.EFAULT);
    }
}
