package dev.trapgate.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of socket, with flags.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
 */
public record SocketType(int number) {

    /** A stream of bytes. */
    public static final SocketType SOCK_STREAM = new SocketType(1);
    /** Datagrams. */
    public static final SocketType SOCK_DGRAM = new SocketType(2);
    /** Packets with their headers. */
    public static final SocketType SOCK_RAW = new SocketType(3);
    /** Records, in order. */
    public static final SocketType SOCK_SEQPACKET = new SocketType(5);

    /** {@return the C names, for example {@code SOCK_DGRAM}} */
    @Override
    public String toString() {
        return ConstantNames.render("socket_type", number, Abi.X86_64);
    }
}
