package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.net.core.Message;
import java.lang.foreign.MemorySegment;

/**
 * Where the receiver of a connection has been told of an urgent byte: {@code tcp_check_urg} and {@code tcp_urg} of
 * net/ipv4/tcp_input.c, {@code tcp_recv_urg} of net/ipv4/tcp.c, Linux 6.18. The byte is the last of its message
 * ({@code tcp_mark_urg}); until it is read as urgent it is known beside the stream, and unless SO_OOBINLINE asks for it there
 * the stream goes on without it. Places are counted in bytes of the stream.
 */
final class TcpUrgent {

    private enum Reading {
        NONE,
        /** TCP_URG_VALID. */
        UNREAD,
        /** TCP_URG_READ: the place is still marked. */
        READ
    }

    private Reading state = Reading.NONE;
    private byte value;
    private long mark;
    private long copied;
    private long received;

    /** {@return whether the byte could be read as urgent, so that poll(2) tells of POLLPRI} */
    boolean isUnread() {
        return state == Reading.UNREAD;
    }

    /** {@return whether the marked byte is the one so far behind the next to be read} */
    boolean isAt(long ahead) {
        return state != Reading.NONE && mark == copied + ahead;
    }

    /**
     * {@return how many bytes can be read before the mark}
     *
     * @param ahead how far behind the next byte reading begins
     * @param most how many are wanted
     */
    long upToMark(long ahead, long most) {
        long distance = mark - copied - ahead;
        return state != Reading.NONE && distance > 0 ? Math.min(distance, most) : most;
    }

    /** {@return how many of the bytes that wait SIOCINQ tells of: {@code tcp_inq}} */
    long inq(boolean inline) {
        boolean marked = !inline && state != Reading.NONE && mark >= copied && mark < received;
        return (marked ? mark : received) - copied;
    }

    /**
     * Hears of a segment whose last byte is urgent, before it is queued.
     *
     * @param count how many bytes it has
     * @param last the last one
     * @param inline whether urgent bytes stay in the stream
     * @return whether the byte that was marked before, and is next to be read, is to be dropped from the stream
     */
    boolean mark(int count, byte last, boolean inline) {
        boolean drops = isAt(0) && !inline && copied != received;
        state = Reading.UNREAD;
        value = last;
        mark = received + count - 1;
        return drops;
    }

    /** Hears that bytes came. */
    void receive(long count) {
        received += count;
    }

    /** Hears that bytes were taken from the stream. */
    void consume(long count) {
        copied += count;
        if (copied > mark) {
            state = Reading.NONE;
        }
    }

    /** Reads the byte, never waiting. */
    long read(TcpSock sock, Message message) {
        if (sock.keepsUrgentInline() || state != Reading.UNREAD) {
            return ErrorNumbers.EINVAL;
        }
        if (sock.state() == TcpSock.TCP_CLOSE && !sock.isDone()) {
            return ErrorNumbers.ENOTCONN;
        }
        if (!message.has(Message.MSG_PEEK)) {
            state = Reading.READ;
        }
        message.tell(Message.MSG_OOB);
        if (message.data().count() == 0) {
            message.tell(Message.MSG_TRUNC);
            return 0;
        }
        MemorySegment one = MemorySegment.ofArray(new byte[] {value});
        boolean dropped = message.has(Message.MSG_TRUNC);
        return dropped || message.data().copyTo(one, 0, 1) == 1 ? 1 : ErrorNumbers.EFAULT;
    }
}
