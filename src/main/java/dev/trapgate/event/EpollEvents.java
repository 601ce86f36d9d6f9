package dev.trapgate.event;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What to wait for on a descriptor, how, and what came. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/epoll_ctl.2.html">epoll_ctl(2)</a>
 */
public record EpollEvents(int bits) {

    /** None. */
    public static final EpollEvents NONE = new EpollEvents(0);
    /** Reading will not wait. */
    public static final EpollEvents EPOLLIN = new EpollEvents(1);
    /** Something exceptional, such as out-of-band data. */
    public static final EpollEvents EPOLLPRI = new EpollEvents(2);
    /** Writing will not wait. */
    public static final EpollEvents EPOLLOUT = new EpollEvents(4);
    /** An error; always told. */
    public static final EpollEvents EPOLLERR = new EpollEvents(8);
    /** The other side is gone; always told. */
    public static final EpollEvents EPOLLHUP = new EpollEvents(0x10);
    /** The other side will send no more. */
    public static final EpollEvents EPOLLRDHUP = new EpollEvents(0x2000);
    /** Wake one of those that wait for the same. */
    public static final EpollEvents EPOLLEXCLUSIVE = new EpollEvents(0x10000000);
    /** Keep the system awake meanwhile. */
    public static final EpollEvents EPOLLWAKEUP = new EpollEvents(0x20000000);
    /** One event, then none until changed. */
    public static final EpollEvents EPOLLONESHOT = new EpollEvents(0x40000000);
    /** Only when it changes. */
    public static final EpollEvents EPOLLET = new EpollEvents(0x80000000);

    /** {@return these flags and more} */
    public EpollEvents or(EpollEvents more) {
        return new EpollEvents(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(EpollEvents some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code EPOLLPRI}} */
    @Override
    public String toString() {
        return ConstantNames.render("epoll_events", bits, Abi.X86_64);
    }
}
