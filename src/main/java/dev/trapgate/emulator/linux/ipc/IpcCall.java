package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.ipc.IpcStructure.Layout;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** {@code ipc(2)}, one number for all System V calls of i386: ipc/syscall.c, Linux 6.18. */
public final class IpcCall {

    /** Bit of a command: the structures are those of Linux 2.2 and later. */
    static final int IPC_64 = 0x100;

    static final int IPC_RMID = 0;
    static final int IPC_SET = 1;
    static final int IPC_STAT = 2;
    static final int IPC_INFO = 3;

    private static final int SEMOP = 1;
    private static final int SEMGET = 2;
    private static final int SEMCTL = 3;
    private static final int SEMTIMEDOP = 4;
    private static final int MSGSND = 11;
    private static final int MSGRCV = 12;
    private static final int MSGGET = 13;
    private static final int MSGCTL = 14;
    private static final int SHMAT = 21;
    private static final int SHMDT = 22;
    private static final int SHMGET = 23;
    private static final int SHMCTL = 24;
    private static final int IBCS2 = 1;
    private static final int KLUDGE = 8;

    private IpcCall() {}

    /** The arguments: {@code call}, {@code first}, {@code second}, {@code third}, {@code ptr}, {@code fifth}. */
    private record Arguments(int call, int first, int second, int third, long pointer, long fifth) {

        static Arguments of(PtRegs regs) {
            return new Arguments(
                    (int) regs.argument(1),
                    (int) regs.argument(2),
                    (int) regs.argument(3),
                    (int) regs.argument(4),
                    regs.argument(5),
                    regs.argument(6));
        }

        /** The call's high half, which only msgrcv and shmat look at. */
        int version() {
            return call >>> 16;
        }

        /** {@return which layout the structures have, by a command that may say IPC_64: {@code compat_ipc_parse_version}} */
        static Layout layout(int command) {
            return (command & IPC_64) != 0 ? Layout.COMPAT : Layout.OLD;
        }
    }

    /** {@code ipc(2)}. {@return what the call behind it answers; −ENOSYS if there is none} */
    public static long ipc(Task current, PtRegs regs) {
        Arguments a = Arguments.of(regs);
        return switch (a.call & 0xffff) {
            case SEMOP -> SemaphoreCalls.operate(current, a.first, a.pointer, a.second, null);
            case SEMTIMEDOP ->
                SemaphoreCalls.operate(current, regs, a.first, a.pointer, a.second, a.fifth, Width.BITS_32);
            case SEMGET -> SemaphoreCalls.get(current, a.first, a.second, a.third);
            case SEMCTL -> semctl(current, a);
            case MSGSND -> MessageCalls.send(current, regs.abi(), a.first, a.pointer, a.second, a.third);
            case MSGRCV -> msgrcv(current, regs, a);
            case MSGGET -> MessageCalls.get(current, a.first, a.second);
            case MSGCTL ->
                MessageControl.control(current, Arguments.layout(a.second), a.first, a.second & ~IPC_64, a.pointer);
            case SHMAT -> shmat(current, regs, a);
            case SHMDT -> SharedMemoryCalls.shmdt(current, a.pointer);
            case SHMGET -> SharedMemoryCalls.get(current, a.first, Integer.toUnsignedLong(a.second), a.third);
            case SHMCTL ->
                SharedMemoryControl.control(
                        current, Arguments.layout(a.second), a.first, a.second & ~IPC_64, a.pointer);
            default -> ErrorNumbers.ENOSYS;
        };
    }

    /** The fourth argument is in memory. */
    private static long semctl(Task current, Arguments a) {
        if (a.pointer == 0) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure fourth = UserStructure.from(current.uaccess(), a.pointer, Integer.BYTES);
        return fourth == null
                ? ErrorNumbers.EFAULT
                : SemaphoreControl.control(
                        current,
                        Arguments.layout(a.third),
                        a.first,
                        a.second,
                        a.third & ~IPC_64,
                        fourth.getUnsigned32(0));
    }

    /** Version 0 has message and type in memory: {@code struct ipc_kludge}. */
    private static long msgrcv(Task current, PtRegs regs, Arguments a) {
        if (a.first < 0 || a.second < 0) {
            return ErrorNumbers.EINVAL;
        }
        if (a.version() != 0) {
            return MessageCalls.receive(
                    current,
                    regs.abi(),
                    new MessageCalls.Request(a.first, a.pointer, a.second, (int) a.fifth, a.third));
        }
        if (a.pointer == 0) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure kludge = UserStructure.from(current.uaccess(), a.pointer, KLUDGE);
        return kludge == null
                ? ErrorNumbers.EFAULT
                : MessageCalls.receive(
                        current,
                        regs.abi(),
                        new MessageCalls.Request(
                                a.first, kludge.getUnsigned32(0), a.second, kludge.get32(Integer.BYTES), a.third));
    }

    /** The address goes to memory, for it may look like an error number. */
    private static long shmat(Task current, PtRegs regs, Arguments a) {
        if (a.version() == IBCS2) {
            return ErrorNumbers.EINVAL;
        }
        long place = SharedMemoryCalls.attach(current, regs.abi(), a.first, a.pointer, a.second);
        if (place < 0) {
            return place;
        }
        return current.uaccess().putUser32(Integer.toUnsignedLong(a.third), place) ? 0 : ErrorNumbers.EFAULT;
    }
}
