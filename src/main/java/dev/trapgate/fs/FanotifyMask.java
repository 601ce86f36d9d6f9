package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What to be told, or was told. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/fanotify_mark.2.html">fanotify_mark(2)</a>
 */
public record FanotifyMask(int bits) {

    /** None. */
    public static final FanotifyMask NONE = new FanotifyMask(0);
    /** It was read. */
    public static final FanotifyMask FAN_ACCESS = new FanotifyMask(1);
    /** It was written. */
    public static final FanotifyMask FAN_MODIFY = new FanotifyMask(2);
    /** It was closed by one who might have written. */
    public static final FanotifyMask FAN_CLOSE_WRITE = new FanotifyMask(8);
    /** It was closed by one who only read. */
    public static final FanotifyMask FAN_CLOSE_NOWRITE = new FanotifyMask(0x10);
    /** It was opened. */
    public static final FanotifyMask FAN_OPEN = new FanotifyMask(0x20);
    /** It was opened to be executed; since Linux 5.0. */
    public static final FanotifyMask FAN_OPEN_EXEC = new FanotifyMask(0x1000);
    /** Events were lost. */
    public static final FanotifyMask FAN_Q_OVERFLOW = new FanotifyMask(0x4000);
    /** Someone waits for permission to open it. */
    public static final FanotifyMask FAN_OPEN_PERM = new FanotifyMask(0x10000);
    /** Someone waits for permission to read it. */
    public static final FanotifyMask FAN_ACCESS_PERM = new FanotifyMask(0x20000);
    /** Someone waits for permission to execute it; since Linux 5.0. */
    public static final FanotifyMask FAN_OPEN_EXEC_PERM = new FanotifyMask(0x40000);
    /** What is directly in the directory, too. */
    public static final FanotifyMask FAN_EVENT_ON_CHILD = new FanotifyMask(0x8000000);
    /** Directories too. */
    public static final FanotifyMask FAN_ONDIR = new FanotifyMask(0x40000000);

    /**
     * {@return these flags and more}
     *
     * @param more flags to add
     */
    public FanotifyMask or(FanotifyMask more) {
        return new FanotifyMask(bits | more.bits);
    }

    /**
     * {@return whether all of those flags are among these}
     *
     * @param some other flags
     */
    public boolean has(FanotifyMask some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code FAN_MODIFY}} */
    @Override
    public String toString() {
        return ConstantNames.render("fanotify_events", bits, Abi.X86_64);
    }
}
