package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.Scm;
import dev.trapgate.emulator.linux.net.core.ScmCookie;
import dev.trapgate.emulator.linux.net.core.SkBuff;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import java.lang.foreign.MemorySegment;

/** A stream of bytes within the machine: {@code unix_stream_ops} of net/unix/af_unix.c, Linux 6.18. */
final class UnixStream extends UnixSock {

    private static final int PAGE_SIZE = 4096;
    private static final int FRAGMENTS = 32_768;

    UnixStream(Net net) {
        super(net, SocketKind.SOCK_STREAM);
    }

    @Override
    public long pair(Task current, Sock other) {
        return UnixConnections.pair(current, this, (UnixSock) other);
    }

    @Override
    public long listen(Task current, int backlog) {
        return UnixConnections.listen(current, this, backlog);
    }

    @Override
    public long connect(Task current, byte[] address, Message how) {
        return UnixConnections.connect(current, this, address, how);
    }

    @Override
    public Accepted accept(Task current, Message how) {
        return UnixConnections.accept(current, this, how);
    }

    @Override
    public int poll() {
        int mask = commonEvents();
        if (state() == TCP_CLOSE) {
            mask |= FileOperations.POLLHUP;
        }
        return isWritable() ? mask | WRITABLE : mask;
    }

    // Sending.

    /** {@code unix_stream_sendmsg}. */
    @Override
    public long send(Task current, Message message) {
        Scm.Fetched fetched = fetchAncillary(current, message);
        if (fetched.error() != 0) {
            return fetched.error();
        }
        long refusal = refusal(message);
        if (refusal != 0) {
            fetched.cookie().drop();
            return refusal;
        }
        return sendAll(current, message, fetched.cookie());
    }

    private long refusal(Message message) {
        if (message.has(Message.MSG_OOB)) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        if (message.name() != null) {
            return state() == TCP_ESTABLISHED ? ErrorNumbers.EISCONN : ErrorNumbers.EOPNOTSUPP;
        }
        return peer() == null ? ErrorNumbers.ENOTCONN : 0;
    }

    private long sendAll(Task current, Message message, ScmCookie cookie) {
        ScmCookie rest = cookie;
        long sent = 0;
        long result = isShutdown(SEND_SHUTDOWN) ? ErrorNumbers.EPIPE : 0;
        while (result >= 0 && message.data().count() > 0) {
            result = sendPiece(current, message, rest);
            if (result >= 0) {
                sent += result;
                rest = rest.withoutFiles();
            }
        }
        rest.drop();
        if (result == ErrorNumbers.EPIPE && sent == 0 && !message.has(Message.MSG_NOSIGNAL)) {
            current.send(Signal.of(Signal.SIGPIPE));
        }
        return sent > 0 ? sent : Math.min(0, result);
    }

    /** Sends what goes into one buffer. {@return how many bytes that is} */
    private long sendPiece(Task current, Message message, ScmCookie cookie) {
        long size = Math.min(message.data().count(), (options().sendBuffer() >> 1) - 64);
        size = Math.min(size, SkBuff.MAX_HEAD + FRAGMENTS);
        int paged = (int) Math.max(0, size - SkBuff.MAX_HEAD);
        paged = (int) Math.min(size, paged + PAGE_SIZE - 1 & -PAGE_SIZE);
        long error = waitForRoom(current, sendDeadline(message));
        if (error != 0) {
            return error;
        }
        if (!cookie.files().isEmpty() && table().inFlight().isFull(current)) {
            return ErrorNumbers.ETOOMANYREFS;
        }
        byte[] bytes = new byte[(int) size];
        if (message.data().copyFrom(MemorySegment.ofArray(bytes), 0, size) < size) {
            return ErrorNumbers.EFAULT;
        }
        UnixSock other = peer();
        if (other == null || other.isDead() || other.isShutdown(RCV_SHUTDOWN)) {
            return ErrorNumbers.EPIPE;
        }
        int truesize = SkBuff.truesize((int) size - paged, paged);
        other.receiveQueue().add(new SkBuff(bytes, truesize, this, address(), cookie));
        other.dataReady();
        return size;
    }

    /** {@code unix_stream_recvmsg}. */
    @Override
    public long receive(Task current, Message message) {
        boolean able = state() == TCP_ESTABLISHED && !message.has(Message.MSG_OOB);
        return able ? new UnixStreamReading(current, this, message).run() : ErrorNumbers.EINVAL;
    }
}
