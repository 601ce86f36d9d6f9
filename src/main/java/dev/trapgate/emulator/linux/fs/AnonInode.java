package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** The inode of all files of {@link AnonInodes}: nobody changes it, and it shows no type. */
final class AnonInode extends Inode {

    private static final int PERMISSIONS = 0600;

    /**
     * Makes it.
     *
     * @param superBlock where it lives
     * @param now the time, in nanoseconds since 1970
     */
    AnonInode(SuperBlock superBlock, long now) {
        super(superBlock, PERMISSIONS, 0, 0, now);
        setLinks(1);
    }

    @Override
    public boolean isPrivate() {
        return true;
    }

    @Override
    public long setattr() {
        return ErrorNumbers.EOPNOTSUPP;
    }

    @Override
    public FileOperations operations() {
        return NoOpen.OPERATIONS;
    }

    /** It has no path by which it could be opened: {@code no_open_fops}. */
    private static final class NoOpen implements FileOperations {

        private static final FileOperations OPERATIONS = new NoOpen();

        @Override
        public long open(Task current, File file) {
            return ErrorNumbers.ENXIO;
        }
    }
}
