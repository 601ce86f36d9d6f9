package dev.trapgate.event;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of timer to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</a>
 */
public record TimerfdFlags(int bits) {

    /** None. */
    public static final TimerfdFlags NONE = new TimerfdFlags(0);
    /** Calls answer EAGAIN instead of waiting. */
    public static final TimerfdFlags TFD_NONBLOCK = new TimerfdFlags(0x800);
    /** Close it when another program is executed. */
    public static final TimerfdFlags TFD_CLOEXEC = new TimerfdFlags(0x80000);

    /** {@return these flags and more} */
    public TimerfdFlags or(TimerfdFlags more) {
        return new TimerfdFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(TimerfdFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code TFD_CLOEXEC}} */
    @Override
    public String toString() {
        return ConstantNames.render("timerfd_create", bits, Abi.X86_64);
    }
}
