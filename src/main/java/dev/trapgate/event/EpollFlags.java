package dev.trapgate.event;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of epoll instance to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/epoll_create1.2.html">epoll_create1(2)</a>
 */
public record EpollFlags(int bits) {

    /** None. */
    public static final EpollFlags NONE = new EpollFlags(0);
    /** Close it when another program is executed. */
    public static final EpollFlags EPOLL_CLOEXEC = new EpollFlags(0x80000);

    /** {@return these flags and more} */
    public EpollFlags or(EpollFlags more) {
        return new EpollFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(EpollFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code EPOLL_CLOEXEC}} */
    @Override
    public String toString() {
        return ConstantNames.render("epoll_create", bits, Abi.X86_64);
    }
}
