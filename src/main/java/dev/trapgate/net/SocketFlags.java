package dev.trapgate.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How a socket begins. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
 */
public record SocketFlags(int bits) {

    /** None. */
    public static final SocketFlags NONE = new SocketFlags(0);
    /** Calls answer EAGAIN instead of waiting. */
    public static final SocketFlags SOCK_NONBLOCK = new SocketFlags(0x800);
    /** Close it when another program is executed. */
    public static final SocketFlags SOCK_CLOEXEC = new SocketFlags(0x80000);

    /** {@return these flags and more} */
    public SocketFlags or(SocketFlags more) {
        return new SocketFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(SocketFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code SOCK_CLOEXEC}} */
    @Override
    public String toString() {
        return ConstantNames.render("socket_type", bits, Abi.X86_64);
    }
}
