package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** Names of sockets in the tree: {@code unix_bind_bsd} and {@code unix_find_bsd} of net/unix/af_unix.c, as far as paths go. */
public final class SocketPaths {

    /** Whether a name that was made stays. */
    public enum Outcome {
        /** It does. */
        KEPT,
        /** It is removed at once: the socket has a name already. */
        REMOVED
    }

    /**
     * A socket's file.
     *
     * @param inode the file; null with an error
     * @param error 0 or an error number negated
     */
    public record Found(@Nullable Inode inode, long error) {}

    private SocketPaths() {}

    /**
     * Makes a name for a socket.
     *
     * @param current the calling task
     * @param name the path
     * @param mode type and permission bits; those of the umask are taken away
     * @param outcome whether the name stays
     * @return the file; −EADDRINUSE if the name is taken
     */
    public static Found bind(Task current, String name, int mode, Outcome outcome) {
        Inode[] made = new Inode[1];
        long error = MakeCalls.create(current, Nameidata.AT_FDCWD, new Filename(name, 0), MakeCalls.Slash.REFUSED, (directory, free) -> {
            long refusal = MakeCalls.vfsMknod(directory, free, mode & ~current.process().fs().umask(), 0);
            Dentry dentry = refusal == 0 ? directory.lookup(current, free.parent(), free.name()) : null;
            if (dentry == null) {
                return refusal;
            }
            made[0] = dentry.inode();
            return outcome == Outcome.KEPT ? 0 : directory.unlink(current, dentry);
        });
        return new Found(made[0], error == ErrorNumbers.EEXIST ? ErrorNumbers.EADDRINUSE : error);
    }

    /**
     * Finds the socket behind a name.
     *
     * @return its file; −EACCES if the task may not write there, −ECONNREFUSED if it is no socket
     */
    public static Found find(Task current, String name) {
        Nameidata walk = new Nameidata(current, Nameidata.AT_FDCWD, Nameidata.LOOKUP_FOLLOW);
        long error = walk.lookup(name);
        if (error != 0) {
            return new Found(null, error);
        }
        Inode inode = walk.path().inode();
        long refusal = Permissions.check(current.credentials(), inode, Permissions.MAY_WRITE);
        if (refusal != 0) {
            return new Found(null, refusal);
        }
        boolean isSocket = inode.type() == Inode.S_IFSOCK;
        return isSocket ? new Found(inode, 0) : new Found(null, ErrorNumbers.ECONNREFUSED);
    }
}
