package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.PollTable;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket: {@code struct socket} and {@code struct sock} with what its protocol does, {@code struct proto_ops}. All of it is
 * guarded by its {@link Net}'s lock, which callers of its methods hold.
 */
public abstract class Sock {

    /** A connection, or a datagram socket with a peer. */
    public static final int TCP_ESTABLISHED = 1;
    /** Nothing. */
    public static final int TCP_CLOSE = 7;
    /** Waits for connections. */
    public static final int TCP_LISTEN = 10;

    /** Reads no more. */
    public static final int RCV_SHUTDOWN = 1;
    /** Writes no more. */
    public static final int SEND_SHUTDOWN = 2;
    /** Neither. */
    public static final int SHUTDOWN_MASK = 3;

    /** A deadline that has passed: do not wait. */
    public static final long NOW = Long.MIN_VALUE;

    /** Events that say that there is room to write. */
    protected static final int WRITABLE =
            FileOperations.POLLOUT | FileOperations.POLLWRNORM | FileOperations.POLLWRBAND;
    /** Events that say that there is something to read. */
    protected static final int READABLE = FileOperations.POLLIN | FileOperations.POLLRDNORM;

    private final Net net;
    private final SocketKind kind;
    private @Nullable SockOptions options;
    private final WaitQueue queue = new WaitQueue();
    private final Deque<SkBuff> receiveQueue = new ArrayDeque<>();
    private int state = TCP_CLOSE;
    private int shutdown;
    private long error;
    private int writeMemory;
    private boolean dead;
    private @Nullable File file;

    /**
     * Makes a socket.
     *
     * @param net the network it belongs to
     * @param kind its family, type and protocol
     */
    protected Sock(Net net, SocketKind kind) {
        this.net = net;
        this.kind = kind;
    }

    /** {@return the network it belongs to} */
    public final Net net() {
        return net;
    }

    /** {@return its family, type and protocol} */
    public final SocketKind kind() {
        return kind;
    }

    /** {@return its options of level SOL_SOCKET} */
    public final SockOptions options() {
        SockOptions known = options;
        if (known == null) {
            known = new SockOptions(this);
            options = known;
        }
        return known;
    }

    /** {@return who waits for something to change: {@code sk_wq}} */
    public final WaitQueue queue() {
        return queue;
    }

    /** {@return what has come and was not read, or connections that were not accepted} */
    public final Deque<SkBuff> receiveQueue() {
        return receiveQueue;
    }

    /** {@return how far it is, a TCP_* number} */
    public final int state() {
        return state;
    }

    /** Changes how far it is. */
    public final void setState(int value) {
        state = value;
    }

    /** {@return which directions are shut down, RCV_SHUTDOWN and SEND_SHUTDOWN} */
    public final int shutdownMask() {
        return shutdown;
    }

    /** Shuts directions down, beside those that are. */
    public final void addShutdown(int directions) {
        shutdown |= directions;
    }

    /** {@return whether one of these directions is shut down} */
    public final boolean isShutdown(int directions) {
        return (shutdown & directions) != 0;
    }

    /** Opens both directions anew, for a connection that begins. */
    public final void clearShutdown() {
        shutdown = 0;
    }

    /** {@return an error that waits to be told, negated, or 0; it stays} */
    public final long error() {
        return error;
    }

    /** Notes an error to be told, negated. */
    public final void setError(long value) {
        error = value;
    }

    /** {@return an error that waited to be told, negated, or 0; it is gone then: {@code sock_error}} */
    public final long takeError() {
        long told = error;
        error = 0;
        return told;
    }

    /** {@return whether no descriptor leads to it any more: SOCK_DEAD} */
    public final boolean isDead() {
        return dead;
    }

    /** Notes that no descriptor leads to it any more: {@code sock_orphan}. */
    public final void orphan() {
        dead = true;
        file = null;
    }

    /** {@return its open file; null before it has one and after it is closed} */
    public final @Nullable File file() {
        return file;
    }

    /** Notes its open file. */
    public final void attach(File opened) {
        file = opened;
    }

    /** {@return how much memory its sent and unread bytes take: {@code sk_wmem_alloc}} */
    public final int writeMemory() {
        return writeMemory;
    }

    /** Counts memory for bytes that it sent. */
    final void chargeWrite(int bytes) {
        writeMemory += bytes;
    }

    /** Hears that memory for sent bytes was freed: {@code sk_write_space}. */
    protected void writeSpace() {}

    /** Wakes whoever waits, one of those who do so for themselves, because of events, bits of POLL*. */
    public final void wake(int events) {
        queue.wakeUp(events);
    }

    /** Wakes whoever waits to read: {@code sk_data_ready}. */
    public final void dataReady() {
        wake(READABLE | FileOperations.POLLPRI | FileOperations.POLLRDBAND);
    }

    /** Wakes whoever waits for anything: {@code sk_state_change}. */
    public final void stateChange() {
        queue.wakeUpAll(0);
    }

    // Waiting.

    /** {@return until when a call waits to read, by {@link System#nanoTime}: {@code sock_rcvtimeo}} */
    public final long receiveDeadline(Message message) {
        return deadline(message, options().receiveTimeout());
    }

    /** {@return until when a call waits to write: {@code sock_sndtimeo}} */
    public final long sendDeadline(Message message) {
        return deadline(message, options().sendTimeout());
    }

    private static long deadline(Message message, long timeout) {
        return message.has(Message.MSG_DONTWAIT) ? NOW : deadline(timeout);
    }

    /** {@return the time that lies so many nanoseconds ahead; 0 nanoseconds are no time, the greatest long is for ever} */
    public static long deadline(long timeout) {
        if (timeout == WaitingTask.FOREVER) {
            return WaitingTask.FOREVER;
        }
        return timeout == 0 ? NOW : System.nanoTime() + timeout;
    }

    /**
     * Waits on a queue of a socket, the network unlocked meanwhile.
     *
     * @param current the calling task
     * @param where the queue
     * @param share whether one wake-up is for all or for one
     * @param deadline by {@link System#nanoTime}; NOW not to wait, {@link WaitingTask#FOREVER} for ever
     * @param condition what is waited for
     * @return 0; −EAGAIN if the time is over; −ERESTARTSYS, or with a deadline −EINTR, if a signal came first
     */
    public final long await(
            Task current, WaitQueue where, WaitQueue.Share share, long deadline, BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return 0;
        }
        if (deadline == NOW) {
            return ErrorNumbers.EAGAIN;
        }
        WaitingTask waiter = new WaitingTask(current);
        where.add(waiter, share);
        try {
            while (true) {
                waiter.prepare();
                if (condition.getAsBoolean()) {
                    return 0;
                }
                if (current.signalPending()) {
                    return deadline == WaitingTask.FOREVER ? ErrorNumbers.ERESTARTSYS : ErrorNumbers.EINTR;
                }
                if (deadline != WaitingTask.FOREVER && deadline - System.nanoTime() <= 0) {
                    return ErrorNumbers.EAGAIN;
                }
                sleep(waiter, deadline);
            }
        } finally {
            where.remove(waiter);
        }
    }

    private void sleep(WaitingTask waiter, long deadline) {
        net.unlock();
        try {
            waiter.schedule(deadline);
        } finally {
            net.lock();
        }
    }

    // What a protocol does.

    /** Joins two sockets: {@code socketpair}. */
    public long pair(Task current, Sock other) {
        return ErrorNumbers.EOPNOTSUPP;
    }

    /** Gives it an address, a {@code struct sockaddr} in bytes. */
    public abstract long bind(Task current, byte[] address);

    /** Lets others connect to it. */
    public long listen(Task current, int backlog) {
        return ErrorNumbers.EOPNOTSUPP;
    }

    /** How an accepted connection or why there is none comes back. */
    public record Accepted(@Nullable Sock connection, long error) {}

    /** Takes a connection. */
    public Accepted accept(Task current, Message how) {
        return new Accepted(null, ErrorNumbers.EOPNOTSUPP);
    }

    /** Connects it to an address; waits as the message's flags say. */
    public abstract long connect(Task current, byte[] address, Message how);

    /** Which address is asked for. */
    public enum Side {
        /** Its own. */
        OWN,
        /** Its peer's. */
        PEER,
        /** The one of the peer of a connection that was just accepted. */
        ACCEPTED
    }

    /** {@return an address in bytes; null if there is no peer} */
    public abstract byte @Nullable [] name(Side side);

    /** Sends a message. {@return how many bytes went} */
    public abstract long send(Task current, Message message);

    /** Receives a message. {@return how many bytes came} */
    public abstract long receive(Task current, Message message);

    /** Shuts directions down: RCV_SHUTDOWN, SEND_SHUTDOWN. */
    public abstract long shutdown(int directions);

    /** {@return what can be done without waiting, bits of POLL*} */
    public abstract int poll();

    /** Answers the ioctl(2) commands that the protocol knows. {@return −ENOTTY for others} */
    public abstract long ioctl(Task current, int command, long argument);

    /** Where an option's value is: a program's memory. */
    public record OptionValue(long address, int length, Abi abi) {}

    /**
     * Says whether it has options of a level: of others nothing is looked at.
     *
     * @param level the level, another than SOL_SOCKET
     * @return whether it has
     */
    public boolean hasLevel(int level) {
        return false;
    }

    /** Sets an option of another level than SOL_SOCKET. */
    public long setOption(Task current, int level, int name, OptionValue value) {
        return ErrorNumbers.EOPNOTSUPP;
    }

    /**
     * Asks for an option of another level than SOL_SOCKET.
     *
     * @return its value; an error instead in {@link OptionAnswer#error}
     */
    public OptionAnswer option(Task current, int level, int name, int room) {
        return OptionAnswer.refused(ErrorNumbers.EOPNOTSUPP);
    }

    /** Does what the protocol does when the last descriptor is closed. */
    public abstract void release();

    /** {@return who is at the other end of a connection: {@code sk_peer_cred}} */
    public Ucred peerCredentials() {
        return Ucred.NOBODY;
    }

    /** Joins the queues that are woken when what can be done changes. */
    public void pollWait(PollTable table) {
        table.pollWait(queue);
    }
}
