package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.PseudoSuperBlock;
import dev.trapgate.emulator.linux.fs.tmpfs.InodeOwner;
import dev.trapgate.emulator.linux.fs.tmpfs.TmpfsFile;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Files without a name in memory, and their seals: mm/memfd.c, Linux 6.18. */
public final class MemfdCalls {

    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int MFD_HUGETLB = 4;
    private static final int MFD_NOEXEC_SEAL = 8;
    private static final int MFD_EXEC = 0x10;
    private static final int MFD_ALL_FLAGS = 0x1f;
    private static final int HUGE_SIZES = 0x3f << 26;
    private static final int MFD_NAME_MAX_LEN = 249;
    private static final int F_ALL_SEALS = 0x3f;
    private static final int IMPLIED_BY_EXEC =
            TmpfsFile.F_SEAL_SHRINK | TmpfsFile.F_SEAL_GROW | TmpfsFile.F_SEAL_WRITE | TmpfsFile.F_SEAL_FUTURE_WRITE;

    private MemfdCalls() {}

    /** {@code memfd_create(2)}; huge pages are not there: −ENOSYS. */
    public static long memfdCreate(Task current, PtRegs regs) {
        int flags = (int) regs.argument(2);
        int allowed = (flags & MFD_HUGETLB) != 0 ? MFD_ALL_FLAGS | HUGE_SIZES : MFD_ALL_FLAGS;
        boolean both = (flags & MFD_EXEC) != 0 && (flags & MFD_NOEXEC_SEAL) != 0;
        if ((flags & ~allowed) != 0 || both) {
            return ErrorNumbers.EINVAL;
        }
        byte[] name = new byte[MFD_NAME_MAX_LEN + 1];
        long length = name(current, name, regs.argument(1));
        if (length < 0) {
            return length;
        }
        long descriptor = FilesStruct.allocate(current, OnExec.of(flags, MFD_CLOEXEC));
        if (descriptor < 0) {
            return descriptor;
        }
        if ((flags & MFD_HUGETLB) != 0) {
            current.files().putUnused((int) descriptor);
            return ErrorNumbers.ENOSYS;
        }
        String text = new String(name, 0, (int) length, StandardCharsets.ISO_8859_1);
        current.files().install((int) descriptor, make(current, "memfd:" + text, flags));
        return descriptor;
    }

    /** {@code strncpy_from_user}. {@return its length, or an error number negated} */
    private static long name(Task current, byte[] to, long from) {
        MemorySegment segment = MemorySegment.ofArray(to);
        long copied = to.length - current.uaccess().copyFromUser(segment, from, to.length);
        for (int i = 0; i < copied; i++) {
            if (segment.get(ValueLayout.JAVA_BYTE, i) == 0) {
                return i;
            }
        }
        return copied < to.length ? ErrorNumbers.EFAULT : ErrorNumbers.EINVAL;
    }

    private static File make(Task current, String name, int flags) {
        boolean noExec = (flags & MFD_NOEXEC_SEAL) != 0;
        PseudoSuperBlock place = current.process().mounts().shm();
        TmpfsFile inode = TmpfsFile.regular(place, InodeOwner.of(current), noExec ? 0666 : 0777);
        inode.setLinks(0);
        if (noExec) {
            inode.setSeals(TmpfsFile.F_SEAL_EXEC);
        } else if ((flags & MFD_ALLOW_SEALING) != 0) {
            inode.setSeals(0);
        }
        return new File(place.path(inode, name), File.O_RDWR | File.O_LARGEFILE, TmpfsFile.unnamedOperations());
    }

    /** {@return an open file's F_SEAL_* bits, or −EINVAL if it can have none: F_GET_SEALS} */
    public static long seals(File file) {
        return file.inode() instanceof TmpfsFile sealed ? sealed.seals() : ErrorNumbers.EINVAL;
    }

    /**
     * Adds seals: F_ADD_SEALS.
     *
     * @param file the open file
     * @param seals F_SEAL_* bits
     * @return 0; −EPERM if the file was not opened to write or takes no more; −EBUSY if it is mapped so that it can be
     *     written
     */
    public static long addSeals(File file, int seals) {
        if (!file.mayWrite()) {
            return ErrorNumbers.EPERM;
        }
        if ((seals & ~F_ALL_SEALS) != 0 || !(file.inode() instanceof TmpfsFile sealed)) {
            return ErrorNumbers.EINVAL;
        }
        sealed.lock().lock();
        try {
            if ((sealed.seals() & TmpfsFile.F_SEAL_SEAL) != 0) {
                return ErrorNumbers.EPERM;
            }
            boolean stopsWrites = (seals & ~sealed.seals() & TmpfsFile.F_SEAL_WRITE) != 0;
            if (stopsWrites && sealed.pages().isWritablyMapped()) {
                return ErrorNumbers.EBUSY;
            }
            boolean executable = (seals & TmpfsFile.F_SEAL_EXEC) != 0 && (sealed.mode() & Inode.S_IXUGO) != 0;
            sealed.setSeals(sealed.seals() | seals | (executable ? IMPLIED_BY_EXEC : 0));
            return 0;
        } finally {
            sealed.lock().unlock();
        }
    }
}
