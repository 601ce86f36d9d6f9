package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.ipc.IpcStructure.Layout;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** {@code msgctl(2)}: ipc/msg.c, Linux 6.18. */
final class MessageControl {

    private static final int MSG_STAT = 11;
    private static final int MSG_INFO = 12;
    private static final int MSG_STAT_ANY = 13;
    private static final int MSGSSZ = 16;
    private static final int MSGSEG = 0xffff;
    private static final int MSGPOOL = IpcNamespace.MSGMNI * MessageCalls.MSGMNB / 1024;
    private static final int INFO_SIZE = 32;
    private static final int NATIVE_QBYTES = 88;
    private static final int COMPAT_QBYTES = 68;
    private static final int OLD_QBYTES = 48;

    private MessageControl() {}

    /** {@code msgctl(2)} by its own number. */
    static long msgctl(Task current, PtRegs regs) {
        return control(
                current, Layout.of(regs.abi()), (int) regs.argument(1), (int) regs.argument(2), regs.argument(3));
    }

    /**
     * Does what a command says.
     *
     * @param current the calling task
     * @param layout how the program's structures are laid out
     * @param id the queue, or an index
     * @param command IPC_*, MSG_*; a 32-bit program's may have IPC_64 in it
     * @param address the program's structure
     * @return what the command answers
     */
    static long control(Task current, Layout layout, int id, int command, long address) {
        if (id < 0 || command < 0) {
            return ErrorNumbers.EINVAL;
        }
        int known = layout == Layout.NATIVE ? command : command & ~IpcCall.IPC_64;
        return switch (known) {
            case IpcCall.IPC_INFO, MSG_INFO -> info(current, command, address);
            case IpcCall.IPC_STAT, MSG_STAT, MSG_STAT_ANY -> status(current, layout, id, command, address);
            case IpcCall.IPC_SET -> set(current, layout, id, command, address);
            case IpcCall.IPC_RMID -> remove(current, id, command);
            default -> ErrorNumbers.EINVAL;
        };
    }

    private static long info(Task current, int command, long address) {
        IpcIds<MessageQueue> queues = MessageCalls.queues(current);
        IpcStructure told = new IpcStructure(Layout.COMPAT, INFO_SIZE);
        synchronized (queues) {
            if (command == MSG_INFO) {
                int messages = queues.all().stream().mapToInt(MessageQueue::count).sum();
                long bytes = queues.all().stream().mapToLong(MessageQueue::bytes).sum();
                told.number(queues.inUse()).number(messages);
                limits(told).number((int) bytes).half(MSGSEG);
            } else {
                told.number(MSGPOOL).number(MessageCalls.MSGMNB);
                limits(told).number(MessageCalls.MSGMNB).half(MSGSEG);
            }
            return told.to(current, address, queues.maxIndex());
        }
    }

    private static IpcStructure limits(IpcStructure told) {
        return told.number(MessageCalls.MSGMAX)
                .number(MessageCalls.MSGMNB)
                .number(IpcNamespace.MSGMNI)
                .number(MSGSSZ);
    }

    private static long status(Task current, Layout layout, int id, int command, long address) {
        IpcIds<MessageQueue> queues = MessageCalls.queues(current);
        IpcStructure told;
        long answer;
        synchronized (queues) {
            MessageQueue queue = queues.atIndex(id);
            boolean byIndex = command == MSG_STAT || command == MSG_STAT_ANY;
            long missing = byIndex ? 0 : queues.exists(id);
            if (queue == null || missing != 0) {
                return queue == null ? ErrorNumbers.EINVAL : missing;
            }
            long refusal =
                    command == MSG_STAT_ANY ? 0 : queue.check(current.credentials(), KernIpcPerm.S_IRUGO);
            if (refusal != 0) {
                return refusal;
            }
            told = queue.describe(layout);
            answer = command == IpcCall.IPC_STAT ? 0 : queue.id();
        }
        return told.to(current, address, answer);
    }

    private static long set(Task current, Layout layout, int id, int command, long address) {
        IpcStructure.Owner owner = IpcStructure.owner(current, address, layout, MessageQueue.sizeIn(Layout.NATIVE));
        int at =
                switch (layout) {
                    case NATIVE -> NATIVE_QBYTES;
                    case COMPAT -> COMPAT_QBYTES;
                    case OLD -> OLD_QBYTES;
                };
        int width = layout == Layout.OLD ? Short.BYTES : Integer.BYTES;
        UserStructure limit = UserStructure.from(current.uaccess(), address + at, width);
        if (owner == null || limit == null) {
            return ErrorNumbers.EFAULT;
        }
        int most = layout == Layout.OLD ? limit.get16(0) : limit.get32(0);
        IpcIds<MessageQueue> queues = MessageCalls.queues(current);
        synchronized (queues) {
            long refusal = queues.mayControl(current.credentials(), id);
            MessageQueue queue = queues.atIndex(id);
            if (refusal != 0 || queue == null) {
                return refusal;
            }
            if (command != IpcCall.IPC_SET) {
                return ErrorNumbers.EINVAL;
            }
            boolean raises = Integer.compareUnsigned(most, MessageCalls.MSGMNB) > 0;
            if (raises && !current.credentials().capable(Capability.CAP_SYS_RESOURCE)) {
                return ErrorNumbers.EPERM;
            }
            long invalid = queue.update(owner);
            if (invalid == 0) {
                queue.setMostBytes(most, MessageCalls.now(current));
            }
            return invalid;
        }
    }

    private static long remove(Task current, int id, int command) {
        IpcIds<MessageQueue> queues = MessageCalls.queues(current);
        synchronized (queues) {
            long refusal = queues.mayControl(current.credentials(), id);
            MessageQueue queue = queues.atIndex(id);
            if (refusal != 0 || queue == null) {
                return refusal;
            }
            if (command != IpcCall.IPC_RMID) {
                return ErrorNumbers.EINVAL;
            }
            queues.remove(queue);
            queue.destroy();
            return 0;
        }
    }
}
