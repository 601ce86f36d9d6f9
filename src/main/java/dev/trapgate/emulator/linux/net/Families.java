package dev.trapgate.emulator.linux.net;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import dev.trapgate.emulator.linux.net.ipv4.InetSockets;
import dev.trapgate.emulator.linux.net.unix.UnixSockets;
import org.jspecify.annotations.Nullable;

/** The families of sockets there are: {@code __sock_create} of net/socket.c, Linux 6.18. */
final class Families {

    private static final int NPROTO = 46;
    private static final int SOCK_MAX = 11;

    private Families() {}

    /**
     * A new socket, or why there is none.
     *
     * @param sock the socket; null with an error
     * @param error 0 or an error number negated
     */
    record Made(@Nullable Sock sock, long error) {}

    /** Makes a socket of a family. */
    static Made create(Task current, int family, int type, int protocol) {
        if (family < 0 || family >= NPROTO) {
            return new Made(null, ErrorNumbers.EAFNOSUPPORT);
        }
        if (type >= SOCK_MAX) {
            return new Made(null, ErrorNumbers.EINVAL);
        }
        Net net = current.process().mounts().net();
        SocketKind kind = new SocketKind(family, type, protocol);
        return switch (family) {
            case SocketKind.AF_UNIX -> made(UnixSockets.create(net, kind), UnixSockets.refusal(kind));
            case SocketKind.AF_INET, SocketKind.AF_INET6 ->
                made(InetSockets.create(net, kind), InetSockets.refusal(current, kind));
            default -> new Made(null, ErrorNumbers.EAFNOSUPPORT);
        };
    }

    private static Made made(@Nullable Sock sock, long refusal) {
        return new Made(refusal == 0 ? sock : null, refusal);
    }
}
