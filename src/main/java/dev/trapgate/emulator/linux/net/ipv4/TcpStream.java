package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.ScmCookie;
import dev.trapgate.emulator.linux.net.core.SkBuff;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SockControl;
import java.lang.foreign.MemorySegment;

/**
 * Bytes of a connection: {@code tcp_sendmsg_locked} and {@code tcp_recvmsg_locked} of net/ipv4/tcp.c, Linux 6.18.
 */
final class TcpStream {

    /** The most bytes in one segment of the loopback. */
    private static final int SEGMENT = 65_483;

    private TcpStream() {}

    static long send(Task current, TcpSock sock, Message message) {
        long sent = 0;
        long error = awaitConnection(current, sock, message);
        error = error == 0 ? SockControl.check(current, message) : error;
        if (error == 0 && isBroken(sock)) {
            error = ErrorNumbers.EPIPE;
        }
        while (error == 0 && message.data().count() > 0) {
            long size = Math.min(message.data().count(), SEGMENT);
            error = sock.await(
                    current,
                    sock.queue(),
                    WaitQueue.Share.SHARED,
                    sock.sendDeadline(message),
                    () -> isBroken(sock) || sock.writeMemory() < sock.options().sendBuffer());
            error = error == 0 && isBroken(sock) ? ErrorNumbers.EPIPE : error;
            if (error == 0) {
                // A segment is filled as a whole or not at all: copy_from_iter_full.
                byte[] bytes = new byte[(int) size];
                long copied = message.data().copyFrom(MemorySegment.ofArray(bytes), 0, size);
                error = copied < size ? ErrorNumbers.EFAULT : 0;
                if (error == 0) {
                    sent += size;
                    boolean urgent =
                            message.has(Message.MSG_OOB) && message.data().count() == 0;
                    pass(sock, bytes, urgent ? Ending.URGENT : Ending.ORDINARY);
                }
            }
        }
        return sent > 0 ? sent : streamError(current, sock, message, error);
    }

    /** Waits for a connection that is only asked for: {@code sk_stream_wait_connect}. */
    private static long awaitConnection(Task current, TcpSock sock, Message message) {
        if (sock.maySend()) {
            return 0;
        }
        if (!sock.isAsking()) {
            return ErrorNumbers.EPIPE;
        }
        return sock.await(
                current, sock.queue(), WaitQueue.Share.SHARED, sock.sendDeadline(message), () -> !sock.isAsking());
    }

    private static boolean isBroken(TcpSock sock) {
        return sock.error() != 0 || sock.isShutdown(Sock.SEND_SHUTDOWN) || !sock.maySend();
    }

    /** {@code sk_stream_error}. */
    private static long streamError(Task current, TcpSock sock, Message message, long error) {
        if (error != ErrorNumbers.EPIPE) {
            return error;
        }
        long told = sock.takeError();
        if (told != 0 && told != ErrorNumbers.EPIPE) {
            return told;
        }
        if (!message.has(Message.MSG_NOSIGNAL)) {
            current.send(Signal.of(Signal.SIGPIPE));
        }
        return ErrorNumbers.EPIPE;
    }

    /** What a segment's last byte is. */
    private enum Ending {
        ORDINARY,
        URGENT
    }

    /** Hands bytes to the other end; one that was closed, or shut down in both directions, answers with a reset. */
    private static void pass(TcpSock sock, byte[] bytes, Ending ending) {
        TcpSock other = sock.other();
        if (other == null || other.isDead()) {
            sock.reset();
            return;
        }
        if (other.wantsNoMore()) {
            other.reset();
            sock.reset();
            return;
        }
        if (ending == Ending.URGENT) {
            mark(other, bytes);
        }
        other.hear();
        sock.hear();
        other.urgent().receive(bytes.length);
        other.receiveQueue().add(new SkBuff(bytes, SkBuff.truesize(0, bytes.length), sock, null, ScmCookie.NONE));
        other.dataReady();
    }

    /** Tells the other end of an urgent byte, before it comes. */
    private static void mark(TcpSock other, byte... bytes) {
        if (other.urgent().mark(bytes.length, bytes[bytes.length - 1], other.keepsUrgentInline())) {
            drop(other, 1);
        }
        other.dataReady();
    }

    static long receive(Task current, TcpSock sock, Message message) {
        if (message.has(Message.MSG_ERRQUEUE)) {
            return ErrorNumbers.EAGAIN;
        }
        if (sock.state() == Sock.TCP_LISTEN) {
            return ErrorNumbers.ENOTCONN;
        }
        if (message.has(Message.MSG_OOB)) {
            return sock.urgent().read(sock, message);
        }
        long wanted = message.data().count();
        long enough = sock.options().lowWater(message, wanted);
        long deadline = sock.receiveDeadline(message);
        boolean peeks = message.has(Message.MSG_PEEK);
        long done = 0;
        int hole = 0;
        while (true) {
            int skip = peeks ? sock.options().peekOffset(message) + (int) done + hole : 0;
            boolean marked = sock.urgent().isAt(skip);
            if (marked && done > 0) {
                return finish(sock, message, done, 0);
            }
            if (sock.unread() > skip) {
                if (marked && !sock.keepsUrgentInline()) {
                    // The stream has a hole where the urgent byte was.
                    hole++;
                    if (!peeks) {
                        drop(sock, 1);
                    }
                    continue;
                }
                long most = sock.urgent().upToMark(skip, wanted - done);
                long moved = peeks ? peek(sock, message, skip, most) : take(sock, message, most);
                done += Math.max(0, moved);
                if (moved < 0 || done >= wanted) {
                    return finish(sock, message, done, moved);
                }
            } else if (done >= enough || mustEnd(sock)) {
                return finish(sock, message, done, done > 0 ? 0 : ended(sock));
            } else {
                long waited = sock.await(
                        current,
                        sock.queue(),
                        WaitQueue.Share.SHARED,
                        deadline,
                        () -> sock.unread() > skip || mustEnd(sock));
                if (waited != 0) {
                    return finish(sock, message, done, waited);
                }
            }
        }
    }

    private static long finish(TcpSock sock, Message message, long done, long error) {
        if (done > 0) {
            sock.options().movePeekOffset(message, (int) done);
        }
        return done > 0 ? done : Math.min(0, error);
    }

    private static boolean mustEnd(TcpSock sock) {
        return sock.isDone()
                || sock.error() != 0
                || sock.isShutdown(Sock.RCV_SHUTDOWN)
                || sock.state() == Sock.TCP_CLOSE;
    }

    private static long ended(TcpSock sock) {
        if (sock.isDone()) {
            return 0;
        }
        long told = sock.takeError();
        if (told != 0) {
            return told;
        }
        return sock.isShutdown(Sock.RCV_SHUTDOWN) ? 0 : ErrorNumbers.ENOTCONN;
    }

    /** Reads from the first buffer; with MSG_TRUNC its bytes are dropped. */
    private static long take(TcpSock sock, Message message, long most) {
        SkBuff first = sock.receiveQueue().element();
        long size = Math.min(first.length(), most);
        boolean copied = message.has(Message.MSG_TRUNC) || message.data().copyTo(first.unread(), 0, size) == size;
        if (!copied) {
            return ErrorNumbers.EFAULT;
        }
        drop(sock, (int) size);
        return size;
    }

    /** Takes bytes off the first buffer: {@code tcp_eat_recv_skb} if they are its last ones. */
    private static void drop(TcpSock sock, int count) {
        SkBuff first = sock.receiveQueue().element();
        sock.urgent().consume(count);
        first.consume(count);
        if (first.length() == 0) {
            sock.receiveQueue().remove();
            first.free();
        }
    }

    private static long peek(TcpSock sock, Message message, int offset, long most) {
        int skip = offset;
        for (SkBuff buffer : sock.receiveQueue()) {
            if (skip < buffer.length()) {
                long size = Math.min(buffer.length() - skip, most);
                boolean copied =
                        message.has(Message.MSG_TRUNC) || message.data().copyTo(buffer.unread(), skip, size) == size;
                return copied ? size : ErrorNumbers.EFAULT;
            }
            skip -= buffer.length();
        }
        return 0;
    }
}
