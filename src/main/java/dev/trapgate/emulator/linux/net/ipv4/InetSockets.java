package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import org.jspecify.annotations.Nullable;

/** Making sockets of the Internet: {@code inet_create} of net/ipv4/af_inet.c, Linux 6.18. */
public final class InetSockets {

    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int IPPROTO_MAX = 263;

    private InetSockets() {}

    /** {@return 0 if a task may make sockets of a kind; or why not, an error number negated} */
    public static long refusal(Task current, SocketKind kind) {
        int protocol = kind.protocol();
        if (protocol < 0 || protocol >= IPPROTO_MAX) {
            return ErrorNumbers.EINVAL;
        }
        return switch (kind.type()) {
            case SocketKind.SOCK_STREAM ->
                protocol == IPPROTO_IP || protocol == IPPROTO_TCP ? 0 : ErrorNumbers.EPROTONOSUPPORT;
            case SocketKind.SOCK_DGRAM -> datagrams(kind);
            case SocketKind.SOCK_RAW -> raw(current, protocol);
            default -> ErrorNumbers.ESOCKTNOSUPPORT;
        };
    }

    /** Pings are for groups that the administrator names, and none are named. */
    private static long datagrams(SocketKind kind) {
        int ping = kind.family() == SocketKind.AF_INET ? IPPROTO_ICMP : IPPROTO_ICMPV6;
        if (kind.protocol() == ping) {
            return ErrorNumbers.EACCES;
        }
        boolean udp = kind.protocol() == IPPROTO_IP || kind.protocol() == IPPROTO_UDP;
        return udp ? 0 : ErrorNumbers.EPROTONOSUPPORT;
    }

    private static long raw(Task current, int protocol) {
        boolean may = current.credentials().capable(Capability.CAP_NET_RAW);
        return protocol != IPPROTO_IP && !may ? ErrorNumbers.EPERM : ErrorNumbers.EPROTONOSUPPORT;
    }

    /** {@return a new socket; null for a kind that is refused} */
    public static @Nullable Sock create(Net net, SocketKind kind) {
        return switch (kind.type()) {
            case SocketKind.SOCK_STREAM -> new TcpSock(net, new SocketKind(kind.family(), kind.type(), IPPROTO_TCP));
            case SocketKind.SOCK_DGRAM -> new UdpSock(net, new SocketKind(kind.family(), kind.type(), IPPROTO_UDP));
            default -> null;
        };
    }
}
