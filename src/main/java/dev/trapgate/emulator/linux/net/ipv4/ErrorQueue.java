package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.SkBuff;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What went wrong with datagrams, kept for a program that asked for it by IP_RECVERR or IPV6_RECVERR: {@code sk_error_queue},
 * with net/ipv4/ip_sockglue.c and net/ipv6/datagram.c, Linux 6.18.
 */
final class ErrorQueue {

    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int IP_RECVERR = 11;
    private static final int IPV6_RECVERR = 25;
    /** How much of a datagram an ICMP message shows: 576 bytes, or 1280 in version 6, without four headers. */
    private static final int SHOWN4 = 520;

    private static final int SHOWN6 = 1184;
    private static final int HEADERS = 128;
    private static final int EXTENDED_ERROR = 16;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** Who says that something went wrong: SO_EE_ORIGIN_*, with the message's type and code. */
    private enum Origin {
        LOCAL(1, 0, 0),
        ICMP(2, 3, 3),
        ICMP6(3, 1, 4);

        private final int number;
        private final int type;
        private final int code;

        Origin(int number, int type, int code) {
            this.number = number;
            this.type = type;
            this.code = code;
        }
    }

    /**
     * One error.
     *
     * @param error an error number negated
     * @param origin who says so
     * @param info the size that would have been right, or 0
     * @param to where the datagram was to go
     * @param shown what the message shows of it
     */
    private record Entry(long error, Origin origin, int info, Endpoint to, MemorySegment shown) {

        int truesize() {
            return SkBuff.truesize((int) shown.byteSize() + HEADERS, 0);
        }
    }

    /** Adds that nobody had a port: {@code ip_icmp_error}, {@code ipv6_icmp_error}. */
    void addRefusal(Endpoint to, byte... sent) {
        boolean four = to.address().isV4();
        MemorySegment shown = MemorySegment.ofArray(sent).asSlice(0, Math.min(sent.length, four ? SHOWN4 : SHOWN6));
        entries.add(new Entry(ErrorNumbers.ECONNREFUSED, four ? Origin.ICMP : Origin.ICMP6, 0, to, shown));
    }

    /** Adds that a datagram was too long: {@code ip_local_error}, {@code ipv6_local_error}. */
    void addTooLong(Endpoint to, int most) {
        entries.add(new Entry(ErrorNumbers.EMSGSIZE, Origin.LOCAL, most, to, MemorySegment.NULL));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** {@return how much memory they count as} */
    int memory() {
        return entries.stream().mapToInt(Entry::truesize).sum();
    }

    void clear() {
        entries.clear();
    }

    /** Reads the first one: {@code ip_recv_error}, {@code ipv6_recv_error}. {@return how many bytes came} */
    long receive(Task current, UdpSock sock, Message message) {
        Entry first = entries.poll();
        if (first == null) {
            return ErrorNumbers.EAGAIN;
        }
        tellNext(first, sock);
        long size = Math.min(message.data().count(), first.shown().byteSize());
        if (size < first.shown().byteSize()) {
            message.tell(Message.MSG_TRUNC);
        }
        if (message.data().copyTo(first.shown(), 0, size) < size) {
            return ErrorNumbers.EFAULT;
        }
        int family = sock.kind().family();
        message.setName(first.to().write(family));
        boolean six = family == SocketKind.AF_INET6;
        byte[] content = content(first, family);
        message.control().put(current, message, six ? SOL_IPV6 : SOL_IP, six ? IPV6_RECVERR : IP_RECVERR, content);
        message.tell(Message.MSG_ERRQUEUE);
        return size;
    }

    /** The error that calls tell is the next one's: {@code sock_dequeue_err_skb}. */
    private void tellNext(Entry first, UdpSock sock) {
        Entry next = entries.peek();
        if (next != null && next.origin() != Origin.LOCAL) {
            sock.setError(next.error());
        } else if (first.origin() != Origin.LOCAL) {
            sock.setError(0);
        }
        if (next != null) {
            sock.reportError();
        }
    }

    /** {@code struct sock_extended_err} with who sent it, if another did. */
    private static byte[] content(Entry entry, int family) {
        byte[] empty = new byte[family == SocketKind.AF_INET6 ? Endpoint.SIZE6 : Endpoint.SIZE4];
        // The machine answers from the address that was asked.
        Endpoint offender = new Endpoint(entry.to().address(), 0);
        byte[] address = entry.origin() == Origin.LOCAL ? empty : offender.write(family);
        ByteBuffer content =
                ByteBuffer.allocate(EXTENDED_ERROR + address.length).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt((int) -entry.error());
        content.put((byte) entry.origin().number);
        content.put((byte) entry.origin().type);
        content.put((byte) entry.origin().code);
        content.put((byte) 0);
        content.putInt(entry.info());
        content.putInt(0);
        return content.put(address).array();
    }
}
