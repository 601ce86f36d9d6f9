package dev.trapgate.process;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of signal descriptor to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>
 */
public record SignalfdFlags(int bits) {

    /** None. */
    public static final SignalfdFlags NONE = new SignalfdFlags(0);
    /** Calls answer EAGAIN instead of waiting. */
    public static final SignalfdFlags SFD_NONBLOCK = new SignalfdFlags(0x800);
    /** Close it when another program is executed. */
    public static final SignalfdFlags SFD_CLOEXEC = new SignalfdFlags(0x80000);

    /**
     * {@return these flags and more}
     *
     * @param more flags to add
     */
    public SignalfdFlags or(SignalfdFlags more) {
        return new SignalfdFlags(bits | more.bits);
    }

    /**
     * {@return whether all of those flags are among these}
     *
     * @param some other flags
     */
    public boolean has(SignalfdFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code SFD_CLOEXEC}} */
    @Override
    public String toString() {
        return ConstantNames.render("signalfd", bits, Abi.X86_64);
    }
}
