package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.Scm;
import dev.trapgate.emulator.linux.net.core.ScmCookie;
import dev.trapgate.emulator.linux.net.core.SkBuff;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Datagrams within the machine: {@code unix_dgram_ops} of net/unix/af_unix.c, Linux 6.18. */
class UnixDatagram extends UnixSock {

    private static final int AF_UNSPEC = 0;
    private static final int PAGE_SIZE = 4096;
    private static final int MAX_FRAGMENTS = 17;
    private static final int OVERHEAD = 32;

    UnixDatagram(Net net, int type) {
        super(net, type);
    }

    @Override
    public long pair(Task current, Sock other) {
        return UnixConnections.pair(current, this, (UnixSock) other);
    }

    /** {@code unix_may_send}. */
    private boolean maySendTo(UnixSock other) {
        return other.peer() == null || other.peer() == this;
    }

    /** {@code unix_dgram_connect}. */
    @Override
    public long connect(Task current, byte[] address, Message how) {
        if (address.length < Short.BYTES) {
            return ErrorNumbers.EINVAL;
        }
        UnixAddress wanted = new UnixAddress(address);
        UnixSock other = null;
        if (wanted.family() != AF_UNSPEC) {
            long refusal = wanted.validate();
            if (refusal != 0) {
                return refusal;
            }
            autobindIfPassing();
            Found found = find(current, wanted);
            other = found.sock();
            if (other == null) {
                return found.error();
            }
            if (!maySendTo(other)) {
                return ErrorNumbers.EPERM;
            }
            setState(TCP_ESTABLISHED);
            other.setState(TCP_ESTABLISHED);
        }
        UnixSock old = peer();
        setPeer(other);
        if (other == null) {
            setState(TCP_CLOSE);
        }
        if (old != null && old != other) {
            disconnected(old);
        }
        return 0;
    }

    /** What came from a peer that is none any more is lost: {@code unix_dgram_disconnected}. */
    private void disconnected(UnixSock other) {
        if (!receiveQueue().isEmpty()) {
            List<SkBuff> lost = new ArrayList<>();
            drain(lost);
            lost.forEach(SkBuff::free);
            peerWait().wakeUpAll(0);
            if (!other.isDead() && other.peer() == this) {
                other.setError(ErrorNumbers.ECONNRESET);
                other.stateChange();
            }
        }
        if (other.peer() == null) {
            other.setState(TCP_CLOSE);
        }
    }

    // Sending.

    /** {@code unix_dgram_sendmsg}. */
    @Override
    public long send(Task current, Message message) {
        Scm.Fetched fetched = fetchAncillary(current, message);
        if (fetched.error() != 0) {
            return fetched.error();
        }
        ScmCookie cookie = fetched.cookie();
        long size = message.data().count();
        long error = prepare(current, message, size);
        byte[] bytes = new byte[error == 0 ? (int) size : 0];
        if (error == 0 && !cookie.files().isEmpty() && table().inFlight().isFull(current)) {
            error = ErrorNumbers.ETOOMANYREFS;
        }
        if (error == 0 && message.data().copyFrom(MemorySegment.ofArray(bytes), 0, size) < size) {
            error = ErrorNumbers.EFAULT;
        }
        error = error == 0 ? deliver(current, message, bytes, cookie) : error;
        if (error != 0) {
            cookie.drop();
        }
        return error == 0 ? size : error;
    }

    /** What is looked at before the bytes are fetched, in its order. */
    private long prepare(Task current, Message message, long size) {
        if (message.has(Message.MSG_OOB)) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        byte[] name = message.name();
        if (name != null) {
            long refusal = new UnixAddress(name).validate();
            if (refusal != 0) {
                return refusal;
            }
        } else if (peer() == null) {
            return ErrorNumbers.ENOTCONN;
        }
        autobindIfPassing();
        if (size > options().sendBuffer() - OVERHEAD) {
            return ErrorNumbers.EMSGSIZE;
        }
        return waitForRoom(current, sendDeadline(message));
    }

    private static int truesize(int size) {
        int most = MAX_FRAGMENTS * PAGE_SIZE;
        int paged = size > SkBuff.MAX_ALLOC ? Math.min(size - SkBuff.MAX_ALLOC, most) + PAGE_SIZE - 1 & -PAGE_SIZE : 0;
        return SkBuff.truesize(size - paged, paged);
    }

    private long deliver(Task current, Message message, byte[] bytes, ScmCookie cookie) {
        long deadline = sendDeadline(message);
        while (true) {
            byte[] name = message.name();
            Found found = name == null ? new Found(peer(), ErrorNumbers.ECONNRESET) : find(current, new UnixAddress(name));
            UnixSock other = found.sock();
            if (other == null) {
                return found.error();
            }
            long refusal = refusal(other);
            if (refusal != 0) {
                return refusal;
            }
            if (!mustWaitFor(other)) {
                other.receiveQueue().add(new SkBuff(bytes, truesize(bytes.length), this, address(), cookie));
                other.dataReady();
                return 0;
            }
            long waited = await(
                    current,
                    other.peerWait(),
                    WaitQueue.Share.EXCLUSIVE,
                    deadline,
                    () -> !other.isFull() || other.isDead() || other.isShutdown(RCV_SHUTDOWN));
            if (waited != 0) {
                return waited;
            }
        }
    }

    /** Only a peer that talks to this socket alone is not waited for. */
    private boolean mustWaitFor(UnixSock other) {
        return other != this && other.peer() != this && other.isFull();
    }

    private long refusal(UnixSock other) {
        if (!maySendTo(other)) {
            return ErrorNumbers.EPERM;
        }
        if (other.isDead()) {
            return refusalOfDead(other);
        }
        return other.isShutdown(RCV_SHUTDOWN) ? ErrorNumbers.EPIPE : 0;
    }

    /** A peer that was closed is forgotten. */
    private long refusalOfDead(UnixSock other) {
        if (kind().type() == SocketKind.SOCK_SEQPACKET) {
            return ErrorNumbers.EPIPE;
        }
        setPeer(null);
        setState(TCP_CLOSE);
        disconnected(other);
        return ErrorNumbers.ECONNREFUSED;
    }

    // Receiving.

    /** {@code __unix_dgram_recvmsg}. */
    @Override
    public long receive(Task current, Message message) {
        if (message.has(Message.MSG_OOB)) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        Waited waited = waitForMessage(current, message);
        SkBuff found = waited.message();
        if (found == null) {
            boolean ended = kind().type() == SocketKind.SOCK_SEQPACKET && isShutdown(RCV_SHUTDOWN);
            return waited.error() == ErrorNumbers.EAGAIN && ended ? 0 : waited.error();
        }
        if (!message.has(Message.MSG_PEEK)) {
            receiveQueue().remove(found);
        }
        peerWait().wakeUp(WRITABLE);
        long result = read(current, message, found);
        if (!message.has(Message.MSG_PEEK)) {
            found.free();
        }
        return result;
    }

    private record Waited(@Nullable SkBuff message, long error) {}

    private Waited waitForMessage(Task current, Message message) {
        long deadline = receiveDeadline(message);
        while (true) {
            long told = takeError();
            if (told != 0) {
                return new Waited(null, told);
            }
            SkBuff found = first(message);
            if (found != null) {
                return new Waited(found, 0);
            }
            if (deadline == NOW) {
                return new Waited(null, ErrorNumbers.EAGAIN);
            }
            if (isShutdown(RCV_SHUTDOWN)) {
                return new Waited(null, 0);
            }
            long waited = await(
                    current,
                    queue(),
                    WaitQueue.Share.EXCLUSIVE,
                    deadline,
                    () -> first(message) != null || error() != 0 || isShutdown(RCV_SHUTDOWN));
            if (waited != 0) {
                return new Waited(null, waited);
            }
        }
    }

    /** {@return the first message, behind those that a peek's offset passes over; null if there is none} */
    private @Nullable SkBuff first(Message message) {
        int skip = options().peekOffset(message);
        for (SkBuff candidate : receiveQueue()) {
            if (skip == 0 || skip < candidate.length()) {
                return candidate;
            }
            skip -= candidate.length();
        }
        return null;
    }

    private int skip(Message message, SkBuff found) {
        int skip = options().peekOffset(message);
        for (SkBuff candidate : receiveQueue()) {
            if (candidate == found) {
                break;
            }
            skip -= candidate.length();
        }
        return Math.max(0, skip);
    }

    private long read(Task current, Message message, SkBuff found) {
        boolean peeks = message.has(Message.MSG_PEEK);
        int skip = peeks ? skip(message, found) : 0;
        int whole = found.length() - skip;
        long size = Math.min(message.data().count(), whole);
        message.setName(found.from());
        if (size < whole) {
            message.tell(Message.MSG_TRUNC);
        }
        if (message.data().copyTo(found.unread(), skip, size) < size) {
            return ErrorNumbers.EFAULT;
        }
        options().movePeekOffset(message, peeks ? (int) size : found.length());
        ScmCookie cookie = peeks ? peeked(found.scm()) : new ScmCookie(found.scm().sender(), found.detachFiles());
        Scm.deliver(current, this, message, cookie);
        return message.has(Message.MSG_TRUNC) ? whole : size;
    }

    // Waiting.

    /** {@code unix_dgram_poll}. */
    @Override
    public int poll() {
        int mask = commonEvents();
        if (kind().type() == SocketKind.SOCK_SEQPACKET && state() == TCP_CLOSE) {
            mask |= FileOperations.POLLHUP;
        }
        UnixSock other = peer();
        boolean peerFull = other != null && other.peer() != this && other.isFull();
        return isWritable() && !peerFull ? mask | WRITABLE : mask;
    }

    /** Room in the peer's queue is room to write. */
    @Override
    public void pollWait(PollTable table) {
        super.pollWait(table);
        UnixSock other = peer();
        if (other != null) {
            table.pollWait(other.peerWait());
        }
    }
}
