package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.Permissions.Victim;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Calls that remove names: unlink and rmdir of fs/namei.c, Linux 6.18. */
public final class RemoveCalls {

    private static final int AT_REMOVEDIR = 0x200;

    private RemoveCalls() {}

    /** {@code unlink(2)}. */
    public static long unlink(Task current, PtRegs regs) {
        return unlink(current, Nameidata.AT_FDCWD, regs.argument(1));
    }

    /** {@code rmdir(2)}. */
    public static long rmdir(Task current, PtRegs regs) {
        return rmdir(current, Nameidata.AT_FDCWD, regs.argument(1));
    }

    /** {@code unlinkat(2)}. */
    public static long unlinkat(Task current, PtRegs regs) {
        int dirfd = (int) regs.argument(1);
        int flags = (int) regs.argument(3);
        if ((flags & ~AT_REMOVEDIR) != 0) {
            return ErrorNumbers.EINVAL;
        }
        return (flags & AT_REMOVEDIR) != 0
                ? rmdir(current, dirfd, regs.argument(2))
                : unlink(current, dirfd, regs.argument(2));
    }

    private static long rmdir(Task current, int dirfd, long address) {
        Filename name = Filename.get(current, address);
        if (name.error() != 0) {
            return name.error();
        }
        Nameidata walk = new Nameidata(current, dirfd, 0);
        long error = walk.parent(name.text());
        if (error != 0) {
            return error;
        }
        return switch (walk.lastType()) {
            case DOTDOT -> ErrorNumbers.ENOTEMPTY;
            case DOT -> ErrorNumbers.EINVAL;
            case ROOT -> ErrorNumbers.EBUSY;
            case NORM -> remove(current, walk, Victim.DIRECTORY);
        };
    }

    private static long unlink(Task current, int dirfd, long address) {
        Filename name = Filename.get(current, address);
        if (name.error() != 0) {
            return name.error();
        }
        Nameidata walk = new Nameidata(current, dirfd, 0);
        long error = walk.parent(name.text());
        if (error != 0) {
            return error;
        }
        return walk.lastType() == Nameidata.LastType.NORM ? remove(current, walk, Victim.FILE) : ErrorNumbers.EISDIR;
    }

    private static long remove(Task current, Nameidata walk, Victim kind) {
        Directory directory = walk.directory();
        directory.superBlock().treeLock().lock();
        try {
            long error = Permissions.wantWrite(directory);
            if (error == 0) {
                error = walk.checkLength();
            }
            if (error != 0) {
                return error;
            }
            Dentry victim = directory.lookup(current, walk.dentry(), walk.last());
            if (victim == null) {
                return ErrorNumbers.ENOENT;
            }
            boolean slash = kind == Victim.FILE && walk.hasTrailingSlash();
            return slash ? slashError(victim) : vfsRemove(current, directory, victim, kind);
        } finally {
            directory.superBlock().treeLock().unlock();
        }
    }

    private static long slashError(Dentry victim) {
        return Victim.of(victim) == Victim.DIRECTORY ? ErrorNumbers.EISDIR : ErrorNumbers.ENOTDIR;
    }

    private static long vfsRemove(Task current, Directory directory, Dentry victim, Victim kind) {
        long refusal = Permissions.mayDelete(current.credentials(), victim, kind);
        if (refusal != 0) {
            return refusal;
        }
        if (!directory.creates()) {
            return ErrorNumbers.EPERM;
        }
        if (victim.mounted() != null) {
            return ErrorNumbers.EBUSY;
        }
        long error = kind == Victim.DIRECTORY ? directory.rmdir(current, victim) : directory.unlink(current, victim);
        if (error == 0) {
            if (kind == Victim.FILE) {
                Fsnotify.linkCount(victim.inode());
            }
            Fsnotify.delete(victim);
        }
        return error;
    }
}
