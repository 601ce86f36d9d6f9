package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
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
 * What is known of a file, {@code struct stat}, in the 32-bit ABI {@code struct stat64}: a view of memory.
 *
 * @param buffer its bytes: 144, or 96
 * @param abi whose layout it has
 * @see <a href="https://man7.org/linux/man-pages/man3/stat.3type.html">stat(3type)</a>
 */
public record Stat(UserBuffer buffer, Abi abi) {

    private static final Layout X86_64 = Layout.of(Fields.of("stat", Abi.X86_64), Abi.X86_64);
    private static final Layout I386 = Layout.of(Fields.of("stat64", Abi.I386), Abi.I386);

    /** Where the fields are, and how wide those are that are longs in C. */
    private record Layout(
            long size,
            int word,
            long dev,
            long ino,
            long mode,
            long nlink,
            long uid,
            long gid,
            long rdev,
            long length,
            long blksize,
            long blocks,
            long atime,
            long mtime,
            long ctime) {

        static Layout of(Fields fields, Abi abi) {
            return new Layout(
                    fields.size(),
                    abi.pointerSize(),
                    fields.offset("st_dev"),
                    fields.offset("st_ino"),
                    fields.offset("st_mode"),
                    fields.offset("st_nlink"),
                    fields.offset("st_uid"),
                    fields.offset("st_gid"),
                    fields.offset("st_rdev"),
                    fields.offset("st_size"),
                    fields.offset("st_blksize"),
                    fields.offset("st_blocks"),
                    fields.offset("st_atime"),
                    fields.offset("st_mtime"),
                    fields.offset("st_ctime"));
        }
    }

    private static Layout layout(Abi abi) {
        return abi == Abi.I386 ? I386 : X86_64;
    }

    /**
     * {@return its size in bytes in an ABI that gates speak}
     *
     * @param abi the ABI
     */
    public static long size(Abi abi) {
        return layout(abi).size();
    }

    /**
     * {@return a zeroed one in memory that a kernel can fill} Its life ends with the scope.
     *
     * @param scope whose memory it is to have
     * @param abi the kernel's ABI
     */
    public static Stat in(UserMemory.Scope scope, Abi abi) {
        return new Stat(scope.allocate(size(abi), Long.BYTES), abi);
    }

    /** {@return a copy on the heap} */
    static Stat copyOf(MemorySegment stat, Abi abi) {
        MemorySegment copy = MemorySegment.ofArray(new byte[(int) size(abi)]);
        copy.copyFrom(stat);
        return new Stat(new UserBuffer(0, copy), abi);
    }

    private int word(long offset) {
        return buffer.segment().get(Layouts.INT, offset);
    }

    private long longWord(long offset) {
        return buffer.segment().get(Layouts.LONG, offset);
    }

    /** A C long: of 32 bits in the 32-bit ABI. */
    private long cLong(long offset) {
        return layout(abi).word() == Integer.BYTES ? word(offset) : longWord(offset);
    }

    private Instant time(long offset) {
        return Instant.ofEpochSecond(cLong(offset), cLong(offset + layout(abi).word()));
    }

    /** {@return the type and permissions} */
    public Mode mode() {
        return new Mode(word(layout(abi).mode()));
    }

    /** {@return the size in bytes} */
    public long size() {
        return longWord(layout(abi).length());
    }

    /** {@return the blocks allocated, of 512 bytes each} */
    public long blocks() {
        return longWord(layout(abi).blocks());
    }

    /** {@return the preferred size of transfers, in bytes} */
    public long blksize() {
        return cLong(layout(abi).blksize());
    }

    /** {@return the number of links} */
    public long nlink() {
        return cLong(layout(abi).nlink());
    }

    /** {@return the owner} */
    public Uid uid() {
        return new Uid(word(layout(abi).uid()));
    }

    /** {@return the group} */
    public Gid gid() {
        return new Gid(word(layout(abi).gid()));
    }

    /** {@return the inode's number} */
    public long ino() {
        return longWord(layout(abi).ino());
    }

    /** {@return the device that it is on, by the kernel's 64-bit number, {@code dev_t} of glibc} */
    public long dev() {
        return longWord(layout(abi).dev());
    }

    /** {@return the device that it is, likewise} */
    public long rdev() {
        return longWord(layout(abi).rdev());
    }

    /** {@return when it was last read; in the 32-bit ABI it ends in 2038} */
    public Instant atime() {
        return time(layout(abi).atime());
    }

    /** {@return when it was last written; in the 32-bit ABI it ends in 2038} */
    public Instant mtime() {
        return time(layout(abi).mtime());
    }

    /** {@return when its inode last changed; in the 32-bit ABI it ends in 2038} */
    public Instant ctime() {
        return time(layout(abi).ctime());
    }

    /** {@return mode, owner and size} */
    @Override
    public String toString() {
        return "Stat[mode=" + mode() + ", uid=" + uid() + ", gid=" + gid() + ", size=" + size() + ", ino=" + ino()
                + "]";
    }
}
