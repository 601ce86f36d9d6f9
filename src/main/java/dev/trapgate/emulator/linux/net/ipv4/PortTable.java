package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SockOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who has which port of a protocol: {@code inet_hashinfo} and {@code udp_table}. */
abstract class PortTable {

    private static final int FIRST = 32_768;
    private static final int LAST = 60_999;

    private final List<InetSock> socks = new ArrayList<>();

    /** The ports of TCP. */
    static final class Tcp extends PortTable {}

    /** The ports of UDP. */
    static final class Udp extends PortTable {}

    /** Gives a socket a port, which it may have: {@code inet_csk_get_port}, {@code udp_lib_get_port}. */
    final boolean take(InetSock sock, int port) {
        if (port != 0) {
            return isFree(sock, port) && add(sock, port);
        }
        int count = LAST - FIRST + 1;
        int start = ThreadLocalRandom.current().nextInt(count);
        for (int i = 0; i < count; i++) {
            int candidate = FIRST + (start + i) % count;
            if (socks.stream().noneMatch(other -> other.port() == candidate)) {
                return add(sock, candidate);
            }
        }
        return false;
    }

    /** Gives a socket a port that it shares with the one it came from. */
    final boolean add(InetSock sock, int port) {
        sock.setPort(port);
        socks.add(sock);
        return true;
    }

    /** Takes a socket's port away. */
    final void remove(InetSock sock) {
        socks.removeIf(other -> other == sock);
    }

    /** {@return whether a socket may have a port: {@code inet_bind_conflict}} */
    final boolean isFree(InetSock sock, int port) {
        return socks.stream().noneMatch(other -> other != sock && other.port() == port && conflict(sock, other));
    }

    private static boolean conflict(InetSock sock, InetSock other) {
        if (!overlap(sock, other)) {
            return false;
        }
        boolean reused = both(sock, other, SockOptions.SO_REUSEADDR) && other.state() != Sock.TCP_LISTEN;
        return !reused && !both(sock, other, SockOptions.SO_REUSEPORT);
    }

    private static boolean both(InetSock sock, InetSock other, int option) {
        return sock.options().has(option) && other.options().has(option);
    }

    private static boolean overlap(InetSock sock, InetSock other) {
        return sock.isAt(other.boundTo()) || other.isAt(sock.boundTo());
    }

    /** {@return the socket at an endpoint, one with that very address before others; null if there is none} */
    final @Nullable InetSock find(Endpoint at, Predicate<InetSock> wanted) {
        InetSock found = null;
        for (InetSock candidate : socks) {
            boolean matches = candidate.port() == at.port() && candidate.isAt(at.address()) && wanted.test(candidate);
            if (matches && (found == null || candidate.score(at.address()) > found.score(at.address()))) {
                found = candidate;
            }
        }
        return found;
    }
}
