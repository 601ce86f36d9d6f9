package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.ipc.IpcStructure.Layout;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** {@code semctl(2)}: ipc/sem.c, Linux 6.18. */
final class SemaphoreControl {

    private static final int GETPID = 11;
    private static final int GETVAL = 12;
    private static final int GETALL = 13;
    private static final int GETNCNT = 14;
    private static final int GETZCNT = 15;
    private static final int SETVAL = 16;
    private static final int SETALL = 17;
    private static final int SEM_STAT = 18;
    private static final int SEM_INFO = 19;
    private static final int SEM_STAT_ANY = 20;
    private static final int INFO_SIZE = 40;
    private static final int SEMUME = SemaphoreCalls.SEMOPM;
    private static final int SEMUSZ = 20;

    private SemaphoreControl() {}

    /** {@code semctl(2)} by its own number. */
    static long semctl(Task current, PtRegs regs) {
        return control(
                current,
                Layout.of(regs.abi()),
                (int) regs.argument(1),
                (int) regs.argument(2),
                (int) regs.argument(3),
                regs.argument(4));
    }

    /**
     * Does what a command says.
     *
     * @param current the calling task
     * @param layout how the program's structures are laid out
     * @param id the set, or an index
     * @param number which semaphore of it
     * @param command IPC_*, SEM_*, GET*, SET*; a 32-bit program's may have IPC_64 in it
     * @param argument a value or the address of the program's structure
     * @return what the command answers
     */
    static long control(Task current, Layout layout, int id, int number, int command, long argument) {
        if (id < 0) {
            return ErrorNumbers.EINVAL;
        }
        int known = layout == Layout.NATIVE ? command : command & ~IpcCall.IPC_64;
        return switch (known) {
            case IpcCall.IPC_INFO, SEM_INFO -> info(current, command, argument);
            case IpcCall.IPC_STAT, SEM_STAT, SEM_STAT_ANY -> status(current, layout, id, command, argument);
            case GETALL, GETVAL, GETPID, GETNCNT, GETZCNT, SETALL -> values(current, id, number, command, argument);
            case SETVAL -> setValue(current, id, number, (int) argument);
            case IpcCall.IPC_SET -> set(current, layout, id, command, argument);
            case IpcCall.IPC_RMID -> remove(current, id, command);
            default -> ErrorNumbers.EINVAL;
        };
    }

    private static long info(Task current, int command, long address) {
        IpcIds<SemaphoreArray> arrays = SemaphoreCalls.arrays(current);
        boolean used = command == SEM_INFO;
        synchronized (arrays) {
            return new IpcStructure(Layout.COMPAT, INFO_SIZE)
                    .number(SemaphoreCalls.SEMMNS)
                    .number(IpcNamespace.SEMMNI)
                    .number(SemaphoreCalls.SEMMNS)
                    .number(SemaphoreCalls.SEMMNS)
                    .number(SemaphoreCalls.SEMMSL)
                    .number(SemaphoreCalls.SEMOPM)
                    .number(SEMUME)
                    .number(used ? arrays.inUse() : SEMUSZ)
                    .number(SemaphoreArray.SEMVMX)
                    .number(used ? SemaphoreCalls.used(arrays) : SemaphoreArray.SEMVMX)
                    .to(current, address, arrays.maxIndex());
        }
    }

    private static long status(Task current, Layout layout, int id, int command, long address) {
        IpcIds<SemaphoreArray> arrays = SemaphoreCalls.arrays(current);
        IpcStructure told;
        long answer;
        synchronized (arrays) {
            SemaphoreArray array = arrays.atIndex(id);
            boolean byIndex = command == SEM_STAT || command == SEM_STAT_ANY;
            long missing = byIndex ? 0 : arrays.exists(id);
            if (array == null || missing != 0) {
                return array == null ? ErrorNumbers.EINVAL : missing;
            }
            long refusal = command == SEM_STAT_ANY ? 0 : array.check(current.credentials(), KernIpcPerm.S_IRUGO);
            if (refusal != 0) {
                return refusal;
            }
            told = array.describe(layout);
            answer = command == IpcCall.IPC_STAT ? 0 : array.id();
        }
        return told.to(current, address, answer);
    }

    /** {@code semctl_main}. */
    private static long values(Task current, int id, int number, int command, long address) {
        IpcIds<SemaphoreArray> arrays = SemaphoreCalls.arrays(current);
        SemaphoreArray array;
        int[] values;
        synchronized (arrays) {
            long missing = arrays.exists(id);
            array = arrays.atIndex(id);
            if (missing != 0 || array == null) {
                return missing;
            }
            int right = command == SETALL ? KernIpcPerm.S_IWUGO : KernIpcPerm.S_IRUGO;
            long refusal = array.check(current.credentials(), right);
            if (refusal != 0) {
                return refusal;
            }
            if (command != GETALL && command != SETALL) {
                return value(array, number, command);
            }
            values = array.values();
        }
        return command == GETALL ? tell(current, values, address) : setAll(current, array, address);
    }

    private static long value(SemaphoreArray array, int number, int command) {
        if (number < 0 || number >= array.count()) {
            return ErrorNumbers.EINVAL;
        }
        return switch (command) {
            case GETVAL -> array.value(number);
            case GETPID -> array.pid(number);
            case GETNCNT -> array.waitingToDecrease(number);
            case GETZCNT -> array.waitingForZero(number);
            default -> ErrorNumbers.EINVAL;
        };
    }

    private static long tell(Task current, int[] values, long address) {
        UserStructure told = new UserStructure(values.length * Short.BYTES);
        for (int i = 0; i < values.length; i++) {
            told.set16(i * Short.BYTES, values[i]);
        }
        return told.to(current.uaccess(), address) ? 0 : ErrorNumbers.EFAULT;
    }

    private static long setAll(Task current, SemaphoreArray array, long address) {
        UserStructure given = UserStructure.from(current.uaccess(), address, array.count() * Short.BYTES);
        if (given == null) {
            return ErrorNumbers.EFAULT;
        }
        int[] values = new int[array.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = given.get16(i * Short.BYTES);
            if (values[i] > SemaphoreArray.SEMVMX) {
                return ErrorNumbers.ERANGE;
            }
        }
        return assign(current, array, 0, values);
    }

    private static long assign(Task current, SemaphoreArray array, int first, int... values) {
        synchronized (SemaphoreCalls.arrays(current)) {
            if (array.isDeleted()) {
                return ErrorNumbers.EIDRM;
            }
            current.process().ipcNamespace().undos().forEach(undo -> undo.forget(array, first, values.length));
            array.set(first, values, current.process().tgid(), MessageCalls.now(current));
            return 0;
        }
    }

    private static long setValue(Task current, int id, int number, int value) {
        if (value < 0 || value > SemaphoreArray.SEMVMX) {
            return ErrorNumbers.ERANGE;
        }
        IpcIds<SemaphoreArray> arrays = SemaphoreCalls.arrays(current);
        synchronized (arrays) {
            long missing = arrays.exists(id);
            SemaphoreArray array = arrays.atIndex(id);
            if (missing != 0 || array == null) {
                return missing;
            }
            if (number < 0 || number >= array.count()) {
                return ErrorNumbers.EINVAL;
            }
            long refusal = array.check(current.credentials(), KernIpcPerm.S_IWUGO);
            return refusal != 0 ? refusal : assign(current, array, number, value);
        }
    }

    private static long set(Task current, Layout layout, int id, int command, long address) {
        IpcStructure.Owner owner = IpcStructure.owner(current, address, layout, SemaphoreArray.sizeIn(Layout.NATIVE));
        if (owner == null) {
            return ErrorNumbers.EFAULT;
        }
        IpcIds<SemaphoreArray> arrays = SemaphoreCalls.arrays(current);
        synchronized (arrays) {
            long refusal = arrays.mayControl(current.credentials(), id);
            SemaphoreArray array = arrays.atIndex(id);
            if (refusal != 0 || array == null) {
                return refusal;
            }
            long invalid = command == IpcCall.IPC_SET ? array.update(owner) : ErrorNumbers.EINVAL;
            if (invalid == 0) {
                array.changed(MessageCalls.now(current));
            }
            return invalid;
        }
    }

    private static long remove(Task current, int id, int command) {
        IpcIds<SemaphoreArray> arrays = SemaphoreCalls.arrays(current);
        synchronized (arrays) {
            long refusal = arrays.mayControl(current.credentials(), id);
            SemaphoreArray array = arrays.atIndex(id);
            if (refusal != 0 || array == null) {
                return refusal;
            }
            if (command != IpcCall.IPC_RMID) {
                return ErrorNumbers.EINVAL;
            }
            arrays.remove(array);
            array.destroy();
            current.process().ipcNamespace().undos().forEach(undo -> undo.forget(array));
            return 0;
        }
    }
}
