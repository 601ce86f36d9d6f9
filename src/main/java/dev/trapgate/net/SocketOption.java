package dev.trapgate.net;

/**
 * An option of sockets that is an {@code int}.
 *
 * @param level whose option: {@code SOL_SOCKET}, {@code IPPROTO_TCP}, …
 * @param name the kernel's number of it
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 */
public record SocketOption(int level, int name) {

    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;

    /** 1 if an address may be bound that was in use a moment ago. */
    public static final SocketOption SO_REUSEADDR = new SocketOption(SOL_SOCKET, 2);
    /** The socket's type; can only be asked. */
    public static final SocketOption SO_TYPE = new SocketOption(SOL_SOCKET, 3);
    /** The pending error, 0 for none; asking takes it away. */
    public static final SocketOption SO_ERROR = new SocketOption(SOL_SOCKET, 4);
    /** 1 if datagrams may go to everyone. */
    public static final SocketOption SO_BROADCAST = new SocketOption(SOL_SOCKET, 6);
    /** Room for what is to be sent, in bytes; the kernel doubles what is set. */
    public static final SocketOption SO_SNDBUF = new SocketOption(SOL_SOCKET, 7);
    /** Room for what was received, in bytes; the kernel doubles what is set. */
    public static final SocketOption SO_RCVBUF = new SocketOption(SOL_SOCKET, 8);
    /** 1 if an idle connection is tried. */
    public static final SocketOption SO_KEEPALIVE = new SocketOption(SOL_SOCKET, 9);
    /** 1 if several sockets may share an address. */
    public static final SocketOption SO_REUSEPORT = new SocketOption(SOL_SOCKET, 15);
    /** 1 if messages bring their sender's credentials. */
    public static final SocketOption SO_PASSCRED = new SocketOption(SOL_SOCKET, 16);
    /** 1 if it listens; can only be asked. */
    public static final SocketOption SO_ACCEPTCONN = new SocketOption(SOL_SOCKET, 30);
    /** The family; can only be asked. */
    public static final SocketOption SO_DOMAIN = new SocketOption(SOL_SOCKET, 39);
    /** 1 if small pieces are sent at once. */
    public static final SocketOption TCP_NODELAY = new SocketOption(IPPROTO_TCP, 1);
    /** 1 if only whole segments are sent. */
    public static final SocketOption TCP_CORK = new SocketOption(IPPROTO_TCP, 3);
    /** Seconds until an idle connection is tried. */
    public static final SocketOption TCP_KEEPIDLE = new SocketOption(IPPROTO_TCP, 4);
    /** 1 if IPv4 does not come here too. */
    public static final SocketOption IPV6_V6ONLY = new SocketOption(IPPROTO_IPV6, 26);
}
