package dev.trapgate.emulator.linux.fs;

/**
 * What stat(2) says of a file: {@code struct kstat}.
 *
 * @param device the file system's device number, as {@code st_dev}
 * @param inode the inode's number
 * @param mode type and permission bits
 * @param links how many names it has
 * @param uid its owner
 * @param gid its group
 * @param special the number of the device that it stands for
 * @param size its size in bytes
 * @param blockSize the best size of reads and writes in bytes
 * @param blocks its room in units of 512 bytes
 * @param atime when it was last read, in nanoseconds since 1970
 * @param mtime when its contents last changed
 * @param ctime when it last changed in any way
 * @param btime when it was made
 */
record Kstat(
        int device,
        long inode,
        int mode,
        int links,
        int uid,
        int gid,
        int special,
        long size,
        int blockSize,
        long blocks,
        long atime,
        long mtime,
        long ctime,
        long btime) {

    private static final int PAGE_SIZE = 4096;
    private static final int PROC_BLOCK_SIZE = 1024;

    /** {@return a file's: {@code generic_fillattr}} */
    static Kstat of(Inode inode) {
        return new Kstat(
                inode.superBlock().device(),
                inode.number(),
                inode.mode(),
                inode.links(),
                inode.uid(),
                inode.gid(),
                inode.device(),
                inode.size(),
                inode.superBlock().magic() == SuperBlock.PROC_SUPER_MAGIC ? PROC_BLOCK_SIZE : PAGE_SIZE,
                inode.blocks(),
                inode.atime(),
                inode.mtime(),
                inode.ctime(),
                inode.btime());
    }
}
