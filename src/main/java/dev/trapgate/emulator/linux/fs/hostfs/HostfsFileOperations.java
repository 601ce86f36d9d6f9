package dev.trapgate.emulator.linux.fs.hostfs;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** What an open file of the other machine does: {@code hostfs_file_fops}. */
final class HostfsFileOperations implements FileOperations {

    static final FileOperations REGULAR = new HostfsFileOperations();

    private static final int CHUNK = 65_536;

    private HostfsFileOperations() {}

    @Override
    public int modes() {
        return FMODE_ORDINARY | FMODE_SPLICE_READ;
    }

    @Override
    public long open(Task current, File file) {
        return ((HostfsFile) file.inode()).open();
    }

    @Override
    public void release(File file) {
        ((HostfsFile) file.inode()).release();
    }

    /** Reads past the pages, so that what is appended meanwhile is seen. */
    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        HostfsFile inode = (HostfsFile) file.inode();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(Math.max(to.count(), 1), CHUNK));
        long done = 0;
        while (to.count() > 0) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), to.count()));
            long size = inode.read(iocb.position(), chunk);
            if (size <= 0) {
                return done == 0 ? size : done;
            }
            long copied = to.copyTo(MemorySegment.ofArray(chunk.array()), 0, size);
            iocb.setPosition(iocb.position() + copied);
            done += copied;
            if (copied < size) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }

    @Override
    public long fsync(Task current, File file) {
        return 0;
    }
}
