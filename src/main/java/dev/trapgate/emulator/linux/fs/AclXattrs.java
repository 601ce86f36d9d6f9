package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/**
 * Access control lists as extended attributes: {@code vfs_set_acl}, {@code vfs_get_acl} and {@code simple_set_acl} of
 * fs/posix_acl.c, Linux 6.18.
 */
final class AclXattrs {

    /** The list that guards a file. */
    static final String ACCESS = "system.posix_acl_access";
    /** The list that files get which are made in a directory. */
    static final String DEFAULT = "system.posix_acl_default";

    private AclXattrs() {}

    /** {@return whether an attribute is a list: {@code is_posix_acl_xattr}} */
    static boolean has(String name) {
        return name.equals(ACCESS) || name.equals(DEFAULT);
    }

    /** Sets or, by an empty value, removes a list. {@return 0 or an error number negated} */
    static long set(Task current, Dentry dentry, String name, byte[] value) {
        Inode inode = dentry.inode();
        PosixAcl.Parsed parsed = PosixAcl.parse(value);
        if (parsed.error() != 0) {
            return parsed.error();
        }
        inode.lock().lock();
        try {
            long error = set(current, inode, name, parsed.acl());
            if (error == 0) {
                Fsnotify.dentry(dentry, Fsnotify.FS_ATTRIB);
            }
            return error;
        } finally {
            inode.lock().unlock();
        }
    }

    private static long set(Task current, Inode inode, String name, @Nullable PosixAcl acl) {
        Xattrs all = listed(inode);
        if (all == null) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        boolean isDefault = name.equals(DEFAULT);
        if (isDefault && inode.type() != Inode.S_IFDIR) {
            return acl == null ? 0 : ErrorNumbers.EACCES;
        }
        Credentials someone = current.credentials();
        if (!Permissions.ownerOrCapable(someone, inode)) {
            return ErrorNumbers.EPERM;
        }
        if (acl != null && !acl.isValid()) {
            return ErrorNumbers.EINVAL;
        }
        if (isDefault) {
            all.setDefaultAcl(acl);
        } else {
            setAccess(someone, inode, all, acl);
        }
        inode.setCtime(current.process().timekeeper().realtime());
        return 0;
    }

    /** {@code posix_acl_update_mode}. */
    private static void setAccess(Credentials someone, Inode inode, Xattrs all, @Nullable PosixAcl acl) {
        int mode = acl == null ? inode.mode() : (inode.mode() & ~0777) | acl.mode();
        all.setAccessAcl(acl == null || acl.isMode() ? null : acl);
        inode.setMode(Permissions.inGroupOrCapable(someone, inode.gid()) ? mode : mode & ~Inode.S_ISGID);
    }

    /** {@return a list as its attribute's value; null if the file has none} */
    static byte @Nullable [] get(Inode inode, String name) {
        Xattrs all = listed(inode);
        PosixAcl acl = all == null ? null : name.equals(DEFAULT) ? all.defaultAcl() : all.accessAcl();
        return acl == null ? null : acl.toBytes();
    }

    /** {@return where a file's lists are; null for one that can have none, as symbolic links and processes cannot} */
    static @Nullable Xattrs listed(Inode inode) {
        Xattrs all = inode.xattrs();
        return inode.type() == Inode.S_IFLNK || all == null || !all.hasAcls() ? null : all;
    }

    /** Lets a list follow chmod(2): {@code posix_acl_chmod}. */
    static void chmod(Inode inode) {
        Xattrs all = listed(inode);
        PosixAcl acl = all == null ? null : all.accessAcl();
        if (all != null && acl != null) {
            all.setAccessAcl(acl.changed(inode.mode()));
        }
    }

    /** {@return a new file's permission bits without the umask's, which counts where a directory has no list for its files} */
    static int umasked(Task current, Inode directory, int mode) {
        Xattrs all = directory.xattrs();
        boolean hasDefault = all != null && all.defaultAcl() != null;
        return hasDefault ? mode : mode & ~current.process().fs().umask();
    }
}
