package dev.trapgate.emulator.linux.fs.hostfs;

/**
 * What the machine that the JVM runs on says of a file.
 *
 * @param identity what no other file has at the same time, by {@link Object#equals}
 * @param inode its inode's number
 * @param mode type and permission bits, as {@code st_mode}
 * @param links how many names it has
 * @param uid its owner
 * @param gid its group
 * @param major of a device, the first part of its number, else 0
 * @param minor of a device, the second part of its number, else 0
 * @param size its size in bytes
 * @param atime when it was last read, in nanoseconds since 1970
 * @param mtime when its contents last changed
 * @param ctime when it last changed in any way
 * @param btime when it was made; {@code ctime} where that is not known
 */
public record HostFileStatus(
        Object identity,
        long inode,
        int mode,
        int links,
        int uid,
        int gid,
        int major,
        int minor,
        long size,
        long atime,
        long mtime,
        long ctime,
        long btime) {

    /**
     * {@return whether the contents are those of an earlier status of the same file}
     *
     * @param earlier the earlier status
     */
    public boolean isUnchangedSince(HostFileStatus earlier) {
        return identity.equals(earlier.identity)
                && size == earlier.size
                && mtime == earlier.mtime
                && ctime == earlier.ctime;
    }
}
