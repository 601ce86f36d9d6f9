package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What a mark is put on, and how. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/fanotify_mark.2.html">fanotify_mark(2)</a>
 */
public record FanotifyMarkFlags(int bits) {

    /** None. */
    public static final FanotifyMarkFlags NONE = new FanotifyMarkFlags(0);
    /** The link itself, if it is one. */
    public static final FanotifyMarkFlags FAN_MARK_DONT_FOLLOW = new FanotifyMarkFlags(4);
    /** Only if it is a directory. */
    public static final FanotifyMarkFlags FAN_MARK_ONLYDIR = new FanotifyMarkFlags(8);
    /** The whole mount that the path is on; needs CAP_SYS_ADMIN. */
    public static final FanotifyMarkFlags FAN_MARK_MOUNT = new FanotifyMarkFlags(0x10);
    /** The whole file system that the path is on; needs CAP_SYS_ADMIN. */
    public static final FanotifyMarkFlags FAN_MARK_FILESYSTEM = new FanotifyMarkFlags(0x100);
    /** What to leave out. */
    public static final FanotifyMarkFlags FAN_MARK_IGNORED_MASK = new FanotifyMarkFlags(0x20);
    /** The mark goes when the inode leaves memory; since Linux 5.19. */
    public static final FanotifyMarkFlags FAN_MARK_EVICTABLE = new FanotifyMarkFlags(0x200);

    /**
     * {@return these flags and more}
     *
     * @param more flags to add
     */
    public FanotifyMarkFlags or(FanotifyMarkFlags more) {
        return new FanotifyMarkFlags(bits | more.bits);
    }

    /**
     * {@return whether all of those flags are among these}
     *
     * @param some other flags
     */
    public boolean has(FanotifyMarkFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code FAN_MARK_ONLYDIR}} */
    @Override
    public String toString() {
        return ConstantNames.render("fanotify_mark", bits, Abi.X86_64);
    }
}
