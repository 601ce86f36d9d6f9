package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/**
 * A directory: an inode with the operations that work on names, {@code struct inode_operations}. All but {@link #lookup}
 * are called with the file system's {@link SuperBlock#treeLock} held and after the checks that are every file system's.
 * What a file system does not do answers as fs/namei.c does for a missing operation.
 */
public abstract class Directory extends Inode {

    private volatile boolean dead;

    /**
     * Makes a directory without a name.
     *
     * @param superBlock where it lives
     * @param mode type and permission bits
     * @param uid its owner
     * @param gid its group
     * @param now the time, in nanoseconds since 1970, for all its times
     */
    protected Directory(SuperBlock superBlock, int mode, int uid, int gid, long now) {
        super(superBlock, mode, uid, gid, now);
    }

    /**
     * Makes a directory of root's that has a number already.
     *
     * @param superBlock where it lives
     * @param number its number there
     * @param mode type and permission bits
     * @param made when it was made, in nanoseconds since 1970, for all its times
     */
    protected Directory(SuperBlock superBlock, long number, int mode, long made) {
        super(superBlock, number, mode, made);
    }

    /** {@return whether it was removed, so that it takes no names any more: IS_DEADDIR} */
    public final boolean isDead() {
        return dead;
    }

    /** Marks it as removed. */
    protected final void kill() {
        dead = true;
    }

    /**
     * Finds a name.
     *
     * @param current the calling task
     * @param self this directory's own name
     * @param name the name, 1 to 255 bytes
     * @return where it leads, or null if there is no such name
     */
    public abstract @Nullable Dentry lookup(Task current, Dentry self, String name);

    /** {@return whether files can be made in it by open(2)} */
    public boolean creates() {
        return false;
    }

    /**
     * Makes a file of any type but a directory or symbolic link.
     *
     * @param at where
     * @param mode type and permission bits
     * @param device the number of the device that it is to stand for; 0 if it stands for none
     * @return 0 or an error number negated
     */
    public long mknod(NewName at, int mode, int device) {
        return ErrorNumbers.EPERM;
    }

    /**
     * Makes a directory.
     *
     * @param at where
     * @param mode permission bits
     * @return 0 or an error number negated
     */
    public long mkdir(NewName at, int mode) {
        return ErrorNumbers.EPERM;
    }

    /**
     * Makes a symbolic link.
     *
     * @param at where
     * @param target what it says
     * @return 0 or an error number negated
     */
    public long symlink(NewName at, String target) {
        return ErrorNumbers.EPERM;
    }

    /**
     * Makes another name of a file.
     *
     * @param at where
     * @param inode the file
     * @return 0 or an error number negated
     */
    public long link(NewName at, Inode inode) {
        return ErrorNumbers.EPERM;
    }

    /**
     * Removes a name of a file that is not a directory.
     *
     * @param current the calling task
     * @param victim the name
     * @return 0 or an error number negated
     */
    public long unlink(Task current, Dentry victim) {
        return ErrorNumbers.EPERM;
    }

    /**
     * Removes an empty directory.
     *
     * @param current the calling task
     * @param victim its name
     * @return 0 or an error number negated
     */
    public long rmdir(Task current, Dentry victim) {
        return ErrorNumbers.EPERM;
    }

    /**
     * Moves a name from this directory.
     *
     * @param old the name
     * @param to where to, in a directory of the same file system
     * @param target what has that name already, or null
     * @param flags RENAME_* flags
     * @return 0 or an error number negated
     */
    public long rename(Dentry old, NewName to, @Nullable Dentry target, int flags) {
        return ErrorNumbers.EPERM;
    }

    /**
     * Makes a regular file without a name: O_TMPFILE.
     *
     * @param current the calling task
     * @param self this directory's own name
     * @param mode permission bits
     * @return its dentry, or null if the file system does not do that
     */
    public @Nullable Dentry tmpfile(Task current, Dentry self, int mode) {
        return null;
    }

    /**
     * Lists names from a position on: {@code iterate_shared}, with the position moved on.
     *
     * @param file the open directory
     * @param context where to, and from which position
     */
    public abstract void iterate(Task current, File file, DirContext context);
}
