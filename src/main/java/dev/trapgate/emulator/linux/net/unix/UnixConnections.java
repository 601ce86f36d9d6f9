package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.Ucred;

/**
 * Connections of streams and sequenced packets: {@code unix_stream_connect}, {@code unix_listen} and {@code unix_accept} of
 * net/unix/af_unix.c, Linux 6.18.
 */
final class UnixConnections {

    private UnixConnections() {}

    /** Joins two sockets: {@code unix_socketpair}. */
    static long pair(Task current, UnixSock left, UnixSock right) {
        left.setPeer(right);
        right.setPeer(left);
        left.setPeerCredentials(Ucred.peer(current));
        right.setPeerCredentials(Ucred.peer(current));
        left.setState(Sock.TCP_ESTABLISHED);
        right.setState(Sock.TCP_ESTABLISHED);
        return 0;
    }

    static long listen(Task current, UnixSock sock, int backlog) {
        boolean able = sock.state() == Sock.TCP_CLOSE || sock.state() == Sock.TCP_LISTEN;
        if (sock.address() == null || !able) {
            return ErrorNumbers.EINVAL;
        }
        if (backlog > sock.backlog()) {
            sock.peerWait().wakeUpAll(0);
        }
        sock.setBacklog(backlog);
        sock.setState(Sock.TCP_LISTEN);
        sock.setPeerCredentials(Ucred.peer(current));
        return 0;
    }

    static long connect(Task current, UnixSock sock, byte[] bytes, Message how) {
        UnixAddress wanted = new UnixAddress(bytes);
        long refusal = wanted.validate();
        if (refusal != 0) {
            return refusal;
        }
        sock.autobindIfPassing();
        long deadline = sock.sendDeadline(how);
        while (true) {
            UnixSock.Found found = sock.find(current, wanted);
            UnixSock listener = found.sock();
            if (listener == null) {
                return found.error();
            }
            if (!isListening(listener)) {
                return ErrorNumbers.ECONNREFUSED;
            }
            if (!listener.isFull()) {
                return begin(current, sock, listener);
            }
            long waited = sock.await(
                    current,
                    listener.peerWait(),
                    WaitQueue.Share.EXCLUSIVE,
                    deadline,
                    () -> !listener.isFull() || !isListening(listener));
            if (waited != 0) {
                return waited;
            }
        }
    }

    private static boolean isListening(UnixSock sock) {
        return sock.state() == Sock.TCP_LISTEN && !sock.isShutdown(Sock.RCV_SHUTDOWN);
    }

    private static long begin(Task current, UnixSock sock, UnixSock listener) {
        if (sock.state() != Sock.TCP_CLOSE) {
            return sock.state() == Sock.TCP_ESTABLISHED ? ErrorNumbers.EISCONN : ErrorNumbers.EINVAL;
        }
        UnixSock connection = (UnixSock) UnixSockets.create(sock.net(), sock.kind());
        connection.setPeer(sock);
        connection.setState(Sock.TCP_ESTABLISHED);
        connection.setPeerCredentials(Ucred.peer(current));
        connection.setAddress(listener.address());
        connection.options().inheritCredentialOptions(listener.options());
        sock.setPeerCredentials(listener.peerCredentials());
        sock.setPeer(connection);
        sock.setState(Sock.TCP_ESTABLISHED);
        listener.connections().add(connection);
        listener.dataReady();
        return 0;
    }

    static Sock.Accepted accept(Task current, UnixSock sock, Message how) {
        if (sock.state() != Sock.TCP_LISTEN) {
            return new Sock.Accepted(null, ErrorNumbers.EINVAL);
        }
        boolean mayEnd = !how.has(Message.MSG_DONTWAIT);
        long waited = sock.await(
                current,
                sock.queue(),
                WaitQueue.Share.EXCLUSIVE,
                sock.receiveDeadline(how),
                () -> !sock.connections().isEmpty() || (mayEnd && sock.isShutdown(Sock.RCV_SHUTDOWN)));
        UnixSock connection = sock.connections().poll();
        if (connection == null) {
            return new Sock.Accepted(null, waited == 0 ? ErrorNumbers.EINVAL : waited);
        }
        sock.peerWait().wakeUp(0);
        return new Sock.Accepted(connection, 0);
    }
}
