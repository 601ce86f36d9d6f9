package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.tmpfs.InodeOwner;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A POSIX message queue: {@code struct mqueue_inode_info} of ipc/mqueue.c, Linux 6.18. The highest priority goes first, and of
 * equal ones the oldest. Its monitor guards it.
 */
final class Mqueue extends Inode {

    /** What an open queue reads as, in bytes. */
    static final int FILENT_SIZE = 80;

    private static final int SIZE_OF_MSG_MSG = 48;
    private static final int SIZE_OF_TREE_NODE = 48;

    /** {@code si_code} of what mq_notify(2) asked for: SI_MESGQ. */
    private static final int SI_MESGQ = -3;

    /**
     * How the program wants to hear that the queue is not empty any more: {@code struct sigevent}.
     *
     * @param kind SIGEV_NONE or SIGEV_SIGNAL
     * @param signal the signal
     * @param value what goes with it
     */
    record Notification(int kind, int signal, long value) {}

    /** A task that waits to send or to receive: {@code struct ext_wait_queue}. */
    static final class Waiter {

        private final WaitingTask task;
        private @Nullable Message message;
        private boolean ready;

        Waiter(Task current, @Nullable Message message) {
            this.task = new WaitingTask(current);
            this.message = message;
        }

        private void finish(@Nullable Message result) {
            message = result;
            ready = true;
            task.wake(0);
        }
    }

    private final MqueueMount mount;
    private final long most;
    private final long longest;
    private final List<Message> messages = new ArrayList<>();
    private final Deque<Waiter> senders = new ArrayDeque<>();
    private final Deque<Waiter> receivers = new ArrayDeque<>();
    private final WaitQueue pollers = new WaitQueue();
    private @Nullable Notification notification;
    private int owner;
    private int open;

    /**
     * Makes an empty one with one name.
     *
     * @param mount where it is
     * @param whose its maker
     * @param mode permission bits
     * @param most how many messages it holds
     * @param longest how long each may be, in bytes
     */
    Mqueue(MqueueMount mount, InodeOwner whose, int mode, long most, long longest) {
        super(mount.superBlock(), S_IFREG | (mode & S_IALLUGO), whose.uid(), whose.gid(), whose.now());
        this.mount = mount;
        this.most = most;
        this.longest = longest;
        setLinks(1);
        setSize(FILENT_SIZE);
    }

    /** {@return what a queue counts against RLIMIT_MSGQUEUE} */
    static long bytes(long most, long longest) {
        return most * SIZE_OF_MSG_MSG + Math.min(most, MqueueCalls.MQ_PRIO_MAX) * SIZE_OF_TREE_NODE + most * longest;
    }

    /** {@code MAX_NON_LFS}, for its file system says nothing else. */
    @Override
    public long maxBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public FileOperations operations() {
        return MqueueOperations.OPERATIONS;
    }

    /** {@code simple_setattr}: what is told of its size changes, and nothing else. */
    @Override
    public long truncate(long size, long now) {
        setSize(size);
        modified(now);
        return 0;
    }

    long most() {
        return most;
    }

    long longest() {
        return longest;
    }

    /** {@return how many messages it holds now} */
    synchronized int count() {
        return messages.size();
    }

    WaitQueue pollers() {
        return pollers;
    }

    // Opening and ending.

    synchronized void opened() {
        open++;
    }

    synchronized void closed() {
        open--;
        endIfUnused();
    }

    /** Takes its name away. */
    synchronized void unlinked() {
        setLinks(0);
        endIfUnused();
    }

    private void endIfUnused() {
        if (open == 0 && links() == 0) {
            mount.forget(bytes(most, longest));
        }
    }

    // Messages.

    /** {@return 0; −EAGAIN if it is full, and then {@code waiter} waits unless it is null} */
    long send(Task current, Message message, @Nullable Waiter waiter) {
        synchronized (this) {
            if (messages.size() == most) {
                if (waiter != null) {
                    senders.add(waiter);
                }
                return ErrorNumbers.EAGAIN;
            }
            Waiter receiver = receivers.poll();
            if (receiver != null) {
                receiver.finish(message);
                return 0;
            }
            insert(message);
            notifyOwner(current);
        }
        // Not under the monitor: whoever polls asks for the queue's state.
        pollers.wakeUp(FileOperations.POLLIN | FileOperations.POLLRDNORM);
        return 0;
    }

    private void insert(Message message) {
        int at = 0;
        while (at < messages.size() && messages.get(at).type() >= message.type()) {
            at++;
        }
        messages.add(at, message);
    }

    /** {@return the first message; null if there is none, and then {@code waiter} waits unless it is null} */
    @Nullable
    Message receive(@Nullable Waiter waiter) {
        Message first;
        synchronized (this) {
            if (messages.isEmpty()) {
                if (waiter != null) {
                    receivers.add(waiter);
                }
                return null;
            }
            first = messages.removeFirst();
            Waiter sender = senders.poll();
            if (sender != null) {
                Message waiting = sender.message;
                if (waiting != null) {
                    insert(waiting);
                }
                sender.finish(null);
                return first;
            }
        }
        pollers.wakeUp(FileOperations.POLLOUT | FileOperations.POLLWRNORM);
        return first;
    }

    /**
     * Sleeps until another task has done what a waiter waits for: {@code wq_sleep}.
     *
     * @param current the calling task
     * @param waiter one that {@link #send} or {@link #receive} took
     * @param deadline by {@link System#nanoTime}, or {@link WaitingTask#FOREVER}
     * @return 0, −ERESTARTSYS or −ETIMEDOUT
     */
    long await(Task current, Waiter waiter, long deadline) {
        while (true) {
            waiter.task.schedule(deadline);
            synchronized (this) {
                if (waiter.ready) {
                    return 0;
                }
                boolean late = deadline != WaitingTask.FOREVER && deadline - System.nanoTime() <= 0;
                if (late || current.signalPending()) {
                    senders.remove(waiter);
                    receivers.remove(waiter);
                    return current.signalPending() ? ErrorNumbers.ERESTARTSYS : ErrorNumbers.ETIMEDOUT;
                }
                waiter.task.prepare();
            }
        }
    }

    /** {@return what a waiter was given} */
    static @Nullable Message received(Waiter waiter) {
        return waiter.message;
    }

    // Notification.

    /** {@return 0, or −EBUSY if somebody has asked before} */
    synchronized long notify(int process, Notification wanted) {
        if (notification != null) {
            return ErrorNumbers.EBUSY;
        }
        notification = wanted;
        owner = process;
        return 0;
    }

    /** Forgets what the program asked for. */
    synchronized void forgetNotification() {
        notification = null;
        owner = 0;
    }

    /** {@code __do_notify}: once, when the first message came and nobody waited for it. */
    private void notifyOwner(Task current) {
        Notification wanted = notification;
        if (wanted == null || messages.size() != 1) {
            return;
        }
        notification = null;
        owner = 0;
        if (wanted.kind() == MqueueCalls.SIGEV_SIGNAL && wanted.signal() != 0) {
            SigInfo info = SigInfo.sentBy(
                    wanted.signal(),
                    SI_MESGQ,
                    current.process().tgid(),
                    current.credentials().uid());
            current.process().send(Signal.of(info.withValue(wanted.value())));
        }
    }

    /** {@return what reading the open queue shows} */
    synchronized String text() {
        Notification wanted = notification;
        int bytes = messages.stream().mapToInt(Message::size).sum();
        int kind = wanted == null ? 0 : wanted.kind();
        int signal = wanted == null || kind != MqueueCalls.SIGEV_SIGNAL ? 0 : wanted.signal();
        return String.format("QSIZE:%-10d NOTIFY:%-5d SIGNO:%-5d NOTIFY_PID:%-6d\n", bytes, kind, signal, owner);
    }

    /** {@return bits of POLL*} */
    synchronized int events() {
        int in = messages.isEmpty() ? 0 : FileOperations.POLLIN | FileOperations.POLLRDNORM;
        int out = messages.size() < most ? FileOperations.POLLOUT | FileOperations.POLLWRNORM : 0;
        return in | out;
    }
}
