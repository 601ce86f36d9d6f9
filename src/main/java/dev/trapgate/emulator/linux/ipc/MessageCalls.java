package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sending and receiving System V messages: ipc/msg.c, Linux 6.18. */
final class MessageCalls {

    /** {@code kernel.msgmax}: the longest message. */
    static final int MSGMAX = 8192;
    /** {@code kernel.msgmnb}: the most bytes in a queue, unless msgctl(2) says otherwise. */
    static final int MSGMNB = 16_384;

    private static final int MSG_NOERROR = 010000;
    private static final int MSG_EXCEPT = 020000;
    private static final int MSG_COPY = 040000;
    private static final long NSEC_PER_SEC = 1_000_000_000L;
    private static final long ENOMSG = -Errno.ENOMSG.number();

    private MessageCalls() {}

    /** {@return seconds since 1970} */
    static long now(Task current) {
        return current.process().timekeeper().realtime() / NSEC_PER_SEC;
    }

    static IpcIds<MessageQueue> queues(Task current) {
        return current.process().ipcNamespace().messageQueues();
    }

    /** {@code msgget(2)}. */
    static long msgget(Task current, PtRegs regs) {
        return get(current, (int) regs.argument(1), (int) regs.argument(2));
    }

    static long get(Task current, int key, int flags) {
        return queues(current).get(current, key, flags, new IpcIds.Kind<>() {
            @Override
            public long check(MessageQueue found) {
                return 0;
            }

            @Override
            public long mayMake() {
                return 0;
            }

            @Override
            public Supplier<MessageQueue> maker() {
                return () -> new MessageQueue(key, current.credentials(), flags, now(current));
            }
        });
    }

    /** {@code msgsnd(2)}. */
    static long msgsnd(Task current, PtRegs regs) {
        return send(
                current, regs.abi(), (int) regs.argument(1), regs.argument(2), size(regs.abi(), regs.argument(3)), (int)
                        regs.argument(4));
    }

    /** {@return a size as the kernel takes it, signed} */
    static long size(Abi abi, long argument) {
        return abi == Abi.I386 ? (int) argument : argument;
    }

    static long send(Task current, Abi abi, int id, long from, long size, int flags) {
        int word = abi.pointerSize();
        UserStructure head = UserStructure.from(current.uaccess(), from, word);
        if (head == null) {
            return ErrorNumbers.EFAULT;
        }
        long type = word == Long.BYTES ? head.get64(0) : head.get32(0);
        if (size < 0 || size > MSGMAX || id < 0 || type < 1) {
            return ErrorNumbers.EINVAL;
        }
        Message message = Message.load(current, type, from + word, (int) size);
        return message == null ? ErrorNumbers.EFAULT : send(current, id, message, flags);
    }

    private static long send(Task current, int id, Message message, int flags) {
        IpcIds<MessageQueue> queues = queues(current);
        MessageQueue queue;
        MessageQueue.Sender sender = new MessageQueue.Sender(message.size(), new WaitingTask(current));
        synchronized (queues) {
            long missing = queues.exists(id);
            queue = queues.atIndex(id);
            if (missing != 0 || queue == null) {
                return missing;
            }
        }
        while (true) {
            synchronized (queues) {
                queue.senders().remove(sender);
                long answer = trySend(current, queue, message);
                if (answer != ErrorNumbers.EAGAIN || (flags & IpcIds.IPC_NOWAIT) != 0) {
                    return answer;
                }
                sender.waiter().prepare();
                queue.senders().add(sender);
            }
            sender.waiter().schedule(WaitingTask.FOREVER);
            synchronized (queues) {
                if (!queue.isDeleted() && current.signalPending()) {
                    queue.senders().remove(sender);
                    return ErrorNumbers.ERESTARTNOHAND;
                }
            }
        }
    }

    private static long trySend(Task current, MessageQueue queue, Message message) {
        if (queue.isDeleted()) {
            return ErrorNumbers.EIDRM;
        }
        long refusal = queue.check(current.credentials(), KernIpcPerm.S_IWUGO);
        if (refusal != 0) {
            return refusal;
        }
        if (!queue.hasRoomFor(message.size())) {
            return ErrorNumbers.EAGAIN;
        }
        queue.send(message, current.process().tgid(), now(current));
        return 0;
    }

    /** {@code msgrcv(2)}. */
    static long msgrcv(Task current, PtRegs regs) {
        Abi abi = regs.abi();
        return receive(
                current,
                abi,
                new Request(
                        (int) regs.argument(1),
                        regs.argument(2),
                        size(abi, regs.argument(3)),
                        size(abi, regs.argument(4)),
                        (int) regs.argument(5)));
    }

    /**
     * What msgrcv(2) is asked.
     *
     * @param id the queue
     * @param to where the message goes, its type first
     * @param size how many bytes there are for its text
     * @param type which messages
     * @param flags MSG_* and IPC_NOWAIT
     */
    record Request(int id, long to, long size, long type, int flags) {

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        MessageQueue.Wish wish() {
            if (has(MSG_COPY)) {
                return new MessageQueue.Wish(MessageQueue.Search.NUMBER, type);
            }
            if (type == 0) {
                return new MessageQueue.Wish(MessageQueue.Search.ANY, 0);
            }
            if (type < 0) {
                long most = type == Long.MIN_VALUE ? Long.MAX_VALUE : -type;
                return new MessageQueue.Wish(MessageQueue.Search.LESS_OR_EQUAL, most);
            }
            return new MessageQueue.Wish(
                    has(MSG_EXCEPT) ? MessageQueue.Search.NOT_EQUAL : MessageQueue.Search.EQUAL, type);
        }
    }

    /** What came of a wait: a message, or an error. */
    private record Received(@Nullable Message message, long error) {}

    static long receive(Task current, Abi abi, Request request) {
        if (request.id() < 0 || request.size() < 0) {
            return ErrorNumbers.EINVAL;
        }
        if (request.has(MSG_COPY)) {
            if (request.has(MSG_EXCEPT) || !request.has(IpcIds.IPC_NOWAIT)) {
                return ErrorNumbers.EINVAL;
            }
            // The kernel takes room for the copy by reading as much from the program.
            int room = (int) Math.min(request.size(), MSGMAX);
            if (Message.load(current, 0, request.to(), room) == null) {
                return ErrorNumbers.EFAULT;
            }
        }
        Received received = receive(current, request);
        Message message = received.message();
        if (message == null) {
            return received.error();
        }
        return fill(current, abi, request, message);
    }

    /** {@code do_msg_fill}: the message is gone even if it cannot be told. */
    private static long fill(Task current, Abi abi, Request request, Message message) {
        int word = abi.pointerSize();
        boolean told = word == Long.BYTES
                ? current.uaccess().putUser64(request.to(), message.type())
                : current.uaccess().putUser32(request.to(), message.type());
        int size = (int) Math.min(request.size(), message.size());
        return told && message.store(current, request.to() + word, size) ? size : ErrorNumbers.EFAULT;
    }

    private static Received receive(Task current, Request request) {
        IpcIds<MessageQueue> queues = queues(current);
        MessageQueue queue;
        synchronized (queues) {
            long missing = queues.exists(request.id());
            queue = queues.atIndex(request.id());
            if (missing != 0 || queue == null) {
                return new Received(null, missing);
            }
        }
        long most = request.has(MSG_NOERROR) ? Long.MAX_VALUE : request.size();
        MessageQueue.Receiver receiver = new MessageQueue.Receiver(current, request.wish(), most);
        while (true) {
            synchronized (queues) {
                Received received = tryReceive(current, queue, request);
                if (received.message() != null || received.error() != ENOMSG || request.has(IpcIds.IPC_NOWAIT)) {
                    return received;
                }
                receiver.again();
                queue.receivers().add(receiver);
            }
            receiver.await();
            synchronized (queues) {
                if (receiver.message() != null || receiver.error() != ErrorNumbers.EAGAIN) {
                    return new Received(receiver.message(), receiver.error());
                }
                queue.receivers().remove(receiver);
                if (current.signalPending()) {
                    return new Received(null, ErrorNumbers.ERESTARTNOHAND);
                }
            }
        }
    }

    private static Received tryReceive(Task current, MessageQueue queue, Request request) {
        long refusal = queue.check(current.credentials(), KernIpcPerm.S_IRUGO);
        if (refusal != 0) {
            return new Received(null, refusal);
        }
        if (queue.isDeleted()) {
            return new Received(null, ErrorNumbers.EIDRM);
        }
        Message found = queue.find(request.wish());
        if (found == null) {
            return new Received(null, ENOMSG);
        }
        if (request.size() < found.size() && !request.has(MSG_NOERROR)) {
            return new Received(null, ErrorNumbers.E2BIG);
        }
        if (request.has(MSG_COPY)) {
            // Only of as much as there is room for.
            boolean fits = found.size() <= Math.min(request.size(), MSGMAX);
            return fits ? new Received(found, 0) : new Received(null, ErrorNumbers.EINVAL);
        }
        queue.take(found, current.process().tgid(), now(current));
        return new Received(found, 0);
    }
}
