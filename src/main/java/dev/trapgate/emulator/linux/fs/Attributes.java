package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;

/** Changes of an inode's attributes: fs/attr.c and {@code do_truncate} of fs/open.c, Linux 6.18. */
public final class Attributes {

    /** When a truncation changes the file's times. */
    public enum Touch {
        /** Always: O_TRUNC. */
        ALWAYS,
        /** If the size changes: truncate(2), ftruncate(2). */
        IF_CHANGED
    }

    private static final int SIGXFSZ = 25;

    private Attributes() {}

    /**
     * Cuts or extends a regular file: {@code do_truncate}. The caller has checked that the task may write to it.
     *
     * @param current the calling task
     * @param inode the file
     * @param size the new size in bytes
     * @param touch when its times change
     * @return 0 or an error number negated
     */
    public static long truncate(Task current, Inode inode, long size, Touch touch) {
        if (size < 0) {
            return ErrorNumbers.EINVAL;
        }
        long now = current.process().timekeeper().realtime();
        inode.lock().lock();
        try {
            if (size > inode.size() && exceedsLimit(current, size)) {
                return ErrorNumbers.EFBIG;
            }
            long error = inode.truncate(size, now);
            if (error == 0) {
                dropPrivileges(current.credentials(), inode, now);
            }
            if (error == 0 && touch == Touch.ALWAYS) {
                inode.modified(now);
            }
            return error;
        } finally {
            inode.lock().unlock();
        }
    }

    /** {@code inode_newsize_ok}: a size beyond RLIMIT_FSIZE is signaled too. */
    private static boolean exceedsLimit(Task current, long size) {
        long limit = current.process().limits().soft(Resource.RLIMIT_FSIZE);
        boolean exceeds = limit != -1 && Long.compareUnsigned(size, limit) > 0;
        if (exceeds) {
            current.send(Signal.of(SIGXFSZ));
        }
        return exceeds;
    }

    /**
     * Takes the set-user-ID and set-group-ID bits from a file that someone without CAP_FSETID changes:
     * {@code file_remove_privs}. {@link Inode#lock} is held.
     *
     * @param someone who changes it
     * @param inode the file
     * @param now the time, in nanoseconds since 1970
     */
    public static void dropPrivileges(Credentials someone, Inode inode, long now) {
        if (inode.type() != Inode.S_IFREG || someone.capable(Capability.CAP_FSETID)) {
            return;
        }
        int mode = withoutPrivileges(someone, inode);
        if (mode != inode.mode()) {
            inode.setMode(mode);
            inode.setCtime(now);
        }
    }

    /** {@return a file's mode without S_ISUID, and without S_ISGID where that means execution: {@code setattr_should_drop_suidgid}} */
    static int withoutPrivileges(Credentials someone, Inode inode) {
        int mode = inode.mode() & ~Inode.S_ISUID;
        boolean executes = (mode & Inode.S_IXGRP) != 0;
        return executes || !Permissions.inGroupOrCapable(someone, inode.gid()) ? mode & ~Inode.S_ISGID : mode;
    }
}
