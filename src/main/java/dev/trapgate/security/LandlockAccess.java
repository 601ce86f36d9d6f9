package dev.trapgate.security;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What a ruleset handles, or a rule allows, below a directory. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man7/landlock.7.html">landlock(7)</a>
 */
public record LandlockAccess(int bits) {

    /** None. */
    public static final LandlockAccess NONE = new LandlockAccess(0);
    /** Execute a file. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_EXECUTE = new LandlockAccess(1);
    /** Open a file for writing. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_WRITE_FILE = new LandlockAccess(2);
    /** Open a file for reading. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_READ_FILE = new LandlockAccess(4);
    /** List a directory. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_READ_DIR = new LandlockAccess(8);
    /** Remove a directory. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_REMOVE_DIR = new LandlockAccess(0x10);
    /** Unlink a file. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_REMOVE_FILE = new LandlockAccess(0x20);
    /** Make a character device. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_MAKE_CHAR = new LandlockAccess(0x40);
    /** Make a directory. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_MAKE_DIR = new LandlockAccess(0x80);
    /** Make a regular file. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_MAKE_REG = new LandlockAccess(0x100);
    /** Make a socket. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_MAKE_SOCK = new LandlockAccess(0x200);
    /** Make a pipe. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_MAKE_FIFO = new LandlockAccess(0x400);
    /** Make a block device. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_MAKE_BLOCK = new LandlockAccess(0x800);
    /** Make a symbolic link. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_MAKE_SYM = new LandlockAccess(0x1000);
    /** Link or move between directories; since ABI 2. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_REFER = new LandlockAccess(0x2000);
    /** Cut a file; since ABI 3. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_TRUNCATE = new LandlockAccess(0x4000);
    /** Ioctl on devices; since ABI 5. */
    public static final LandlockAccess LANDLOCK_ACCESS_FS_IOCTL_DEV = new LandlockAccess(0x8000);

    /** {@return these flags and more} */
    public LandlockAccess or(LandlockAccess more) {
        return new LandlockAccess(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(LandlockAccess some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code LANDLOCK_ACCESS_FS_WRITE_FILE}} */
    @Override
    public String toString() {
        return ConstantNames.render("landlock_access_fs", bits, Abi.X86_64);
    }
}
