package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * Which fields statx is asked for, or has answered. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
 */
public record StatxMask(int bits) {

    /** None. */
    public static final StatxMask NONE = new StatxMask(0);
    /** The file's type. */
    public static final StatxMask STATX_TYPE = new StatxMask(1);
    /** The permissions. */
    public static final StatxMask STATX_MODE = new StatxMask(2);
    /** The number of links. */
    public static final StatxMask STATX_NLINK = new StatxMask(4);
    /** The owner. */
    public static final StatxMask STATX_UID = new StatxMask(8);
    /** The group. */
    public static final StatxMask STATX_GID = new StatxMask(0x10);
    /** The access time. */
    public static final StatxMask STATX_ATIME = new StatxMask(0x20);
    /** The modification time. */
    public static final StatxMask STATX_MTIME = new StatxMask(0x40);
    /** The change time. */
    public static final StatxMask STATX_CTIME = new StatxMask(0x80);
    /** The inode's number. */
    public static final StatxMask STATX_INO = new StatxMask(0x100);
    /** The size. */
    public static final StatxMask STATX_SIZE = new StatxMask(0x200);
    /** The blocks allocated. */
    public static final StatxMask STATX_BLOCKS = new StatxMask(0x400);
    /** All that stat(2) has. */
    public static final StatxMask STATX_BASIC_STATS = new StatxMask(0x7ff);
    /** The time of birth. */
    public static final StatxMask STATX_BTIME = new StatxMask(0x800);
    /** The mount's number. */
    public static final StatxMask STATX_MNT_ID = new StatxMask(0x1000);
    /** What O_DIRECT must be aligned to. */
    public static final StatxMask STATX_DIOALIGN = new StatxMask(0x2000);

    /** {@return these flags and more} */
    public StatxMask or(StatxMask more) {
        return new StatxMask(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(StatxMask some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code STATX_MODE}} */
    @Override
    public String toString() {
        return ConstantNames.render("statx_mask", bits, Abi.X86_64);
    }
}
