package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A System V message queue: {@code struct msg_queue} of ipc/msg.c, Linux 6.18. A message for which somebody waits is handed
 * over without a stay in the queue. Guarded by the {@link IpcIds} that it is in.
 */
final class MessageQueue extends KernIpcPerm {

    /** How a receiver chooses. */
    enum Search {
        /** The first message. */
        ANY,
        /** The first of a type. */
        EQUAL,
        /** The first of any other type. */
        NOT_EQUAL,
        /** The first of the lowest type up to one. */
        LESS_OR_EQUAL,
        /** The one at a place, to be copied. */
        NUMBER
    }

    /**
     * Which message is wanted.
     *
     * @param search how it is chosen
     * @param type the type, or the place
     */
    record Wish(Search search, long type) {

        boolean fits(Message message) {
            return switch (search) {
                case ANY, NUMBER -> true;
                case EQUAL -> message.type() == type;
                case NOT_EQUAL -> message.type() != type;
                case LESS_OR_EQUAL -> message.type() <= type;
            };
        }
    }

    /** A task that waits for a message: {@code struct msg_receiver}. */
    static final class Receiver {

        private final Wish wish;
        private final long most;
        private final int pid;
        private final WaitingTask waiter;
        private @Nullable Message message;
        private long error = ErrorNumbers.EAGAIN;

        Receiver(Task task, Wish wish, long most) {
            this.wish = wish;
            this.most = most;
            this.pid = task.process().tgid();
            this.waiter = new WaitingTask(task);
        }

        /** {@return what it was given, or null} */
        @Nullable
        Message message() {
            return message;
        }

        /** {@return −EAGAIN while nothing has come; what ended the wait otherwise} */
        long error() {
            return error;
        }

        void await() {
            waiter.schedule(WaitingTask.FOREVER);
        }

        /** Begins another wait. */
        void again() {
            waiter.prepare();
            error = ErrorNumbers.EAGAIN;
        }

        private void fail(long why) {
            error = why;
            waiter.wake(0);
        }
    }

    /** A task that waits for room: {@code struct msg_sender}. */
    record Sender(int size, WaitingTask waiter) {}

    private final List<Message> messages = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private long bytes;
    private long mostBytes = MessageCalls.MSGMNB;
    private long sendTime;
    private long receiveTime;
    private long changeTime;
    private int lastSender;
    private int lastReceiver;

    MessageQueue(int key, Credentials credentials, int mode, long now) {
        super(key, credentials, mode);
        this.changeTime = now;
    }

    long bytes() {
        return bytes;
    }

    int count() {
        return messages.size();
    }

    List<Sender> senders() {
        return senders;
    }

    List<Receiver> receivers() {
        return receivers;
    }

    /** {@code msg_fits_inqueue}. */
    boolean hasRoomFor(int size) {
        return size + bytes <= mostBytes && 1 + messages.size() <= mostBytes;
    }

    /** Takes a message that there is room for. */
    void send(Message message, int pid, long now) {
        lastSender = pid;
        sendTime = now;
        if (!handOver(message, now)) {
            messages.add(message);
            bytes += message.size();
        }
    }

    /** {@code pipelined_send}: a receiver for whom it is too long is sent away. */
    private boolean handOver(Message message, long now) {
        for (Iterator<Receiver> each = receivers.iterator(); each.hasNext(); ) {
            Receiver receiver = each.next();
            if (!receiver.wish.fits(message)) {
                continue;
            }
            each.remove();
            if (receiver.most < message.size()) {
                receiver.fail(ErrorNumbers.E2BIG);
            } else {
                lastReceiver = receiver.pid;
                receiveTime = now;
                receiver.message = message;
                receiver.fail(0);
                return true;
            }
        }
        return false;
    }

    /** {@return the message that is wanted, which stays; null if there is none: {@code find_msg}} */
    @Nullable
    Message find(Wish wish) {
        if (wish.search() == Search.NUMBER) {
            return wish.type() >= 0 && wish.type() < messages.size() ? messages.get((int) wish.type()) : null;
        }
        Message found = null;
        for (Message message : messages) {
            if (wish.fits(message) && (found == null || message.type() < found.type())) {
                found = message;
                if (wish.search() != Search.LESS_OR_EQUAL) {
                    return found;
                }
            }
        }
        return found;
    }

    /** Takes a message out, and wakes those who wait for room. */
    void take(Message message, int pid, long now) {
        messages.removeIf(candidate -> candidate == message);
        bytes -= message.size();
        lastReceiver = pid;
        receiveTime = now;
        wakeSenders();
    }

    private void wakeSenders() {
        senders.stream().filter(sender -> hasRoomFor(sender.size())).forEach(sender -> sender.waiter()
                .wake(0));
    }

    /** Changes its limit: whoever waits looks again. */
    void setMostBytes(long limit, long now) {
        mostBytes = limit;
        changeTime = now;
        expunge(ErrorNumbers.EAGAIN);
        wakeSenders();
    }

    /** Wakes all receivers, who leave the queue unless they are to look again. */
    private void expunge(long why) {
        receivers.forEach(receiver -> receiver.fail(why));
    }

    /** Ends it: {@code freeque}. */
    void destroy() {
        expunge(ErrorNumbers.EIDRM);
        receivers.clear();
        senders.forEach(sender -> sender.waiter().wake(0));
    }

    /** {@return {@code msqid_ds} in a layout} */
    IpcStructure describe(IpcStructure.Layout layout) {
        if (layout == IpcStructure.Layout.OLD) {
            return new IpcStructure(layout, 56)
                    .perm(this)
                    .skip(8)
                    .time(sendTime)
                    .time(receiveTime)
                    .time(changeTime)
                    .skip(8)
                    .half((int) bytes)
                    .half(messages.size())
                    .half((int) mostBytes)
                    .half(lastSender)
                    .half(lastReceiver);
        }
        return new IpcStructure(layout, sizeIn(layout))
                .perm(this)
                .time(sendTime)
                .time(receiveTime)
                .time(changeTime)
                .word(bytes)
                .word(messages.size())
                .word(mostBytes)
                .number(lastSender)
                .number(lastReceiver);
    }

    /** {@return the size of {@code msqid_ds} in a layout with wide fields} */
    static int sizeIn(IpcStructure.Layout layout) {
        return layout == IpcStructure.Layout.NATIVE ? 120 : 88;
    }
}
