package dev.trapgate.fs;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.Gid;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.Uid;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/**
 * What is known of a file, {@code struct statx}: a view of memory, alike in every ABI. Whether a field was filled,
 * {@link #mask()} says.
 *
 * @param buffer its 256 bytes
 * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
 */
public record Statx(UserBuffer buffer) {

    private static final Fields FIELDS = Fields.of("statx");
    /** Its size in bytes. */
    public static final long SIZE = FIELDS.size();

    private static final long MASK = FIELDS.offset("stx_mask");
    private static final long BLKSIZE = FIELDS.offset("stx_blksize");
    private static final long ATTRIBUTES = FIELDS.offset("stx_attributes");
    private static final long NLINK = FIELDS.offset("stx_nlink");
    private static final long UID = FIELDS.offset("stx_uid");
    private static final long GID = FIELDS.offset("stx_gid");
    private static final long MODE = FIELDS.offset("stx_mode");
    private static final long INO = FIELDS.offset("stx_ino");
    private static final long LENGTH = FIELDS.offset("stx_size");
    private static final long BLOCKS = FIELDS.offset("stx_blocks");
    private static final long ATIME = FIELDS.offset("stx_atime");
    private static final long BTIME = FIELDS.offset("stx_btime");
    private static final long CTIME = FIELDS.offset("stx_ctime");
    private static final long MTIME = FIELDS.offset("stx_mtime");
    private static final long RDEV_MAJOR = FIELDS.offset("stx_rdev_major");
    private static final long RDEV_MINOR = FIELDS.offset("stx_rdev_minor");
    private static final long DEV_MAJOR = FIELDS.offset("stx_dev_major");
    private static final long DEV_MINOR = FIELDS.offset("stx_dev_minor");
    private static final long MNT_ID = FIELDS.offset("stx_mnt_id");
    private static final long DIO_MEM_ALIGN = FIELDS.offset("stx_dio_mem_align");
    private static final long DIO_OFFSET_ALIGN = FIELDS.offset("stx_dio_offset_align");

    private static final long NANOSECONDS = 8;
    private static final int UNSIGNED_SHORT = 0xffff;

    /** {@return a zeroed one in memory that a kernel can fill} Its life ends with the scope. */
    public static Statx in(UserMemory.Scope scope) {
        return new Statx(scope.allocate(SIZE, Long.BYTES));
    }

    /** {@return a copy on the heap} */
    static Statx copyOf(MemorySegment statx) {
        MemorySegment copy = MemorySegment.ofArray(new byte[(int) SIZE]);
        copy.copyFrom(statx);
        return new Statx(new UserBuffer(0, copy));
    }

    private int word(long offset) {
        return buffer.segment().get(Layouts.INT, offset);
    }

    private long longWord(long offset) {
        return buffer.segment().get(Layouts.LONG, offset);
    }

    private Instant time(long offset) {
        return Instant.ofEpochSecond(longWord(offset), Integer.toUnsignedLong(word(offset + NANOSECONDS)));
    }

    /** {@return which fields were filled} */
    public StatxMask mask() {
        return new StatxMask(word(MASK));
    }

    /** {@return the type and permissions} */
    public Mode mode() {
        return new Mode(buffer.segment().get(Layouts.SHORT, MODE) & UNSIGNED_SHORT);
    }

    /** {@return the size in bytes} */
    public long size() {
        return longWord(LENGTH);
    }

    /** {@return the blocks allocated, of 512 bytes each} */
    public long blocks() {
        return longWord(BLOCKS);
    }

    /** {@return the preferred size of transfers, in bytes} */
    public int blksize() {
        return word(BLKSIZE);
    }

    /** {@return the number of links} */
    public int nlink() {
        return word(NLINK);
    }

    /** {@return the owner} */
    public Uid uid() {
        return new Uid(word(UID));
    }

    /** {@return the group} */
    public Gid gid() {
        return new Gid(word(GID));
    }

    /** {@return the inode's number} */
    public long ino() {
        return longWord(INO);
    }

    /** {@return the STATX_ATTR_ bits} */
    public long attributes() {
        return longWord(ATTRIBUTES);
    }

    /** {@return when it was last read} */
    public Instant atime() {
        return time(ATIME);
    }

    /** {@return when it was last written} */
    public Instant mtime() {
        return time(MTIME);
    }

    /** {@return when its inode last changed} */
    public Instant ctime() {
        return time(CTIME);
    }

    /** {@return when it was made, if {@link #mask()} has STATX_BTIME} */
    public Instant btime() {
        return time(BTIME);
    }

    /** {@return the major number of the device that it is on} */
    public int devMajor() {
        return word(DEV_MAJOR);
    }

    /** {@return the minor number of the device that it is on} */
    public int devMinor() {
        return word(DEV_MINOR);
    }

    /** {@return the major number of the device that it is} */
    public int rdevMajor() {
        return word(RDEV_MAJOR);
    }

    /** {@return the minor number of the device that it is} */
    public int rdevMinor() {
        return word(RDEV_MINOR);
    }

    /** {@return the mount's number, if {@link #mask()} has STATX_MNT_ID} */
    public long mountId() {
        return longWord(MNT_ID);
    }

    /** {@return what addresses must be multiples of with O_DIRECT; 0 if it cannot be had, or without STATX_DIOALIGN} */
    public int dioMemoryAlignment() {
        return word(DIO_MEM_ALIGN);
    }

    /** {@return what offsets and lengths must be multiples of with O_DIRECT; 0 if it cannot be had} */
    public int dioOffsetAlignment() {
        return word(DIO_OFFSET_ALIGN);
    }

    /** {@return mode, owner and size} */
    @Override
    public String toString() {
        return "Statx[mode=" + mode() + ", uid=" + uid() + ", gid=" + gid() + ", size=" + size() + ", ino=" + ino() + "]";
    }
}
