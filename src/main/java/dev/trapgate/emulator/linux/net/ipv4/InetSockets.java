package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import org.jspecify.annotations.Nullable;

/** Making sockets of the Internet: {@code inet_create} of net/ipv4/af_inet.c, Linux 6.18. */
public final class InetSockets {
    private InetSockets() {}

    /** {@return why there are no sockets of a kind} */
    public static long refusal(Task current, SocketKind kind) {
        return ErrorNumbers.EAFNOSUPPORT;
    }

    /** {@return a new socket} */
    public static @Nullable Sock create(Net net, SocketKind kind) {
        return null;
    }
}
