package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.SkBuff;
import dev.trapgate.emulator.linux.net.core.SockOptions;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Streams over the loopback: net/ipv4/tcp.c and what {@code inet_stream_ops} adds, Linux 6.18. A segment is with the peer as
 * soon as it is sent, so that no state lasts in which an answer is awaited, but for SYN_SENT at a full listener.
 */
final class TcpSock extends InetSock {

    private static final int TCP_SYN_SENT = 2;
    private static final int TCP_FIN_WAIT2 = 5;
    private static final int TCP_CLOSE_WAIT = 8;
    private static final int AF_UNSPEC = 0;
    private static final int FIRST_SEND_BUFFER = 16_384;
    private static final int SEND_BUFFER = 2_626_560;
    private static final int RECEIVE_BUFFER = 131_072;
    private static final int SIOCINQ = 0x541b;
    private static final int SIOCOUTQ = 0x5411;
    private static final int SIOCATMARK = 0x8905;

    /** What the program was told of a connection: {@code socket_state}. */
    private enum Progress {
        UNCONNECTED,
        CONNECTING,
        CONNECTED
    }

    private final Deque<TcpSock> connections = new ArrayDeque<>();
    private final Deque<TcpSock> waiting = new ArrayDeque<>();
    private Progress progress = Progress.UNCONNECTED;
    private @Nullable TcpSock other;
    private final TcpSequence sequence = new TcpSequence();
    private TcpUrgent urgent = new TcpUrgent();
    private boolean done;
    private int backlog;

    TcpSock(Net net, SocketKind kind) {
        super(net, kind);
        options().setBuffers(FIRST_SEND_BUFFER, RECEIVE_BUFFER);
    }

    @Override
    PortTable table() {
        return net().table(PortTable.Tcp.class, PortTable.Tcp::new);
    }

    @Override
    boolean isConnected() {
        return state() != TCP_CLOSE && state() != TCP_SYN_SENT;
    }

    /** {@return the socket at the other end, while either may still send} */
    @Nullable
    TcpSock other() {
        return other;
    }

    /** {@return whether the peer has sent all it will: SOCK_DONE} */
    boolean isDone() {
        return done;
    }

    /** {@return what it knows of urgent bytes} */
    TcpUrgent urgent() {
        return urgent;
    }

    /** {@return whether urgent bytes stay in the stream: SO_OOBINLINE} */
    boolean keepsUrgentInline() {
        return options().has(SockOptions.SO_OOBINLINE);
    }

    /** {@return whether bytes can be sent: established, or the peer alone has ended} */
    boolean maySend() {
        return state() == TCP_ESTABLISHED || state() == TCP_CLOSE_WAIT;
    }

    /** {@return whether a connection is only asked for} */
    boolean isAsking() {
        return state() == TCP_SYN_SENT;
    }

    // Connections.

    /** {@code inet_listen}. */
    @Override
    public long listen(Task current, int most) {
        boolean able = state() == TCP_CLOSE || state() == TCP_LISTEN;
        if (progress != Progress.UNCONNECTED || !able) {
            return ErrorNumbers.EINVAL;
        }
        backlog = most;
        if (state() == TCP_LISTEN) {
            return 0;
        }
        setState(TCP_LISTEN);
        boolean has = port() == 0 ? table().take(this, 0) : table().isFree(this, port());
        if (!has) {
            setState(TCP_CLOSE);
            return ErrorNumbers.EADDRINUSE;
        }
        return 0;
    }

    /** {@code inet_csk_accept}. */
    @Override
    public Accepted accept(Task current, Message how) {
        if (state() != TCP_LISTEN) {
            return new Accepted(null, ErrorNumbers.EINVAL);
        }
        long waited = await(
                current,
                queue(),
                WaitQueue.Share.EXCLUSIVE,
                receiveDeadline(how),
                () -> !connections.isEmpty() || state() != TCP_LISTEN);
        TcpSock connection = connections.poll();
        if (connection == null) {
            return new Accepted(null, waited == 0 ? ErrorNumbers.EINVAL : waited);
        }
        TcpSock next = waiting.poll();
        if (next != null) {
            next.meet(this);
        }
        return new Accepted(connection, 0);
    }

    /** {@code __inet_stream_connect}. */
    @Override
    public long connect(Task current, byte[] address, Message how) {
        if (address.length < Short.BYTES) {
            return ErrorNumbers.EINVAL;
        }
        if (Endpoint.family(address) == AF_UNSPEC) {
            disconnect();
            return 0;
        }
        long begun =
                switch (progress) {
                    case CONNECTED -> ErrorNumbers.EISCONN;
                    case CONNECTING -> ErrorNumbers.EALREADY;
                    case UNCONNECTED -> state() == TCP_CLOSE ? begin(address) : ErrorNumbers.EISCONN;
                };
        if (progress != Progress.CONNECTING) {
            return begun;
        }
        return await(current, how, begun == 0 ? ErrorNumbers.EINPROGRESS : begun);
    }

    private long await(Task current, Message how, long impatient) {
        boolean first = impatient == ErrorNumbers.EINPROGRESS;
        if (first && how.has(Message.MSG_DONTWAIT)) {
            // The answer is looked at when the call has come back.
            return impatient;
        }
        long waited = await(current, queue(), WaitQueue.Share.SHARED, sendDeadline(how), () -> !isAsking());
        if (waited != 0) {
            return waited == ErrorNumbers.EAGAIN ? impatient : waited;
        }
        if (state() == TCP_CLOSE) {
            long told = takeError();
            disconnect();
            return told == 0 ? ErrorNumbers.ECONNABORTED : told;
        }
        progress = Progress.CONNECTED;
        return 0;
    }

    /** {@code tcp_v4_connect}, {@code tcp_v6_connect}. */
    private long begin(byte... address) {
        Parsed parsed = parseDestination(address);
        Endpoint wanted = parsed.endpoint();
        if (wanted == null) {
            return parsed.error();
        }
        boolean many = wanted.address().isMulticast() || wanted.address().isBroadcast();
        Parsed routed = many ? Parsed.refused(ErrorNumbers.ENETUNREACH) : route(wanted);
        Endpoint to = routed.endpoint();
        if (to == null) {
            return routed.error();
        }
        if (autobind() != 0) {
            return ErrorNumbers.EADDRNOTAVAIL;
        }
        setPeer(to);
        progress = Progress.CONNECTING;
        setState(TCP_SYN_SENT);
        sequence.ask();
        InetSock listener = table().find(to, candidate -> candidate.state() == TCP_LISTEN);
        if (listener instanceof TcpSock found) {
            meet(found);
        } else {
            reset();
        }
        return 0;
    }

    /** Becomes a connection with a listener, or waits until it takes one. */
    private void meet(TcpSock listener) {
        if (listener.connections.size() > listener.backlog) {
            listener.waiting.add(this);
            return;
        }
        TcpSock connection = new TcpSock(net(), listener.kind());
        Endpoint here = peer();
        if (here == null) {
            return;
        }
        connection.accept(listener, here, local());
        // What was shut down before there was a connection stays so.
        connection.addShutdown(listener.shutdownMask());
        connection.begun(this);
        begun(connection);
        listener.connections.add(connection);
        listener.dataReady();
    }

    private void begun(TcpSock with) {
        other = with;
        if (progress == Progress.CONNECTING) {
            sequence.asked(!with.boundTo().isV4());
        } else {
            sequence.hear();
        }
        progress = progress == Progress.CONNECTING ? progress : Progress.CONNECTED;
        setState(TCP_ESTABLISHED);
        if (!options().isSendBufferChosen() && options().sendBuffer() < SEND_BUFFER) {
            options().setBuffers(SEND_BUFFER, options().receiveBuffer());
        }
        stateChange();
    }

    // Ends.

    /** Hears that the peer sends no more: {@code tcp_fin}. */
    private void finish() {
        done = true;
        sequence.hear();
        addShutdown(RCV_SHUTDOWN);
        if (state() == TCP_ESTABLISHED) {
            setState(TCP_CLOSE_WAIT);
        } else {
            close();
        }
        stateChange();
    }

    /** {@code tcp_done}. */
    private void close() {
        setState(TCP_CLOSE);
        addShutdown(SHUTDOWN_MASK);
        other = null;
        if (isDead() || lendsPort()) {
            forgetPort();
        }
    }

    /** {@return whether data that comes ends the connection: {@code SKB_DROP_REASON_TCP_ABORT_ON_DATA}} */
    boolean wantsNoMore() {
        return state() == TCP_FIN_WAIT2 && isShutdown(RCV_SHUTDOWN);
    }

    /** Hears that the peer knows no such connection: {@code tcp_reset}. */
    void reset() {
        if (state() == TCP_CLOSE) {
            return;
        }
        setError(
                switch (state()) {
                    case TCP_SYN_SENT -> ErrorNumbers.ECONNREFUSED;
                    case TCP_CLOSE_WAIT -> ErrorNumbers.EPIPE;
                    default -> ErrorNumbers.ECONNRESET;
                });
        close();
        stateChange();
    }

    /** Hears from the other end: {@code tcp_ack}. */
    void hear() {
        sequence.hear();
    }

    /** Sends a FIN: {@code tcp_close_state}. */
    private void sendFin() {
        TcpSock peer = other;
        if (state() == TCP_ESTABLISHED) {
            setState(TCP_FIN_WAIT2);
        } else if (state() == TCP_CLOSE_WAIT) {
            close();
        }
        if (peer != null) {
            peer.finish();
        }
    }

    /** {@code inet_shutdown}. */
    @Override
    public long shutdown(int directions) {
        if (progress == Progress.CONNECTING && maySend()) {
            progress = Progress.CONNECTED;
        }
        long result = state() == TCP_CLOSE ? ErrorNumbers.ENOTCONN : 0;
        if (state() == TCP_LISTEN || state() == TCP_SYN_SENT) {
            if ((directions & RCV_SHUTDOWN) != 0 || state() == TCP_SYN_SENT) {
                disconnect();
            }
        } else {
            addShutdown(directions);
            if ((directions & SEND_SHUTDOWN) != 0 && maySend()) {
                sendFin();
            }
        }
        stateChange();
        return result;
    }

    /** {@code tcp_disconnect}. */
    private void disconnect() {
        TcpSock peer = other;
        sequence.disconnect();
        boolean resets = maySend() || state() == TCP_FIN_WAIT2;
        if (state() == TCP_LISTEN) {
            stopListening();
        }
        if (resets || state() == TCP_SYN_SENT) {
            setError(ErrorNumbers.ECONNRESET);
        }
        setState(TCP_CLOSE);
        other = null;
        done = false;
        progress = Progress.UNCONNECTED;
        receiveQueue().clear();
        urgent = new TcpUrgent();
        clearShutdown();
        forgetPeer();
        if (resets && peer != null) {
            peer.reset();
        }
        stateChange();
    }

    private void stopListening() {
        connections.forEach(TcpSock::abandon);
        connections.clear();
        waiting.forEach(TcpSock::reset);
        waiting.clear();
    }

    /** Ends a connection that nobody accepted. */
    private void abandon() {
        TcpSock peer = other;
        orphan();
        close();
        if (peer != null) {
            peer.reset();
        }
    }

    /** {@code tcp_close}: bytes that were not read, or SO_LINGER with no time, reset the connection. */
    @Override
    public void release() {
        boolean resets =
                !receiveQueue().isEmpty() || (options().lingers() && options().lingerSeconds() == 0);
        orphan();
        addShutdown(SHUTDOWN_MASK);
        receiveQueue().forEach(SkBuff::free);
        receiveQueue().clear();
        TcpSock peer = other;
        if (state() == TCP_LISTEN) {
            stopListening();
        }
        if (resets && peer != null) {
            close();
            peer.reset();
        } else if (maySend()) {
            sendFin();
        }
        if (state() != TCP_FIN_WAIT2) {
            setState(TCP_CLOSE);
            forgetPort();
        }
    }

    // Bytes.

    /** {@code tcp_sendmsg}. */
    @Override
    public long send(Task current, Message message) {
        return TcpStream.send(current, this, message);
    }

    /** {@code tcp_recvmsg}. */
    @Override
    public long receive(Task current, Message message) {
        return TcpStream.receive(current, this, message);
    }

    @Override
    protected void writeSpace() {
        if (isWritable()) {
            wake(WRITABLE);
        }
    }

    /** {@code sk_stream_is_writeable}. */
    private boolean isWritable() {
        int left = options().sendBuffer() - writeMemory();
        return left >= writeMemory() >> 1;
    }

    /** {@code tcp_poll}. */
    @Override
    public int poll() {
        if (state() == TCP_LISTEN) {
            return connections.isEmpty() ? 0 : READABLE;
        }
        int mask = error() != 0 ? FileOperations.POLLERR : 0;
        if (shutdownMask() == SHUTDOWN_MASK || state() == TCP_CLOSE) {
            mask |= FileOperations.POLLHUP;
        }
        if (isShutdown(RCV_SHUTDOWN)) {
            mask |= FileOperations.POLLRDHUP | READABLE;
        }
        if (state() == TCP_SYN_SENT) {
            return mask;
        }
        int lacking = urgent.isAt(0) && !keepsUrgentInline() ? 1 : 0;
        if (unread() >= options().lowWater() + lacking) {
            mask |= READABLE;
        }
        if (urgent.isUnread()) {
            mask |= FileOperations.POLLPRI;
        }
        boolean writable = isShutdown(SEND_SHUTDOWN) || isWritable();
        return writable ? mask | FileOperations.POLLOUT | FileOperations.POLLWRNORM : mask;
    }

    /** {@return how many bytes wait to be read} */
    int unread() {
        return receiveQueue().stream().mapToInt(SkBuff::length).sum();
    }

    @Override
    public long ioctl(Task current, int command, long argument) {
        boolean known = command == SIOCINQ || command == SIOCOUTQ || command == SIOCATMARK;
        if (!known) {
            return ErrorNumbers.ENOTTY;
        }
        if (command != SIOCATMARK && state() == TCP_LISTEN) {
            return ErrorNumbers.EINVAL;
        }
        return put(
                current,
                argument,
                switch (command) {
                    case SIOCINQ -> (int) urgent.inq(keepsUrgentInline());
                    case SIOCATMARK -> urgent.isAt(0) ? 1 : 0;
                    default -> state() == TCP_SYN_SENT ? 0 : sequence.unacknowledged();
                });
    }
}
