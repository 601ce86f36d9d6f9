package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;

/** How far a file may be written: {@code generic_write_checks} of fs/read_write.c, Linux 6.18. */
public final class WriteLimits {

    private static final long MAX_NON_LFS = Integer.MAX_VALUE;

    private WriteLimits() {}

    /**
     * Finds where a write begins and cuts it where the file may go no further.
     *
     * @param current the calling task
     * @param file the open file
     * @param iocb where to write; at the end with O_APPEND
     * @param from what to write
     * @return how many bytes may be written; −EFBIG if none may
     */
    public static long genericWriteChecks(Task current, File file, Kiocb iocb, IovIter from) {
        if (from.count() == 0) {
            return 0;
        }
        if (iocb.has(Kiocb.RWF_APPEND)) {
            iocb.setPosition(file.inode().size());
        }
        if (iocb.has(Kiocb.RWF_NOWAIT)) {
            return ErrorNumbers.EINVAL;
        }
        long room = room(current, file, iocb.position());
        if (room < 0) {
            return room;
        }
        from.truncate(room);
        return from.count();
    }

    /**
     * {@return how many bytes may be written from a position on: {@code generic_write_check_limits}; −EFBIG if none}
     *
     * @param current the calling task, which gets SIGXFSZ at RLIMIT_FSIZE
     * @param file the open file
     * @param position where, in bytes
     */
    public static long room(Task current, File file, long position) {
        long limit = current.process().limits().soft(Resource.RLIMIT_FSIZE);
        if (limit >= 0 && position >= limit) {
            current.send(Signal.of(Signal.SIGXFSZ));
            return ErrorNumbers.EFBIG;
        }
        long most = (file.flags() & File.O_LARGEFILE) != 0 ? Long.MAX_VALUE : MAX_NON_LFS;
        if (position >= most) {
            return ErrorNumbers.EFBIG;
        }
        return Math.min(most, limit < 0 ? most : limit) - position;
    }

    /** {@return whether a file may not have that size; the task gets SIGXFSZ then: {@code inode_newsize_ok}} */
    public static boolean exceedsFileSize(Task current, long size) {
        long limit = current.process().limits().soft(Resource.RLIMIT_FSIZE);
        boolean exceeds = limit >= 0 && size > limit;
        if (exceeds) {
            current.send(Signal.of(Signal.SIGXFSZ));
        }
        return exceeds;
    }
}
