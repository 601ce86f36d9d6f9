package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Task;

/** Open files of the kernel's own kinds, which all share one inode: fs/anon_inodes.c, Linux 6.18. */
public final class AnonInodes {

    private AnonInodes() {}

    /**
     * Makes an open file, with one reference: {@code anon_inode_getfile}.
     *
     * @param current the calling task
     * @param name what /proc shows behind {@code anon_inode:}
     * @param flags O_ACCMODE and O_NONBLOCK bits; others are left out
     * @param operations what it does
     * @return the file
     */
    public static File file(Task current, String name, int flags, FileOperations operations) {
        return file(current, name, flags, operations, new FileWatchers());
    }

    /** Makes one that is watched by others already known. */
    static File file(Task current, String name, int flags, FileOperations operations, FileWatchers watchers) {
        KernelMounts mounts = current.process().mounts();
        Path path = mounts.anonymous().path(mounts.anonInode(), "anon_inode:" + name);
        return new File(path, flags & (File.O_ACCMODE | File.O_NONBLOCK), operations, watchers);
    }
}
