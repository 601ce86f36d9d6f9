package dev.trapgate.event;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What to wait for on a descriptor, or what came. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
public record PollEvents(int bits) {

    /** None. */
    public static final PollEvents NONE = new PollEvents(0);
    /** Reading will not wait. */
    public static final PollEvents POLLIN = new PollEvents(1);
    /** Something exceptional, such as out-of-band data. */
    public static final PollEvents POLLPRI = new PollEvents(2);
    /** Writing will not wait. */
    public static final PollEvents POLLOUT = new PollEvents(4);
    /** An error; always told. */
    public static final PollEvents POLLERR = new PollEvents(8);
    /** The other side is gone; always told. */
    public static final PollEvents POLLHUP = new PollEvents(0x10);
    /** It is not open; always told. */
    public static final PollEvents POLLNVAL = new PollEvents(0x20);
    /** The other side will send no more. */
    public static final PollEvents POLLRDHUP = new PollEvents(0x2000);

    /** {@return these flags and more} */
    public PollEvents or(PollEvents more) {
        return new PollEvents(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(PollEvents some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code POLLPRI}} */
    @Override
    public String toString() {
        return ConstantNames.render("poll_events", bits, Abi.X86_64);
    }
}
