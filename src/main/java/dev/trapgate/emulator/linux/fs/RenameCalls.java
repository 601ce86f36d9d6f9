package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.Permissions.Victim;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** Moving a name: {@code do_renameat2} and {@code vfs_rename} of fs/namei.c, Linux 6.18. */
public final class RenameCalls {

    private static final int KNOWN_FLAGS =
            RenameFlags.RENAME_NOREPLACE | RenameFlags.RENAME_EXCHANGE | RenameFlags.RENAME_WHITEOUT;

    private final Task current;
    private final Credentials someone;
    private final int flags;
    private final Nameidata from;
    private final Nameidata to;

    private RenameCalls(Task current, int oldDirfd, int newDirfd, int flags) {
        this.current = current;
        this.someone = current.credentials();
        this.flags = flags;
        this.from = new Nameidata(current, oldDirfd, 0);
        this.to = new Nameidata(current, newDirfd, 0);
    }

    /** {@code rename(2)}. */
    public static long rename(Task current, PtRegs regs) {
        int here = Nameidata.AT_FDCWD;
        return new RenameCalls(current, here, here, 0).rename(regs.argument(1), regs.argument(2));
    }

    /** {@code renameat(2)}. */
    public static long renameat(Task current, PtRegs regs) {
        return new RenameCalls(current, (int) regs.argument(1), (int) regs.argument(3), 0)
                .rename(regs.argument(2), regs.argument(4));
    }

    /** {@code renameat2(2)}. */
    public static long renameat2(Task current, PtRegs regs) {
        int flags = (int) regs.argument(5);
        return new RenameCalls(current, (int) regs.argument(1), (int) regs.argument(3), flags)
                .rename(regs.argument(2), regs.argument(4));
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private long rename(long oldAddress, long newAddress) {
        Filename oldName = Filename.get(current, oldAddress);
        Filename newName = Filename.get(current, newAddress);
        boolean keepsBoth = has(RenameFlags.RENAME_EXCHANGE);
        boolean contradicts = keepsBoth && (flags & (RenameFlags.RENAME_NOREPLACE | RenameFlags.RENAME_WHITEOUT)) != 0;
        if ((flags & ~KNOWN_FLAGS) != 0 || contradicts) {
            return ErrorNumbers.EINVAL;
        }
        long error = oldName.error() != 0 ? oldName.error() : from.parent(oldName.text());
        if (error == 0) {
            error = newName.error() != 0 ? newName.error() : to.parent(newName.text());
        }
        if (error == 0) {
            error = checkParents();
        }
        return error != 0 ? error : renameLocked();
    }

    private long checkParents() {
        if (from.path().mount() != to.path().mount()) {
            return ErrorNumbers.EXDEV;
        }
        if (from.lastType() != Nameidata.LastType.NORM) {
            return ErrorNumbers.EBUSY;
        }
        if (to.lastType() != Nameidata.LastType.NORM) {
            return has(RenameFlags.RENAME_NOREPLACE) ? ErrorNumbers.EEXIST : ErrorNumbers.EBUSY;
        }
        return Permissions.wantWrite(from.directory());
    }

    private long renameLocked() {
        SuperBlock fs = from.directory().superBlock();
        fs.treeLock().lock();
        try {
            long error = from.checkLength();
            Dentry old = error != 0 ? null : from.directory().lookup(current, from.dentry(), from.last());
            if (old == null) {
                return error != 0 ? error : ErrorNumbers.ENOENT;
            }
            error = to.checkLength();
            Dentry target = error != 0 ? null : to.directory().lookup(current, to.dentry(), to.last());
            if (error == 0) {
                error = checkNames(old, target);
            }
            return error != 0 ? error : vfsRename(old, target);
        } finally {
            fs.treeLock().unlock();
        }
    }

    private long checkNames(Dentry old, @Nullable Dentry target) {
        boolean exchanges = has(RenameFlags.RENAME_EXCHANGE);
        if (has(RenameFlags.RENAME_NOREPLACE) && target != null) {
            return ErrorNumbers.EEXIST;
        }
        if (exchanges && target == null) {
            return ErrorNumbers.ENOENT;
        }
        boolean targetSlash = exchanges && target != null && !isDirectory(target) && to.hasTrailingSlash();
        boolean oldSlash = !isDirectory(old) && (from.hasTrailingSlash() || (!exchanges && to.hasTrailingSlash()));
        if (targetSlash || oldSlash) {
            return ErrorNumbers.ENOTDIR;
        }
        // What lock_rename calls the trap: the source above the target's directory, or the other way round.
        if (old.contains(to.dentry())) {
            return ErrorNumbers.EINVAL;
        }
        if (target != null && target.contains(from.dentry())) {
            return exchanges ? ErrorNumbers.EINVAL : ErrorNumbers.ENOTEMPTY;
        }
        return 0;
    }

    private static boolean isDirectory(Dentry dentry) {
        return dentry.inode() instanceof Directory;
    }

    private long vfsRename(Dentry old, @Nullable Dentry target) {
        if (target != null && target.inode() == old.inode()) {
            return 0;
        }
        long refusal = Permissions.mayDelete(someone, old, Victim.of(old));
        if (refusal == 0) {
            refusal = mayTake(old, target);
        }
        if (refusal == 0 && !from.directory().creates()) {
            refusal = ErrorNumbers.EPERM;
        }
        if (refusal == 0 && from.dentry() != to.dentry()) {
            refusal = mayMove(old, target);
        }
        if (refusal != 0) {
            return refusal;
        }
        if (old.mounted() != null || (target != null && target.mounted() != null)) {
            return ErrorNumbers.EBUSY;
        }
        Fsnotify.Place place = Fsnotify.Place.of(old);
        long error = from.directory().rename(old, new NewName(current, to.dentry(), to.last()), target, flags);
        if (error == 0) {
            notify(place, old, target);
        }
        return error;
    }

    private void notify(Fsnotify.Place place, Dentry old, @Nullable Dentry target) {
        Fsnotify.Place second = Fsnotify.Place.of(old);
        Fsnotify.move(place, old);
        if (target != null && !has(RenameFlags.RENAME_EXCHANGE)) {
            Fsnotify.linkCount(target.inode());
        }
        Fsnotify.moveSelf(old.inode());
        if (target != null && has(RenameFlags.RENAME_EXCHANGE)) {
            Fsnotify.move(second, target);
            Fsnotify.moveSelf(target.inode());
        } else if (target != null) {
            Fsnotify.ended(target);
        }
    }

    private long mayTake(Dentry old, @Nullable Dentry target) {
        if (target == null) {
            return Permissions.mayCreate(someone, to.directory());
        }
        Victim as = has(RenameFlags.RENAME_EXCHANGE) ? Victim.of(target) : Victim.of(old);
        return Permissions.mayDelete(someone, target, as);
    }

    /** A directory that gets another parent must be writable, because its {@code ..} changes. */
    private long mayMove(Dentry old, @Nullable Dentry target) {
        long refusal = isDirectory(old) ? Permissions.check(someone, old.inode(), Permissions.MAY_WRITE) : 0;
        if (refusal != 0 || target == null || !has(RenameFlags.RENAME_EXCHANGE) || !isDirectory(target)) {
            return refusal;
        }
        return Permissions.check(someone, target.inode(), Permissions.MAY_WRITE);
    }
}
