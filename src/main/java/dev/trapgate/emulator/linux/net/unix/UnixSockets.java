package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketKind;

/** Making sockets of AF_UNIX: {@code unix_create} of net/unix/af_unix.c, Linux 6.18. */
public final class UnixSockets {

    private UnixSockets() {}

    /** {@return 0 if there are sockets of a kind; −EPROTONOSUPPORT or −ESOCKTNOSUPPORT} */
    public static long refusal(SocketKind kind) {
        if (kind.protocol() != 0 && kind.protocol() != SocketKind.AF_UNIX) {
            return ErrorNumbers.EPROTONOSUPPORT;
        }
        return switch (kind.type()) {
            case SocketKind.SOCK_STREAM, SocketKind.SOCK_DGRAM, SocketKind.SOCK_RAW, SocketKind.SOCK_SEQPACKET -> 0;
            default -> ErrorNumbers.ESOCKTNOSUPPORT;
        };
    }

    /** {@return a new socket; raw ones are datagram sockets} */
    public static Sock create(Net net, SocketKind kind) {
        return switch (kind.type()) {
            case SocketKind.SOCK_STREAM -> new UnixStream(net);
            case SocketKind.SOCK_SEQPACKET -> new UnixSeqpacket(net);
            default -> new UnixDatagram(net, SocketKind.SOCK_DGRAM);
        };
    }
}
