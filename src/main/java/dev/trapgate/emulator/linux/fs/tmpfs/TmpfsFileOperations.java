package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.Attributes;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Fsnotify;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.Llseek;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.fs.WriteLimits;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.VmFlags;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** What an open regular file in memory does: {@code shmem_file_operations} of mm/shmem.c, Linux 6.18. */
final class TmpfsFileOperations implements FileOperations {

    /** Those of a file that was opened by name. */
    static final FileOperations REGULAR = new TmpfsFileOperations(FMODE_CAN_ODIRECT);
    /** Those of a file that was made open, without O_DIRECT: {@code __shmem_file_setup}. */
    static final FileOperations UNNAMED = new TmpfsFileOperations(0);

    private static final int PAGE_SIZE = PageFrames.PAGE_SIZE;
    private static final int PAGE_SHIFT = PageFrames.PAGE_SHIFT;
    private static final long LAST_PAGE = Long.MAX_VALUE >>> PAGE_SHIFT;
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;
    private static final int NO_WRITES = TmpfsFile.F_SEAL_WRITE | TmpfsFile.F_SEAL_FUTURE_WRITE;

    private static final int CHUNK = 65_536;

    private final int modes;

    private TmpfsFileOperations(int more) {
        modes = FMODE_ORDINARY | FMODE_SPLICE_READ | FMODE_SPLICE_WRITE | more;
    }

    @Override
    public int modes() {
        return modes;
    }

    @Override
    public long open(Task current, File file) {
        return file.mayRead() ? ((TmpfsFile) file.inode()).openLower() : 0;
    }

    @Override
    public void release(File file) {
        if (file.mayRead()) {
            ((TmpfsFile) file.inode()).releaseLower();
        }
    }

    /** {@code shmem_file_read_iter}: page by page; holes read as zeros. */
    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        TmpfsFile inode = (TmpfsFile) file.inode();
        PageCache pages = inode.pages();
        long below = inode.isLower() ? readLower(inode, iocb, to) : 0;
        long done = Math.max(below, 0);
        long error = Math.min(below, 0);
        boolean fault = false;
        while (!fault && error == 0 && pages.isWhole() && to.count() > 0 && iocb.position() < inode.size()) {
            long position = iocb.position();
            int offset = (int) position & PageFrames.PAGE_MASK;
            long wanted = Math.min(Math.min(PAGE_SIZE - offset, inode.size() - position), to.count());
            PageFrames frame = pages.find(position >>> PAGE_SHIFT);
            long copied = frame == null ? to.zero(wanted) : to.copyTo(frame.bytes(), offset, wanted);
            iocb.setPosition(position + copied);
            done += copied;
            fault = copied < wanted;
        }
        if ((file.flags() & File.O_NOATIME) == 0) {
            inode.accessed(current.process().timekeeper().realtime());
        }
        error = fault ? ErrorNumbers.EFAULT : error;
        return done == 0 ? error : done;
    }

    /** Reads past the pages, until the end, or until the contents come up. {@return how much, or an error number negated} */
    private static long readLower(TmpfsFile inode, Kiocb iocb, IovIter to) {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(to.count(), CHUNK));
        long done = 0;
        while (to.count() > 0) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), to.count()));
            long size = inode.readLower(iocb.position(), chunk);
            if (size == LowerFile.UPPER || size == 0) {
                return done;
            }
            long copied = size < 0 ? 0 : to.copyTo(MemorySegment.ofArray(chunk.array()), 0, size);
            iocb.setPosition(iocb.position() + copied);
            done += copied;
            if (copied < size || size < 0) {
                long error = size < 0 ? size : ErrorNumbers.EFAULT;
                return done != 0 ? done : error;
            }
        }
        return done;
    }

    /** {@code shmem_file_write_iter}. */
    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        TmpfsFile inode = (TmpfsFile) file.inode();
        inode.lock().lock();
        try {
            long error = from.count() == 0 ? 0 : inode.copyUp();
            if (error != 0) {
                return error;
            }
            long checked = WriteLimits.genericWriteChecks(current, file, iocb, from);
            if (checked <= 0) {
                return checked;
            }
            long now = current.process().timekeeper().realtime();
            if (Attributes.dropPrivileges(current.credentials(), inode, now)) {
                Fsnotify.dentry(file.path().dentry(), Fsnotify.FS_ATTRIB);
            }
            inode.modified(now);
            return genericPerformWrite(inode, iocb, from);
        } finally {
            inode.lock().unlock();
        }
    }

    /**
     * {@code generic_perform_write} with {@code shmem_write_begin} and {@code shmem_write_end}: a page is there, and the
     * file reaches it, before the first byte that cannot be read is found.
     */
    private static long genericPerformWrite(TmpfsFile inode, Kiocb iocb, IovIter from) {
        long position = iocb.position();
        long written = 0;
        long status = 0;
        while (status == 0 && from.count() > 0) {
            int offset = (int) position & PageFrames.PAGE_MASK;
            long wanted = Math.min(PAGE_SIZE - offset, from.count());
            status = writeBegin(inode, position, wanted);
            if (status != 0) {
                break;
            }
            PageFrames frame = inode.pages().obtain(position >>> PAGE_SHIFT);
            if (frame == null) {
                status = ErrorNumbers.ENOSPC;
                break;
            }
            long copied = from.copyFrom(frame.bytes(), offset, wanted);
            position += copied;
            written += copied;
            if (position > inode.size()) {
                inode.setSize(position);
            }
            status = copied == 0 ? ErrorNumbers.EFAULT : 0;
        }
        if (written == 0) {
            return status;
        }
        iocb.setPosition(position);
        return written;
    }

    private static long writeBegin(TmpfsFile inode, long position, long length) {
        int seals = inode.seals();
        boolean grows = position + length > inode.size();
        if ((seals & NO_WRITES) != 0 || ((seals & TmpfsFile.F_SEAL_GROW) != 0 && grows)) {
            return ErrorNumbers.EPERM;
        }
        PageCache pages = inode.pages();
        boolean full = pages.count() >= TmpfsFile.MOST_PAGES && !pages.hasFrame(position >>> PAGE_SHIFT);
        return full ? ErrorNumbers.ENOSPC : 0;
    }

    /** {@code shmem_file_llseek}. */
    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        Inode inode = file.inode();
        if (whence != Llseek.SEEK_DATA && whence != Llseek.SEEK_HOLE) {
            return Llseek.generic(file, offset, whence, Long.MAX_VALUE, inode.size());
        }
        if (offset < 0 || offset >= inode.size()) {
            return ErrorNumbers.ENXIO;
        }
        if (((TmpfsFile) inode).isLower()) {
            long position = whence == Llseek.SEEK_DATA ? offset : inode.size();
            return Llseek.setPosition(file, position, Long.MAX_VALUE);
        }
        PageCache pages = ((TmpfsFile) inode).pages();
        long found = whence == Llseek.SEEK_DATA ? data(pages, offset) : hole(pages, offset, inode.size());
        boolean behind = whence == Llseek.SEEK_DATA && found >= inode.size();
        return found < 0 || behind ? ErrorNumbers.ENXIO : Llseek.setPosition(file, found, Long.MAX_VALUE);
    }

    private static long data(PageCache pages, long offset) {
        long page = pages.nextPage(offset >>> PAGE_SHIFT);
        // mapping_seek_hole_data's end of the last page there can be is negative.
        return page < 0 || page == LAST_PAGE ? -1 : Math.max(offset, page << PAGE_SHIFT);
    }

    private static long hole(PageCache pages, long offset, long size) {
        long page = offset >>> PAGE_SHIFT;
        while (pages.find(page) != null) {
            page++;
        }
        return Math.min(size, Math.max(offset, page << PAGE_SHIFT));
    }

    /** {@code memfd_check_seals_mmap}: a sealed file is mapped to read only, for good. */
    @Override
    public long mmap(File file, long flags) {
        TmpfsFile inode = (TmpfsFile) file.inode();
        boolean mayWrite = (flags & VmFlags.VM_SHARED) != 0 && (flags & VmFlags.VM_MAYWRITE) != 0;
        long error = mayWrite ? inode.copyUp() : 0;
        if (error != 0) {
            return error == ErrorNumbers.ENOSPC ? ErrorNumbers.ENOMEM : error;
        }
        boolean sealed = (inode.seals() & NO_WRITES) != 0;
        if (!sealed || (flags & VmFlags.VM_SHARED) == 0) {
            return flags;
        }
        return (flags & VmFlags.VM_WRITE) != 0 ? ErrorNumbers.EPERM : flags & ~VmFlags.VM_MAYWRITE;
    }

    @Override
    public long fsync(Task current, File file) {
        return 0;
    }

    /** {@code shmem_fallocate}. */
    @Override
    public long fallocate(Task current, File file, int mode, long offset, long length) {
        if ((mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE)) != 0) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        TmpfsFile inode = (TmpfsFile) file.inode();
        inode.lock().lock();
        try {
            long result = inode.copyUp();
            if (result == 0) {
                result = (mode & FALLOC_FL_PUNCH_HOLE) != 0
                        ? punchHole(inode, offset, length)
                        : allocate(current, inode, mode, offset, length);
            }
            if (result == 0) {
                long now = current.process().timekeeper().realtime();
                if (Attributes.dropPrivileges(current.credentials(), inode, now)) {
                    Fsnotify.dentry(file.path().dentry(), Fsnotify.FS_ATTRIB);
                }
                inode.modified(now);
            }
            return result;
        } finally {
            inode.lock().unlock();
        }
    }

    private static long punchHole(TmpfsFile inode, long offset, long length) {
        if ((inode.seals() & NO_WRITES) != 0) {
            return ErrorNumbers.EPERM;
        }
        inode.punch(offset, offset + length);
        return 0;
    }

    private static long allocate(Task current, TmpfsFile inode, int mode, long offset, long length) {
        long end = offset + length;
        boolean grows = end > inode.size();
        if (grows && WriteLimits.exceedsFileSize(current, end)) {
            return ErrorNumbers.EFBIG;
        }
        if (grows && (inode.seals() & TmpfsFile.F_SEAL_GROW) != 0) {
            return ErrorNumbers.EPERM;
        }
        long first = offset >>> PAGE_SHIFT;
        long last = ((end - 1) >>> PAGE_SHIFT) + 1;
        if (last - first > TmpfsFile.MOST_PAGES - inode.pages().count()) {
            return ErrorNumbers.ENOSPC;
        }
        if (!inode.pages().allocate(first, last)) {
            return ErrorNumbers.ENOSPC;
        }
        if (grows && (mode & FALLOC_FL_KEEP_SIZE) == 0) {
            inode.setSize(end);
        }
        return 0;
    }
}
