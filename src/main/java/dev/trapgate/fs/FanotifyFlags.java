package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of fanotify group to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/fanotify_init.2.html">fanotify_init(2)</a>
 */
public record FanotifyFlags(int bits) {

    /** None. */
    public static final FanotifyFlags NONE = new FanotifyFlags(0);
    /** It may permit or refuse, when the content is there. */
    public static final FanotifyFlags FAN_CLASS_CONTENT = new FanotifyFlags(4);
    /** It may permit or refuse, before the content is there. */
    public static final FanotifyFlags FAN_CLASS_PRE_CONTENT = new FanotifyFlags(8);
    /** Close it when another program is executed. */
    public static final FanotifyFlags FAN_CLOEXEC = new FanotifyFlags(1);
    /** Calls answer EAGAIN instead of waiting. */
    public static final FanotifyFlags FAN_NONBLOCK = new FanotifyFlags(2);
    /** No end to events that wait; needs CAP_SYS_ADMIN. */
    public static final FanotifyFlags FAN_UNLIMITED_QUEUE = new FanotifyFlags(0x10);
    /** No end to marks; needs CAP_SYS_ADMIN. */
    public static final FanotifyFlags FAN_UNLIMITED_MARKS = new FanotifyFlags(0x20);
    /** Events tell the thread, not the process; since Linux 4.20. */
    public static final FanotifyFlags FAN_REPORT_TID = new FanotifyFlags(0x100);

    /**
     * {@return these flags and more}
     *
     * @param more flags to add
     */
    public FanotifyFlags or(FanotifyFlags more) {
        return new FanotifyFlags(bits | more.bits);
    }

    /**
     * {@return whether all of those flags are among these}
     *
     * @param some other flags
     */
    public boolean has(FanotifyFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code FAN_CLASS_PRE_CONTENT}} */
    @Override
    public String toString() {
        return ConstantNames.render("fanotify_init", bits, Abi.X86_64);
    }
}
