package dev.trapgate.event;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How a timer's time is meant. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_settime.2.html">timerfd_settime(2)</a>
 */
public record TimerSetting(int bits) {

    /** None. */
    public static final TimerSetting NONE = new TimerSetting(0);
    /** The clock's time, not a duration. */
    public static final TimerSetting TFD_TIMER_ABSTIME = new TimerSetting(1);
    /** Reading answers ECANCELED if the clock is set. */
    public static final TimerSetting TFD_TIMER_CANCEL_ON_SET = new TimerSetting(2);

    /** {@return these flags and more} */
    public TimerSetting or(TimerSetting more) {
        return new TimerSetting(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(TimerSetting some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code TFD_TIMER_CANCEL_ON_SET}} */
    @Override
    public String toString() {
        return ConstantNames.render("timerfd_settime", bits, Abi.X86_64);
    }
}
