package dev.trapgate.emulator.linux.fs.hostfs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.Inode;

/** Brings what the other machine says of a file into its inode: {@code hostfs_getattr}. */
public final class HostfsStatus {

    private static final int SECTORS_PER_PAGE = 8;

    private HostfsStatus() {}

    /**
     * Brings mode, owner, size and times into an inode.
     *
     * @param inode the inode
     * @param status what is said of the file
     */
    public static void apply(Inode inode, HostFileStatus status) {
        inode.setMode(status.mode());
        inode.setOwner(status.uid(), status.gid());
        inode.setLinks(status.links());
        inode.setSize(status.size());
        inode.setAtime(status.atime());
        inode.setMtime(status.mtime());
        inode.setCtime(status.ctime());
    }

    /** {@return how many units of 512 bytes a size takes, as if the file had no holes and blocks were pages} */
    public static long sectors(long size) {
        return (size >>> PageFrames.PAGE_SHIFT) * SECTORS_PER_PAGE
                + ((size & PageFrames.PAGE_MASK) == 0 ? 0 : SECTORS_PER_PAGE);
    }
}
