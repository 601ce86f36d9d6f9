package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How calls treat the path they are given. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/openat.2.html">openat(2)</a>
 */
public record AtFlags(int bits) {

    /** None. */
    public static final AtFlags NONE = new AtFlags(0);
    /** The link itself, if it is one. */
    public static final AtFlags AT_SYMLINK_NOFOLLOW = new AtFlags(0x100);
    /** What the link points to. */
    public static final AtFlags AT_SYMLINK_FOLLOW = new AtFlags(0x400);
    /** Remove a directory. */
    public static final AtFlags AT_REMOVEDIR = new AtFlags(0x200);
    /** Mount nothing on the way. */
    public static final AtFlags AT_NO_AUTOMOUNT = new AtFlags(0x800);
    /** An empty path means the directory's descriptor itself. */
    public static final AtFlags AT_EMPTY_PATH = new AtFlags(0x1000);
    /** Ask the server of a network file system. */
    public static final AtFlags AT_STATX_FORCE_SYNC = new AtFlags(0x2000);
    /** Answer from what is cached. */
    public static final AtFlags AT_STATX_DONT_SYNC = new AtFlags(0x4000);

    /** {@return these flags and more} */
    public AtFlags or(AtFlags more) {
        return new AtFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(AtFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code AT_SYMLINK_FOLLOW}} */
    @Override
    public String toString() {
        return ConstantNames.render("at", bits, Abi.X86_64);
    }
}
