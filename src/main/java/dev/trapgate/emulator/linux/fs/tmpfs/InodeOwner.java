package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * Whose a new file is and when it was made.
 *
 * @param uid its owner
 * @param gid its group
 * @param now the time, in nanoseconds since 1970
 */
public record InodeOwner(int uid, int gid, long now) {

    /** {@return a task's own} */
    public static InodeOwner of(Task current) {
        Credentials credentials = current.credentials();
        return new InodeOwner(
                credentials.fsuid(),
                credentials.fsgid(),
                current.process().timekeeper().realtime());
    }

    /** {@return a task's, in a directory whose group the file gets if S_ISGID says so: {@code inode_init_owner}} */
    static InodeOwner of(Task current, Inode directory) {
        InodeOwner own = of(current);
        return (directory.mode() & Inode.S_ISGID) != 0 ? new InodeOwner(own.uid, directory.gid(), own.now) : own;
    }
}
