package dev.trapgate.event;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of event counter to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/eventfd2.2.html">eventfd2(2)</a>
 */
public record EventfdFlags(int bits) {

    /** None. */
    public static final EventfdFlags NONE = new EventfdFlags(0);
    /** Reading takes one, not all. */
    public static final EventfdFlags EFD_SEMAPHORE = new EventfdFlags(1);
    /** Calls answer EAGAIN instead of waiting. */
    public static final EventfdFlags EFD_NONBLOCK = new EventfdFlags(0x800);
    /** Close it when another program is executed. */
    public static final EventfdFlags EFD_CLOEXEC = new EventfdFlags(0x80000);

    /** {@return these flags and more} */
    public EventfdFlags or(EventfdFlags more) {
        return new EventfdFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(EventfdFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code EFD_NONBLOCK}} */
    @Override
    public String toString() {
        return ConstantNames.render("eventfd", bits, Abi.X86_64);
    }
}
