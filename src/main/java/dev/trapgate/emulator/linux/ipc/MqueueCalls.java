package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.kernel.time.Timespec;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** What is done to open POSIX message queues: ipc/mqueue.c, Linux 6.18. */
final class MqueueCalls {

    /** Priorities are below it. */
    static final int MQ_PRIO_MAX = 32_768;

    static final int SIGEV_SIGNAL = 0;
    private static final int SIGEV_NONE = 1;
    private static final int SIGEV_THREAD = 2;
    private static final int NOTIFY_COOKIE_LEN = 32;
    private static final int SIGEVENT_64 = 64;
    private static final int SIGEVENT_32 = 16;
    private static final int ATTRIBUTES = 8;
    private static final long EMSGSIZE = -Errno.EMSGSIZE.number();
    private static final long ENOTSOCK = -Errno.ENOTSOCK.number();
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private MqueueCalls() {}

    // Sending and receiving.

    /** {@code mq_timedsend(2)} with 64-bit times. */
    static long timedsend(Task current, PtRegs regs) {
        return timedsend(current, regs, Width.BITS_64);
    }

    /** {@code mq_timedsend(2)} with 32-bit times. */
    static long timedsend32(Task current, PtRegs regs) {
        return timedsend(current, regs, Width.BITS_32);
    }

    /**
     * When a call gives up.
     *
     * @param at by {@link System#nanoTime}, or {@link WaitingTask#FOREVER}
     * @param error 0, −EFAULT or −EINVAL
     */
    private record Deadline(long at, long error) {

        /** Reads an absolute wall-clock time: {@code prepare_timeout}. */
        static Deadline of(Task current, PtRegs regs, Width width) {
            if (regs.argument(5) == 0) {
                return new Deadline(WaitingTask.FOREVER, 0);
            }
            Timespec time = Timespec.from(current, regs, regs.argument(5), width);
            if (time == null || !time.isValid()) {
                return new Deadline(0, time == null ? ErrorNumbers.EFAULT : ErrorNumbers.EINVAL);
            }
            long left = time.toNanos() - current.process().timekeeper().realtime();
            return new Deadline(System.nanoTime() + Math.min(left, LONGEST), 0);
        }
    }

    private static long timedsend(Task current, PtRegs regs, Width width) {
        Deadline deadline = Deadline.of(current, regs, width);
        if (deadline.error != 0) {
            return deadline.error;
        }
        if (Integer.compareUnsigned((int) regs.argument(4), MQ_PRIO_MAX) >= 0) {
            return ErrorNumbers.EINVAL;
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return send(current, file, regs, deadline.at);
        } finally {
            file.release();
        }
    }

    private static long send(Task current, File file, PtRegs regs, long deadline) {
        Mqueue queue = MqueueOperations.of(file);
        if (queue == null || !file.mayWrite()) {
            return ErrorNumbers.EBADF;
        }
        long size = regs.argument(3);
        if (Long.compareUnsigned(size, queue.longest()) > 0) {
            return EMSGSIZE;
        }
        Message message = Message.load(current, regs.argument(4) & 0xffff_ffffL, regs.argument(2), (int) size);
        if (message == null) {
            return ErrorNumbers.EFAULT;
        }
        Mqueue.Waiter waiter = file.isNonblocking() ? null : new Mqueue.Waiter(current, message);
        long result = queue.send(current, message, waiter);
        return result == 0 || waiter == null ? result : queue.await(current, waiter, deadline);
    }

    /** {@code mq_timedreceive(2)} with 64-bit times. */
    static long timedreceive(Task current, PtRegs regs) {
        return timedreceive(current, regs, Width.BITS_64);
    }

    /** {@code mq_timedreceive(2)} with 32-bit times. */
    static long timedreceive32(Task current, PtRegs regs) {
        return timedreceive(current, regs, Width.BITS_32);
    }

    private static long timedreceive(Task current, PtRegs regs, Width width) {
        Deadline deadline = Deadline.of(current, regs, width);
        if (deadline.error != 0) {
            return deadline.error;
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return receive(current, file, regs, deadline.at);
        } finally {
            file.release();
        }
    }

    private static long receive(Task current, File file, PtRegs regs, long deadline) {
        Mqueue queue = MqueueOperations.of(file);
        if (queue == null || !file.mayRead()) {
            return ErrorNumbers.EBADF;
        }
        if (Long.compareUnsigned(regs.argument(3), queue.longest()) < 0) {
            return EMSGSIZE;
        }
        Mqueue.Waiter waiter = file.isNonblocking() ? null : new Mqueue.Waiter(current, null);
        Message message = queue.receive(waiter);
        if (message == null) {
            if (waiter == null) {
                return ErrorNumbers.EAGAIN;
            }
            long result = queue.await(current, waiter, deadline);
            if (result != 0) {
                return result;
            }
            message = Mqueue.received(waiter);
        }
        return message == null ? ErrorNumbers.EAGAIN : tell(current, message, regs);
    }

    private static long tell(Task current, Message message, PtRegs regs) {
        long priority = regs.argument(4);
        boolean told = (priority == 0 || current.uaccess().putUser32(priority, message.type()))
                && message.store(current, regs.argument(2), message.size());
        return told ? message.size() : ErrorNumbers.EFAULT;
    }

    // Notification.

    /** {@code mq_notify(2)}; there are no netlink sockets for SIGEV_THREAD. */
    static long notify(Task current, PtRegs regs) {
        Mqueue.Notification wanted = null;
        if (regs.argument(2) != 0) {
            boolean wide = regs.abi() != Abi.I386;
            UserStructure event =
                    UserStructure.from(current.uaccess(), regs.argument(2), wide ? SIGEVENT_64 : SIGEVENT_32);
            if (event == null) {
                return ErrorNumbers.EFAULT;
            }
            int word = wide ? Long.BYTES : Integer.BYTES;
            wanted = new Mqueue.Notification(
                    event.get32(word + Integer.BYTES), event.get32(word), event.getWord(0, word));
            long refusal = check(current, wanted);
            if (refusal != 0) {
                return refusal;
            }
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            Mqueue queue = MqueueOperations.of(file);
            if (queue == null) {
                return ErrorNumbers.EBADF;
            }
            if (wanted != null) {
                return queue.notify(current.process().tgid(), wanted);
            }
            queue.forgetNotification();
            return 0;
        } finally {
            file.release();
        }
    }

    private static long check(Task current, Mqueue.Notification wanted) {
        return switch (wanted.kind()) {
            case SIGEV_NONE -> 0;
            case SIGEV_SIGNAL -> Integer.compareUnsigned(wanted.signal(), Signal.LAST) > 0 ? ErrorNumbers.EINVAL : 0;
            case SIGEV_THREAD -> checkSocket(current, wanted);
            default -> ErrorNumbers.EINVAL;
        };
    }

    /** {@code netlink_getsockbyfd}: no socket here is one of AF_NETLINK. */
    private static long checkSocket(Task current, Mqueue.Notification wanted) {
        if (UserStructure.from(current.uaccess(), wanted.value(), NOTIFY_COOKIE_LEN) == null) {
            return ErrorNumbers.EFAULT;
        }
        File file = current.files().get(wanted.signal());
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        boolean socket = file.inode().type() == Inode.S_IFSOCK;
        file.release();
        return socket ? ErrorNumbers.EINVAL : ENOTSOCK;
    }

    // Attributes.

    /** {@code mq_getsetattr(2)}. */
    static long getsetattr(Task current, PtRegs regs) {
        int word = regs.abi().pointerSize();
        UserStructure wanted = null;
        if (regs.argument(2) != 0) {
            wanted = UserStructure.from(current.uaccess(), regs.argument(2), ATTRIBUTES * word);
            if (wanted == null) {
                return ErrorNumbers.EFAULT;
            }
            if ((wanted.getWord(0, word) & ~File.O_NONBLOCK) != 0) {
                return ErrorNumbers.EINVAL;
            }
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            Mqueue queue = MqueueOperations.of(file);
            if (queue == null) {
                return ErrorNumbers.EBADF;
            }
            UserStructure before = new UserStructure(ATTRIBUTES * word);
            before.setWord(0, file.flags() & File.O_NONBLOCK, word);
            before.setWord(word, queue.most(), word);
            before.setWord(2 * word, queue.longest(), word);
            before.setWord(3 * word, queue.count(), word);
            if (wanted != null) {
                file.setFlags((file.flags() & ~File.O_NONBLOCK) | wanted.get32(0));
            }
            long to = regs.argument(3);
            return to == 0 || before.to(current.uaccess(), to) ? 0 : ErrorNumbers.EFAULT;
        } finally {
            file.release();
        }
    }
}
