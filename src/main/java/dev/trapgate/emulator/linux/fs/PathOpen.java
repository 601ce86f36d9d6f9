package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** Opens one path: {@code path_openat} of fs/namei.c and {@code do_dentry_open} of fs/open.c, Linux 6.18. */
final class PathOpen {

    private static final long MAX_NON_LFS = Integer.MAX_VALUE;
    private static final FileOperations PLACE = new FileOperations() {
        @Override
        public int modes() {
            return 0;
        }
    };

    private final Task current;
    private final int dirfd;
    private final OpenFlags flags;
    private boolean created;
    private @Nullable File file;

    /**
     * Prepares to open.
     *
     * @param current the calling task
     * @param dirfd where a relative path begins
     * @param flags how
     */
    PathOpen(Task current, int dirfd, OpenFlags flags) {
        this.current = current;
        this.dirfd = dirfd;
        this.flags = flags;
    }

    /** {@return the open file, after {@link #open} answered 0} */
    File file() {
        if (file == null) {
            throw new IllegalStateException("nothing was opened");
        }
        return file;
    }

    /** Opens. {@return 0 or an error number negated} */
    long open(String name) {
        if (flags.has(OpenFlags.O_TMPFILE_BIT)) {
            return openTemporary(name);
        }
        Nameidata walk = new Nameidata(current, dirfd, flags.lookup());
        if (flags.has(File.O_PATH)) {
            long error = walk.lookup(name);
            return error != 0 ? error : install(walk.path(), PLACE);
        }
        long error = walk.parent(name);
        while (error == 0) {
            error = openLast(walk);
            String link = walk.link();
            if (error != 0 || link == null) {
                break;
            }
            error = walk.parentOfLink(link);
        }
        return error != 0 ? error : openFound(walk);
    }

    /** {@code open_last_lookups}: finds or makes the last component. */
    private long openLast(Nameidata walk) {
        if (walk.lastType() != Nameidata.LastType.NORM) {
            return walk.handleDots();
        }
        if (walk.hasTrailingSlash()) {
            if (flags.has(OpenFlags.O_CREAT)) {
                return ErrorNumbers.EISDIR;
            }
            walk.wantDirectory();
        }
        long tooLong = walk.checkLength();
        if (tooLong != 0) {
            return tooLong;
        }
        Directory directory = (Directory) walk.path().inode();
        Dentry found = directory.lookup(current, walk.dentry(), walk.last());
        if (found == null && flags.has(OpenFlags.O_CREAT)) {
            directory.superBlock().treeLock().lock();
            try {
                return findOrMake(walk, directory);
            } finally {
                directory.superBlock().treeLock().unlock();
            }
        }
        return found == null ? walk.absent() : walk.stepIntoLast(found);
    }

    /** {@code lookup_open}, with names kept still. */
    private long findOrMake(Nameidata walk, Directory directory) {
        Dentry found = directory.lookup(current, walk.dentry(), walk.last());
        if (found != null) {
            return walk.stepIntoLast(found);
        }
        long refusal = Permissions.mayCreate(current.credentials(), directory);
        if (refusal != 0) {
            return refusal;
        }
        if (!directory.creates()) {
            return ErrorNumbers.EACCES;
        }
        NewName name = new NewName(current, walk.dentry(), walk.last());
        long error = directory.mknod(name, prepareMode(directory), 0);
        Dentry made = error == 0 ? directory.lookup(current, walk.dentry(), walk.last()) : null;
        if (made == null) {
            return error == 0 ? ErrorNumbers.ENOENT : error;
        }
        created = true;
        Fsnotify.create(made);
        return walk.stepIntoLast(made);
    }

    private int prepareMode(Directory directory) {
        int mode = Permissions.stripSetGroup(current.credentials(), directory, flags.mode());
        return AclXattrs.umasked(current, directory, mode);
    }

    /** {@code do_open}. */
    private long openFound(Nameidata walk) {
        Path path = walk.path();
        Inode inode = path.inode();
        long error = created ? 0 : walk.complete();
        if (error != 0) {
            return error;
        }
        if (flags.has(OpenFlags.O_CREAT) && !created) {
            if (flags.has(OpenFlags.O_EXCL)) {
                return ErrorNumbers.EEXIST;
            }
            if (inode instanceof Directory) {
                return ErrorNumbers.EISDIR;
            }
        }
        if (walk.wantsDirectory() && !(inode instanceof Directory)) {
            return ErrorNumbers.ENOTDIR;
        }
        error = mayOpen(inode, created ? 0 : flags.access());
        if (error == 0) {
            error = install(path, inode.operations());
        }
        boolean truncates = flags.has(OpenFlags.O_TRUNC) && !created && inode.type() == Inode.S_IFREG;
        return error == 0 && truncates ? truncate(path.dentry()) : error;
    }

    /** {@code handle_truncate}; the file is closed again if that fails. */
    private long truncate(Dentry dentry) {
        long error = Attributes.truncate(current, dentry, 0, Attributes.Touch.ALWAYS);
        if (error != 0) {
            file().release();
        }
        return error;
    }

    /** {@code may_open}. */
    private long mayOpen(Inode inode, int access) {
        if (inode.type() == Inode.S_IFLNK) {
            return ErrorNumbers.ELOOP;
        }
        if (inode instanceof Directory && (access & Permissions.MAY_WRITE) != 0) {
            return ErrorNumbers.EISDIR;
        }
        if ((access & Permissions.MAY_EXEC) != 0 && inode.type() != Inode.S_IFREG) {
            return ErrorNumbers.EACCES;
        }
        long refusal = Permissions.check(current.credentials(), inode, access);
        if (refusal != 0) {
            return refusal;
        }
        boolean hidesReads = flags.has(File.O_NOATIME) && !Permissions.ownerOrCapable(current.credentials(), inode);
        return hidesReads ? ErrorNumbers.EPERM : 0;
    }

    /** {@code do_dentry_open}. */
    private long install(Path path, FileOperations operations) {
        File opened = new File(path, flags.kept(), operations);
        if (opened.hasVanished()) {
            opened.abandon();
            return ErrorNumbers.ENOENT;
        }
        if (created) {
            opened.setCreated();
        }
        if (opened.isPathOnly()) {
            file = opened;
            return 0;
        }
        boolean large = path.inode().type() == Inode.S_IFREG
                && !flags.has(File.O_LARGEFILE)
                && path.inode().size() > MAX_NON_LFS;
        long error = large ? ErrorNumbers.EOVERFLOW : operations.open(current, opened);
        if (error != 0) {
            opened.abandon();
            return error;
        }
        if (flags.has(File.O_DIRECT) && !opened.has(FileOperations.FMODE_CAN_ODIRECT)) {
            opened.release();
            return ErrorNumbers.EINVAL;
        }
        Fsnotify.open(opened);
        file = opened;
        return 0;
    }

    /** {@code do_tmpfile}. */
    private long openTemporary(String name) {
        Nameidata walk = new Nameidata(current, dirfd, flags.lookup() | Nameidata.LOOKUP_DIRECTORY);
        long error = walk.lookup(name);
        if (error != 0) {
            return error;
        }
        Directory directory = (Directory) walk.path().inode();
        error = Permissions.check(current.credentials(), directory, Permissions.MAY_WRITE | Permissions.MAY_EXEC);
        if (error != 0) {
            return error;
        }
        Dentry made = directory.tmpfile(current, walk.dentry(), prepareMode(directory));
        if (made == null) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        if (!flags.has(OpenFlags.O_EXCL)) {
            made.inode().makeLinkable();
        }
        error = mayOpen(made.inode(), 0);
        return error != 0
                ? error
                : install(new Path(walk.path().mount(), made), made.inode().operations());
    }
}
