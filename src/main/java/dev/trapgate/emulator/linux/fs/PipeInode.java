package dev.trapgate.emulator.linux.fs;

/** The file that both ends of a pipe are: {@code get_pipe_inode} of fs/pipe.c. */
final class PipeInode extends Inode {

    /**
     * Makes a pipe's file.
     *
     * @param superBlock pipefs
     * @param uid its owner
     * @param gid its group
     * @param now the time, in nanoseconds since 1970
     */
    PipeInode(SuperBlock superBlock, int uid, int gid, long now) {
        super(superBlock, S_IFIFO | 0600, uid, gid, now);
        setLinks(1);
    }

    @Override
    public FileOperations operations() {
        return PipeOperations.FIFO;
    }
}
