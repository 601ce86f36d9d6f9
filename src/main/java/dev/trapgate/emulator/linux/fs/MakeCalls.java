package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Calls that make names: mknod, mkdir, symlink and link of fs/namei.c, Linux 6.18. */
public final class MakeCalls {

    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int S_IRWXUGO = 0777;
    private static final int WHITEOUT_DEVICE = 0;

    /** What a trailing slash means to a call. */
    enum Slash {
        /** Nothing: a directory is made. */
        ALLOWED,
        /** That a directory is wanted, which is not made. */
        REFUSED
    }

    /** Makes a file once its name was found to be free. */
    @FunctionalInterface
    interface Maker {
        long make(Directory directory, NewName name);
    }

    private MakeCalls() {}

    /** {@code filename_create} and what follows it, with names kept still. */
    static long create(Task current, int dirfd, Filename name, Slash slash, Maker maker) {
        if (name.error() != 0) {
            return name.error();
        }
        Nameidata walk = new Nameidata(current, dirfd, 0);
        long error = walk.parent(name.text());
        if (error != 0) {
            return error;
        }
        if (walk.lastType() != Nameidata.LastType.NORM) {
            return ErrorNumbers.EEXIST;
        }
        Directory directory = walk.directory();
        directory.superBlock().treeLock().lock();
        try {
            error = walk.checkLength();
            if (error != 0) {
                return error;
            }
            if (directory.lookup(current, walk.dentry(), walk.last()) != null) {
                return ErrorNumbers.EEXIST;
            }
            boolean refused = walk.hasTrailingSlash() && slash == Slash.REFUSED;
            NewName free = new NewName(current, walk.dentry(), walk.last());
            error = refused ? ErrorNumbers.ENOENT : Permissions.wantWrite(directory);
            return error != 0 ? error : make(current, walk, maker, free);
        } finally {
            directory.superBlock().treeLock().unlock();
        }
    }

    private static long make(Task current, Nameidata walk, Maker maker, NewName free) {
        long error = maker.make(walk.directory(), free);
        Dentry made = error == 0 ? walk.directory().lookup(current, walk.dentry(), walk.last()) : null;
        if (made != null) {
            Fsnotify.create(made);
        }
        return error;
    }

    /** {@code mknod(2)}. */
    public static long mknod(Task current, PtRegs regs) {
        int mode = (int) regs.argument(2);
        return mknod(current, Nameidata.AT_FDCWD, regs.argument(1), mode, (int) regs.argument(3));
    }

    /** {@code mknodat(2)}. */
    public static long mknodat(Task current, PtRegs regs) {
        int dirfd = (int) regs.argument(1);
        return mknod(current, dirfd, regs.argument(2), (int) regs.argument(3), (int) regs.argument(4));
    }

    private static long mknod(Task current, int dirfd, long address, int wide, int device) {
        int mode = wide & 0xffff;
        Filename name = Filename.get(current, address);
        long refusal = mayMknod(mode);
        if (refusal != 0) {
            return refusal;
        }
        return create(current, dirfd, name, Slash.REFUSED, (directory, free) -> {
            int prepared = umasked(current, Permissions.stripSetGroup(current.credentials(), directory, mode));
            return vfsMknod(directory, free, prepared, device);
        });
    }

    /** {@code may_mknod}. */
    private static long mayMknod(int mode) {
        return switch (mode & Inode.S_IFMT) {
            case 0, Inode.S_IFREG, Inode.S_IFCHR, Inode.S_IFBLK, Inode.S_IFIFO, Inode.S_IFSOCK -> 0;
            case Inode.S_IFDIR -> ErrorNumbers.EPERM;
            default -> ErrorNumbers.EINVAL;
        };
    }

    static long vfsMknod(Directory directory, NewName name, int mode, int device) {
        long refusal = Permissions.mayCreate(name.current().credentials(), directory);
        if (refusal != 0) {
            return refusal;
        }
        int type = mode & Inode.S_IFMT;
        if (type == 0 || type == Inode.S_IFREG) {
            int regular = (mode & Inode.S_IALLUGO) | Inode.S_IFREG;
            return directory.creates() ? directory.mknod(name, regular, 0) : ErrorNumbers.EACCES;
        }
        boolean isDevice = type == Inode.S_IFCHR || type == Inode.S_IFBLK;
        boolean isWhiteout = type == Inode.S_IFCHR && device == WHITEOUT_DEVICE;
        if (isDevice && !isWhiteout && !name.current().credentials().capable(Capability.CAP_MKNOD)) {
            return ErrorNumbers.EPERM;
        }
        return directory.mknod(name, mode, isDevice ? device : 0);
    }

    private static int umasked(Task current, int mode) {
        return mode & ~current.process().fs().umask();
    }

    /** {@code mkdir(2)}. */
    public static long mkdir(Task current, PtRegs regs) {
        return mkdir(current, Nameidata.AT_FDCWD, regs.argument(1), (int) regs.argument(2));
    }

    /** {@code mkdirat(2)}. */
    public static long mkdirat(Task current, PtRegs regs) {
        return mkdir(current, (int) regs.argument(1), regs.argument(2), (int) regs.argument(3));
    }

    private static long mkdir(Task current, int dirfd, long address, int mode) {
        return create(current, dirfd, Filename.get(current, address), Slash.ALLOWED, (directory, free) -> {
            long refusal = Permissions.mayCreate(current.credentials(), directory);
            int prepared = umasked(current, mode & (S_IRWXUGO | Inode.S_ISVTX));
            return refusal != 0 ? refusal : directory.mkdir(free, prepared);
        });
    }

    /** {@code symlink(2)}. */
    public static long symlink(Task current, PtRegs regs) {
        return symlink(current, regs.argument(1), Nameidata.AT_FDCWD, regs.argument(2));
    }

    /** {@code symlinkat(2)}. */
    public static long symlinkat(Task current, PtRegs regs) {
        return symlink(current, regs.argument(1), (int) regs.argument(2), regs.argument(3));
    }

    private static long symlink(Task current, long target, int dirfd, long address) {
        Filename says = Filename.get(current, target);
        if (says.error() != 0) {
            return says.error();
        }
        return create(current, dirfd, Filename.get(current, address), Slash.REFUSED, (directory, free) -> {
            long refusal = Permissions.mayCreate(current.credentials(), directory);
            return refusal != 0 ? refusal : directory.symlink(free, says.text());
        });
    }

    /** {@code link(2)}. */
    public static long link(Task current, PtRegs regs) {
        Filename old = Filename.get(current, regs.argument(1));
        return link(current, Nameidata.AT_FDCWD, old, Nameidata.AT_FDCWD, regs.argument(2), 0);
    }

    /** {@code linkat(2)}. */
    public static long linkat(Task current, PtRegs regs) {
        int flags = (int) regs.argument(5);
        Filename old = Filename.get(current, regs.argument(2), flags);
        return link(current, (int) regs.argument(1), old, (int) regs.argument(3), regs.argument(4), flags);
    }

    private static long link(Task current, int oldDirfd, Filename old, int dirfd, long address, int flags) {
        if ((flags & ~(AT_SYMLINK_FOLLOW | Nameidata.AT_EMPTY_PATH)) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if (old.error() != 0) {
            return old.error();
        }
        Filename name = Filename.get(current, address);
        int lookup = (flags & AT_SYMLINK_FOLLOW) != 0 ? Nameidata.LOOKUP_FOLLOW : 0;
        Nameidata from = new Nameidata(current, oldDirfd, lookup);
        long error = from.lookup(old.text());
        if (error != 0) {
            return error;
        }
        return create(current, dirfd, name, Slash.REFUSED, (directory, free) -> {
            long refusal =
                    Permissions.mayLink(current.credentials(), from.path().inode());
            if (directory.superBlock() != from.path().inode().superBlock()) {
                return ErrorNumbers.EXDEV;
            }
            return refusal != 0 ? refusal : vfsLink(directory, free, from.path().inode());
        });
    }

    private static long vfsLink(Directory directory, NewName name, Inode inode) {
        long refusal = Permissions.mayCreate(name.current().credentials(), directory);
        if (refusal != 0) {
            return refusal;
        }
        if (inode instanceof Directory) {
            return ErrorNumbers.EPERM;
        }
        boolean isGone = inode.links() == 0 && !inode.isLinkable();
        long error = isGone ? ErrorNumbers.ENOENT : directory.link(name, inode);
        if (error == 0) {
            Fsnotify.linkCount(inode);
        }
        return error;
    }
}
