package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SocketPaths;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.PassedFile;
import dev.trapgate.emulator.linux.net.core.Scm;
import dev.trapgate.emulator.linux.net.core.ScmCookie;
import dev.trapgate.emulator.linux.net.core.SkBuff;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SockOptions;
import dev.trapgate.emulator.linux.net.core.SocketInode;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import dev.trapgate.emulator.linux.net.core.Ucred;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What sockets of AF_UNIX have in common: {@code struct unix_sock} of net/unix/af_unix.c, Linux 6.18. */
abstract class UnixSock extends Sock {

    /** How many datagrams wait for a receiver: {@code net.unix.max_dgram_qlen}. */
    private static final int MAX_DGRAM_QLEN = 10;

    private static final int AUTOBIND_NAMES = 1 << 20;
    private static final int SIOCINQ = 0x541b;
    private static final int SIOCOUTQ = 0x5411;
    private static final int SIOCATMARK = 0x8905;

    private final WaitQueue peerWait = new WaitQueue();
    private final Deque<UnixSock> connections = new ArrayDeque<>();
    private byte @Nullable [] address;
    private @Nullable UnixSock peer;
    private int backlog = MAX_DGRAM_QLEN;
    private Ucred peerCredentials = Ucred.NOBODY;

    UnixSock(Net net, int type) {
        super(net, new SocketKind(SocketKind.AF_UNIX, type, 0));
    }

    /** {@return the socket of AF_UNIX that an open file is; null if it is none} */
    static @Nullable UnixSock of(File file) {
        return file.inode() instanceof SocketInode inode && inode.sock() instanceof UnixSock unix ? unix : null;
    }

    final UnixTable table() {
        return net().table(UnixTable.class, UnixTable::new);
    }

    /** {@return the socket at the other end, which may be closed; null if there is none: {@code unix_peer}} */
    final @Nullable UnixSock peer() {
        return peer;
    }

    final void setPeer(@Nullable UnixSock other) {
        peer = other;
    }

    final byte @Nullable [] address() {
        return address;
    }

    final void setAddress(byte @Nullable [] name) {
        address = name;
    }

    final WaitQueue peerWait() {
        return peerWait;
    }

    /** {@return connections to it that were not accepted} */
    final Deque<UnixSock> connections() {
        return connections;
    }

    final int backlog() {
        return backlog;
    }

    final void setBacklog(int most) {
        backlog = most;
    }

    @Override
    public final Ucred peerCredentials() {
        return peerCredentials;
    }

    final void setPeerCredentials(Ucred who) {
        peerCredentials = who;
    }

    /** {@return whether more must wait: {@code unix_recvq_full}} */
    final boolean isFull() {
        return receiveQueue().size() + connections.size() > backlog;
    }

    /** {@return whether there is room to write: {@code unix_writable}} */
    final boolean isWritable() {
        return state() != TCP_LISTEN && (long) writeMemory() << 2 <= options().sendBuffer();
    }

    @Override
    protected final void writeSpace() {
        if (isWritable()) {
            wake(WRITABLE);
        }
    }

    // Names.

    @Override
    public final long bind(Task current, byte[] bytes) {
        UnixAddress wanted = new UnixAddress(bytes);
        if (wanted.asksForAny()) {
            autobind();
            return 0;
        }
        long refusal = wanted.validate();
        if (refusal != 0) {
            return refusal;
        }
        return wanted.isAbstract() ? bindAbstract(bytes) : bindPath(current, wanted);
    }

    private long bindAbstract(byte... name) {
        if (address != null) {
            return ErrorNumbers.EINVAL;
        }
        if (table().find(kind().type(), name) != null) {
            return ErrorNumbers.EADDRINUSE;
        }
        address = name;
        table().add(this, name);
        return 0;
    }

    private long bindPath(Task current, UnixAddress wanted) {
        File opened = file();
        int mode = opened == null ? Inode.S_IFSOCK : opened.inode().mode();
        SocketPaths.Outcome outcome = address == null ? SocketPaths.Outcome.KEPT : SocketPaths.Outcome.REMOVED;
        SocketPaths.Found made = SocketPaths.bind(current, wanted.path(), mode, outcome);
        Inode inode = made.inode();
        if (made.error() != 0 || inode == null) {
            return made.error();
        }
        if (outcome == SocketPaths.Outcome.REMOVED) {
            return ErrorNumbers.EINVAL;
        }
        address = wanted.named();
        table().add(this, inode);
        return 0;
    }

    /** Gives it a name that nobody has, unless it has one: {@code unix_autobind}. */
    final void autobind() {
        int number = ThreadLocalRandom.current().nextInt(AUTOBIND_NAMES);
        while (address == null) {
            byte[] name = UnixAddress.automatic(number);
            if (table().find(kind().type(), name) == null) {
                address = name;
                table().add(this, name);
            }
            number = (number + 1) % AUTOBIND_NAMES;
        }
    }

    /** Whose messages come with who sent them must have a name. */
    final void autobindIfPassing() {
        if (options().has(SockOptions.SO_PASSCRED)) {
            autobind();
        }
    }

    @Override
    public final byte @Nullable [] name(Side side) {
        UnixSock of = side == Side.OWN ? this : peer;
        if (of == null) {
            return null;
        }
        byte[] name = of.address;
        return name == null ? UnixAddress.nameless() : name;
    }

    /** A socket that was looked for, or why it was not found. */
    record Found(@Nullable UnixSock sock, long error) {}

    /** {@return the socket that has an address: {@code unix_find_other}} */
    final Found find(Task current, UnixAddress wanted) {
        UnixSock found;
        Inode inode = null;
        if (wanted.isAbstract()) {
            found = table().find(kind().type(), wanted.bytes());
        } else {
            SocketPaths.Found named = SocketPaths.find(current, wanted.path());
            inode = named.inode();
            if (inode == null) {
                return new Found(null, named.error());
            }
            found = table().find(inode);
        }
        if (found == null) {
            return new Found(null, ErrorNumbers.ECONNREFUSED);
        }
        if (found.kind().type() != kind().type()) {
            return new Found(null, ErrorNumbers.EPROTOTYPE);
        }
        if (inode != null) {
            inode.accessed(current.process().timekeeper().realtime());
        }
        return new Found(found, 0);
    }

    // Messages.

    /** Fetches what goes along with a message. */
    final Scm.Fetched fetchAncillary(Task current, Message message) {
        return Scm.fetch(current, message, file -> table().inFlight().add(net(), file));
    }

    /** {@return what goes along with a message, for a message that only looks: {@code unix_peek_fds}} */
    final ScmCookie peeked(ScmCookie cookie) {
        List<PassedFile> copies = new ArrayList<>();
        for (PassedFile passed : cookie.files()) {
            copies.add(new PassedFile(passed.file().acquire(), net(), () -> {}));
        }
        return new ScmCookie(cookie.sender(), copies);
    }

    /**
     * Waits for room, as {@code sock_alloc_send_pskb}.
     *
     * @return 0; −EPIPE if it writes no more, −EAGAIN, or an error that waited to be told
     */
    final long waitForRoom(Task current, long deadline) {
        long waited = await(current, queue(), WaitQueue.Share.SHARED, deadline, this::mayAllocate);
        if (waited != 0) {
            return waited;
        }
        long told = takeError();
        if (told != 0) {
            return told;
        }
        return isShutdown(SEND_SHUTDOWN) ? ErrorNumbers.EPIPE : 0;
    }

    private boolean mayAllocate() {
        return error() != 0
                || isShutdown(SEND_SHUTDOWN)
                || writeMemory() < options().sendBuffer();
    }

    // Waiting and ending.

    @Override
    public final long shutdown(int directions) {
        addShutdown(directions);
        UnixSock other = peer;
        if (other != null && kind().hasConnections()) {
            int mirrored = (directions & RCV_SHUTDOWN) != 0 ? SEND_SHUTDOWN : 0;
            mirrored |= (directions & SEND_SHUTDOWN) != 0 ? RCV_SHUTDOWN : 0;
            other.addShutdown(mirrored);
            other.stateChange();
        }
        stateChange();
        return 0;
    }

    @Override
    public final long ioctl(Task current, int command, long argument) {
        return switch (command) {
            case SIOCOUTQ -> put(current, argument, writeMemory());
            case SIOCINQ -> {
                long size = inputSize();
                yield size < 0 ? size : put(current, argument, size);
            }
            case SIOCATMARK ->
                kind().type() == SocketKind.SOCK_STREAM ? put(current, argument, 0) : ErrorNumbers.EOPNOTSUPP;
            default -> ErrorNumbers.ENOTTY;
        };
    }

    private static long put(Task current, long to, long value) {
        return current.uaccess().putUser32(to, value) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code unix_inq_len}. */
    private long inputSize() {
        if (state() == TCP_LISTEN) {
            return ErrorNumbers.EINVAL;
        }
        if (kind().hasConnections()) {
            return receiveQueue().stream().mapToInt(SkBuff::length).sum();
        }
        SkBuff first = receiveQueue().peek();
        return first == null ? 0 : first.length();
    }

    /** {@code unix_release_sock}. */
    @Override
    public final void release() {
        release(Embryo.NO);
        table().inFlight().collect();
    }

    /** Whether a connection was never accepted. */
    enum Embryo {
        /** It was. */
        NO,
        /** It was not. */
        YES
    }

    private void release(Embryo embryo) {
        table().remove(this);
        orphan();
        addShutdown(SHUTDOWN_MASK);
        setState(TCP_CLOSE);
        UnixSock other = peer;
        peer = null;
        peerWait.wakeUpAll(0);
        if (other != null) {
            leave(other, embryo);
        }
        List<SkBuff> left = new ArrayList<>();
        drain(left);
        left.forEach(SkBuff::free);
        connections.forEach(connection -> connection.release(Embryo.YES));
        connections.clear();
    }

    private void leave(UnixSock other, Embryo embryo) {
        if (kind().hasConnections()) {
            other.addShutdown(SHUTDOWN_MASK);
            if (!receiveQueue().isEmpty() || embryo == Embryo.YES) {
                other.setError(ErrorNumbers.ECONNRESET);
            }
            other.stateChange();
        }
    }

    /** Takes all that was not received, by connections that were not accepted too. */
    final void drain(List<SkBuff> into) {
        into.addAll(receiveQueue());
        receiveQueue().clear();
        connections.forEach(connection -> connection.drain(into));
    }

    /** {@return the sockets that are on their way in messages to this one, and to connections it has not accepted} */
    final List<UnixSock> heldSockets() {
        List<UnixSock> held = new ArrayList<>();
        for (SkBuff message : receiveQueue()) {
            for (PassedFile passed : message.scm().files()) {
                UnixSock sock = of(passed.file());
                if (sock != null) {
                    held.add(sock);
                }
            }
        }
        connections.forEach(connection -> held.addAll(connection.heldSockets()));
        return held;
    }

    /** {@return the events that are the same for all types} */
    final int commonEvents() {
        int mask = error() != 0 ? FileOperations.POLLERR : 0;
        if (shutdownMask() == SHUTDOWN_MASK) {
            mask |= FileOperations.POLLHUP;
        }
        if (isShutdown(RCV_SHUTDOWN)) {
            mask |= FileOperations.POLLRDHUP | READABLE;
        }
        return receiveQueue().isEmpty() && connections.isEmpty() ? mask : mask | READABLE;
    }
}
