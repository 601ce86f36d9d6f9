package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What to be told of a file or directory, or was told. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
public record InotifyMask(int bits) {

    /** None. */
    public static final InotifyMask NONE = new InotifyMask(0);
    /** It was read. */
    public static final InotifyMask IN_ACCESS = new InotifyMask(1);
    /** It was written. */
    public static final InotifyMask IN_MODIFY = new InotifyMask(2);
    /** Its metadata changed. */
    public static final InotifyMask IN_ATTRIB = new InotifyMask(4);
    /** It was closed by one who might have written. */
    public static final InotifyMask IN_CLOSE_WRITE = new InotifyMask(8);
    /** It was closed by one who only read. */
    public static final InotifyMask IN_CLOSE_NOWRITE = new InotifyMask(0x10);
    /** It was opened. */
    public static final InotifyMask IN_OPEN = new InotifyMask(0x20);
    /** A name left the directory. */
    public static final InotifyMask IN_MOVED_FROM = new InotifyMask(0x40);
    /** A name came into the directory. */
    public static final InotifyMask IN_MOVED_TO = new InotifyMask(0x80);
    /** Something was made in the directory. */
    public static final InotifyMask IN_CREATE = new InotifyMask(0x100);
    /** Something was removed from the directory. */
    public static final InotifyMask IN_DELETE = new InotifyMask(0x200);
    /** It was removed itself. */
    public static final InotifyMask IN_DELETE_SELF = new InotifyMask(0x400);
    /** It was moved itself. */
    public static final InotifyMask IN_MOVE_SELF = new InotifyMask(0x800);
    /** Its file system was unmounted. */
    public static final InotifyMask IN_UNMOUNT = new InotifyMask(0x2000);
    /** Events were lost. */
    public static final InotifyMask IN_Q_OVERFLOW = new InotifyMask(0x4000);
    /** The watch is gone. */
    public static final InotifyMask IN_IGNORED = new InotifyMask(0x8000);
    /** Watch only if it is a directory. */
    public static final InotifyMask IN_ONLYDIR = new InotifyMask(0x1000000);
    /** Do not follow a symbolic link. */
    public static final InotifyMask IN_DONT_FOLLOW = new InotifyMask(0x2000000);
    /** Nothing about files once they are unlinked. */
    public static final InotifyMask IN_EXCL_UNLINK = new InotifyMask(0x4000000);
    /** Fail with EEXIST if it is watched already. */
    public static final InotifyMask IN_MASK_CREATE = new InotifyMask(0x10000000);
    /** Add to the events of an existing watch. */
    public static final InotifyMask IN_MASK_ADD = new InotifyMask(0x20000000);
    /** The event is about a directory. */
    public static final InotifyMask IN_ISDIR = new InotifyMask(0x40000000);
    /** One event, then no more. */
    public static final InotifyMask IN_ONESHOT = new InotifyMask(0x80000000);

    /** {@return these flags and more} */
    public InotifyMask or(InotifyMask more) {
        return new InotifyMask(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(InotifyMask some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code IN_MODIFY}} */
    @Override
    public String toString() {
        return ConstantNames.render("inotify_events", bits, Abi.X86_64);
    }
}
