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
     * @param dentry the file's name
     * @param size the new size in bytes
     * @param touch when its times change
     * @return 0 or an error number negated
     */
    public static long truncate(Task current, Dentry dentry, long size, Touch touch) {
        Inode inode = dentry.inode();
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
            if (error != 0) {
                return error;
            }
            boolean dropped = dropPrivileges(current.credentials(), inode, now);
            if (touch == Touch.ALWAYS) {
                inode.modified(now);
            }
            Fsnotify.dentry(dentry, dropped ? Fsnotify.FS_MODIFY | Fsnotify.FS_ATTRIB : Fsnotify.FS_MODIFY);
            return 0;
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
     * @return whether there were any
     */
    public static boolean dropPrivileges(Credentials someone, Inode inode, long now) {
        if (inode.type() != Inode.S_IFREG || someone.capable(Capability.CAP_FSETID)) {
            return false;
        }
        int mode = withoutPrivileges(someone, inode);
        boolean dropped = mode != inode.mode();
        if (dropped) {
            inode.setMode(mode);
            inode.setCtime(now);
        }
        return dropped;
    }

    /** Changes permission bits: {@code chmod_common}. {@return 0 or an error number negated} */
    static long chmod(Task current, Dentry dentry, int permissions) {
        Inode inode = dentry.inode();
        Credentials someone = current.credentials();
        long readOnly = Permissions.wantWrite(inode);
        if (readOnly != 0) {
            return readOnly;
        }
        inode.lock().lock();
        try {
            if (inode.type() == Inode.S_IFLNK) {
                return ErrorNumbers.EOPNOTSUPP;
            }
            if (inode.setattr() != 0) {
                return inode.setattr();
            }
            if (!Permissions.ownerOrCapable(someone, inode)) {
                return ErrorNumbers.EPERM;
            }
            if (inode.keepsExecution() && ((inode.mode() ^ permissions) & Inode.S_IXUGO) != 0) {
                return ErrorNumbers.EPERM;
            }
            setPermissions(someone, inode, permissions);
            inode.setCtime(current.process().timekeeper().realtime());
            Fsnotify.dentry(dentry, Fsnotify.FS_ATTRIB);
            return 0;
        } finally {
            inode.lock().unlock();
        }
    }

    private static void setPermissions(Credentials someone, Inode inode, int permissions) {
        int kept = Permissions.inGroupOrCapable(someone, inode.gid())
                ? permissions & Inode.S_IALLUGO
                : permissions & Inode.S_IALLUGO & ~Inode.S_ISGID;
        inode.setMode(inode.type() | kept);
    }

    /**
     * Changes owner and group, which costs a file but a directory its set-user-ID and set-group-ID bits:
     * {@code chown_common}.
     *
     * @param current the calling task
     * @param dentry the file's name
     * @param user its new owner; −1 to keep it
     * @param group its new group; −1 to keep it
     * @return 0 or an error number negated
     */
    static long chown(Task current, Dentry dentry, int user, int group) {
        Inode inode = dentry.inode();
        Credentials someone = current.credentials();
        long readOnly = Permissions.wantWrite(inode);
        if (readOnly != 0) {
            return readOnly;
        }
        inode.lock().lock();
        try {
            if (inode.setattr() != 0) {
                return inode.setattr();
            }
            int mode = inode.type() == Inode.S_IFDIR ? inode.mode() : withoutPrivileges(someone, inode);
            boolean refused = (user != -1 && !mayGiveTo(someone, inode, user))
                    || (group != -1 && !mayGiveToGroup(someone, inode, group))
                    || (mode != inode.mode() && !Permissions.ownerOrCapable(someone, inode));
            if (refused) {
                return ErrorNumbers.EPERM;
            }
            inode.setOwner(user == -1 ? inode.uid() : user, group == -1 ? inode.gid() : group);
            boolean changes = user != -1 || group != -1 || mode != inode.mode();
            if (mode != inode.mode()) {
                setPermissions(someone, inode, mode);
            }
            inode.setCtime(current.process().timekeeper().realtime());
            Fsnotify.dentry(dentry, changes ? Fsnotify.FS_ATTRIB : 0);
            return 0;
        } finally {
            inode.lock().unlock();
        }
    }

    /** {@code chown_ok}. */
    private static boolean mayGiveTo(Credentials someone, Inode inode, int user) {
        return (someone.fsuid() == inode.uid() && user == inode.uid()) || someone.capable(Capability.CAP_CHOWN);
    }

    /** {@code chgrp_ok}. */
    private static boolean mayGiveToGroup(Credentials someone, Inode inode, int group) {
        boolean own = someone.fsuid() == inode.uid() && (someone.inGroup(group) || group == inode.gid());
        return own || someone.capable(Capability.CAP_CHOWN);
    }

    /** {@return a file's mode without S_ISUID, and without S_ISGID where that means execution: {@code setattr_should_drop_suidgid}} */
    static int withoutPrivileges(Credentials someone, Inode inode) {
        int mode = inode.mode() & ~Inode.S_ISUID;
        boolean executes = (mode & Inode.S_IXGRP) != 0;
        return executes || !Permissions.inGroupOrCapable(someone, inode.gid()) ? mode & ~Inode.S_ISGID : mode;
    }
}
