package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import org.jspecify.annotations.Nullable;

/** Who may do what to a file: the checks of fs/namei.c and fs/inode.c, Linux 6.18. */
public final class Permissions {

    /** Execute, or search a directory. */
    static final int MAY_EXEC = 1;
    /** Write. */
    public static final int MAY_WRITE = 2;
    /** Read. */
    public static final int MAY_READ = 4;

    private static final int MAY_ALL = MAY_EXEC | MAY_WRITE | MAY_READ;

    private Permissions() {}

    /**
     * {@return 0; −EACCES if someone may not do all of {@code mask}, or −EROFS if nobody may: {@code sb_permission},
     * {@code generic_permission}}
     */
    public static long check(Credentials someone, Inode inode, int mask) {
        int wanted = mask & MAY_ALL;
        if ((wanted & MAY_WRITE) != 0 && inode.superBlock().isReadOnly() && isKept(inode.type())) {
            return ErrorNumbers.EROFS;
        }
        if ((wanted & ~modeBits(someone, inode)) == 0) {
            return 0;
        }
        boolean overrides = someone.capable(Capability.CAP_DAC_OVERRIDE);
        boolean reads = someone.capable(Capability.CAP_DAC_READ_SEARCH);
        if (inode.type() == Inode.S_IFDIR) {
            return overrides || (reads && (wanted & MAY_WRITE) == 0) ? 0 : ErrorNumbers.EACCES;
        }
        if (wanted == MAY_READ && reads) {
            return 0;
        }
        boolean executable = (inode.mode() & Inode.S_IXUGO) != 0;
        return overrides && ((wanted & MAY_EXEC) == 0 || executable) ? 0 : ErrorNumbers.EACCES;
    }

    /** {@return whether writing to a file of a type changes the file system} */
    private static boolean isKept(int type) {
        return type == Inode.S_IFREG || type == Inode.S_IFDIR || type == Inode.S_IFLNK;
    }

    /** {@return 0, or −EROFS if the file system of a file cannot be changed: {@code mnt_want_write}} */
    static long wantWrite(Inode inode) {
        return inode.superBlock().isReadOnly() ? ErrorNumbers.EROFS : 0;
    }

    /** {@return the three permission bits that count for someone: {@code acl_permission_check}} */
    private static int modeBits(Credentials someone, Inode inode) {
        if (someone.fsuid() == inode.uid()) {
            return inode.mode() >> 6;
        }
        return someone.inGroup(inode.gid()) ? inode.mode() >> 3 : inode.mode();
    }

    /** {@return whether someone owns the file or may act as its owner: {@code inode_owner_or_capable}} */
    static boolean ownerOrCapable(Credentials someone, Inode inode) {
        return someone.fsuid() == inode.uid() || someone.capable(Capability.CAP_FOWNER);
    }

    /** {@return 0 if someone may make a name in a directory: {@code may_create}} */
    static long mayCreate(Credentials someone, Directory directory) {
        return directory.isDead() ? ErrorNumbers.ENOENT : check(someone, directory, MAY_WRITE | MAY_EXEC);
    }

    /** What is to be removed, or replaced. */
    enum Victim {
        /** A directory, as rmdir(2) wants. */
        DIRECTORY,
        /** Anything else, as unlink(2) wants. */
        FILE;

        /** {@return the kind that a file is} */
        static Victim of(Dentry dentry) {
            return dentry.inode().type() == Inode.S_IFDIR ? DIRECTORY : FILE;
        }
    }

    /** {@return 0 if someone may remove a name as that kind of file: {@code may_delete}} */
    static long mayDelete(Credentials someone, Dentry name, Victim as) {
        Inode directory = name.parent().inode();
        long refusal = check(someone, directory, MAY_WRITE | MAY_EXEC);
        if (refusal != 0) {
            return refusal;
        }
        if (isSticky(someone, directory, name.inode())) {
            return ErrorNumbers.EPERM;
        }
        if (Victim.of(name) != as) {
            return as == Victim.DIRECTORY ? ErrorNumbers.ENOTDIR : ErrorNumbers.EISDIR;
        }
        return name.isRoot() ? ErrorNumbers.EBUSY : 0;
    }

    /** {@return whether the sticky bit keeps a file from someone: {@code check_sticky}} */
    private static boolean isSticky(Credentials someone, Inode directory, Inode inode) {
        return (directory.mode() & Inode.S_ISVTX) != 0
                && someone.fsuid() != inode.uid()
                && someone.fsuid() != directory.uid()
                && !someone.capable(Capability.CAP_FOWNER);
    }

    /**
     * {@return 0 if someone may make another name of a file, with {@code sysctl_protected_hardlinks} set as most systems have
     * it: {@code may_linkat}}
     */
    static long mayLink(Credentials someone, Inode inode) {
        return ownerOrCapable(someone, inode) || isSafeToLink(someone, inode) ? 0 : ErrorNumbers.EPERM;
    }

    private static boolean isSafeToLink(Credentials someone, Inode inode) {
        int setGroup = Inode.S_ISGID | Inode.S_IXGRP;
        return inode.type() == Inode.S_IFREG
                && (inode.mode() & Inode.S_ISUID) == 0
                && (inode.mode() & setGroup) != setGroup
                && check(someone, inode, MAY_READ | MAY_WRITE) == 0;
    }

    /** {@return the permission bits of a new file, without S_ISGID where its maker may not give it: {@code mode_strip_sgid}} */
    static int stripSetGroup(Credentials someone, @Nullable Inode directory, int mode) {
        int setGroup = Inode.S_ISGID | Inode.S_IXGRP;
        boolean keeps = directory == null
                || (mode & setGroup) != setGroup
                || (mode & Inode.S_IFMT) == Inode.S_IFDIR
                || (directory.mode() & Inode.S_ISGID) == 0
                || inGroupOrCapable(someone, directory.gid());
        return keeps ? mode : mode & ~Inode.S_ISGID;
    }

    /** {@return whether someone may give files of a group S_ISGID: {@code in_group_or_capable}} */
    static boolean inGroupOrCapable(Credentials someone, int group) {
        return someone.inGroup(group) || someone.capable(Capability.CAP_FSETID);
    }
}
