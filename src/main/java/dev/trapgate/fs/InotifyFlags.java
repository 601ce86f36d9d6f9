package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of inotify instance to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/inotify_init1.2.html">inotify_init1(2)</a>
 */
public record InotifyFlags(int bits) {

    /** None. */
    public static final InotifyFlags NONE = new InotifyFlags(0);
    /** Calls answer EAGAIN instead of waiting. */
    public static final InotifyFlags IN_NONBLOCK = new InotifyFlags(0x800);
    /** Close it when another program is executed. */
    public static final InotifyFlags IN_CLOEXEC = new InotifyFlags(0x80000);

    /**
     * {@return these flags and more}
     *
     * @param more flags to add
     */
    public InotifyFlags or(InotifyFlags more) {
        return new InotifyFlags(bits | more.bits);
    }

    /**
     * {@return whether all of those flags are among these}
     *
     * @param some other flags
     */
    public boolean has(InotifyFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code IN_CLOEXEC}} */
    @Override
    public String toString() {
        return ConstantNames.render("inotify_init", bits, Abi.X86_64);
    }
}
