package dev.trapgate.emulator.linux.net.core;

/**
 * What kind of socket one is, as socket(2) was told.
 *
 * @param family AF_*
 * @param type SOCK_*
 * @param protocol IPPROTO_*, 0 for AF_UNIX
 */
public record SocketKind(int family, int type, int protocol) {

    /** Within the machine. */
    public static final int AF_UNIX = 1;
    /** Internet, version 4. */
    public static final int AF_INET = 2;
    /** Internet, version 6. */
    public static final int AF_INET6 = 10;
    /** A stream of bytes. */
    public static final int SOCK_STREAM = 1;
    /** Datagrams. */
    public static final int SOCK_DGRAM = 2;
    /** Packets of the program's own making. */
    public static final int SOCK_RAW = 3;
    /** Packets in a sequence. */
    public static final int SOCK_SEQPACKET = 5;

    /** {@return whether it is of the Internet: {@code sk_is_inet}} */
    public boolean isInet() {
        return family == AF_INET || family == AF_INET6;
    }

    /** {@return its protocol as the kernel names it: {@code struct proto}'s name} */
    String protocolName() {
        if (family == AF_UNIX) {
            return type == SOCK_STREAM ? "UNIX-STREAM" : "UNIX";
        }
        return (type == SOCK_STREAM ? "TCP" : "UDP") + (family == AF_INET6 ? "v6" : "");
    }

    /** {@return whether it has connections: a stream or packets in a sequence} */
    public boolean hasConnections() {
        return type == SOCK_STREAM || type == SOCK_SEQPACKET;
    }
}
