package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** What an open directory does: {@code simple_offset_dir_operations} of fs/libfs.c. */
public final class DirectoryOperations implements FileOperations {

    /** Those of a directory whose names have offsets. */
    public static final FileOperations SEEKABLE = new DirectoryOperations();

    private DirectoryOperations() {}

    @Override
    public int modes() {
        return FMODE_ORDINARY | FMODE_OLD_READ;
    }

    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        return ErrorNumbers.EISDIR;
    }

    /** {@code offset_dir_llseek}: only from the start and the position. */
    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        long wanted = whence == Llseek.SEEK_CUR ? offset + file.position() : offset;
        boolean known = whence == Llseek.SEEK_CUR || whence == Llseek.SEEK_SET;
        return known ? Llseek.setPosition(file, wanted, Long.MAX_VALUE) : ErrorNumbers.EINVAL;
    }

    @Override
    public long fsync(Task current, File file) {
        return 0;
    }
}
