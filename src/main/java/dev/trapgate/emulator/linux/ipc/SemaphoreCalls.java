package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.ipc.SemaphoreArray.Operation;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.kernel.time.Timespec;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Making and operating System V semaphores: ipc/sem.c, Linux 6.18. */
final class SemaphoreCalls {

    /** The most semaphores in a set: {@code kernel.sem}, the first. */
    static final int SEMMSL = 32_000;
    /** The most semaphores. */
    static final int SEMMNS = 1_024_000_000;
    /** The most operations in a call. */
    static final int SEMOPM = 500;

    static final int SEM_UNDO = 0x1000;

    private static final int SEMBUF = 6;
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private SemaphoreCalls() {}

    static IpcIds<SemaphoreArray> arrays(Task current) {
        return current.process().ipcNamespace().semaphores();
    }

    /** {@code semget(2)}. */
    static long semget(Task current, PtRegs regs) {
        return get(current, (int) regs.argument(1), (int) regs.argument(2), (int) regs.argument(3));
    }

    static long get(Task current, int key, int count, int flags) {
        if (count < 0 || count > SEMMSL) {
            return ErrorNumbers.EINVAL;
        }
        IpcIds<SemaphoreArray> arrays = arrays(current);
        return arrays.get(current, key, flags, new IpcIds.Kind<>() {
            @Override
            public long check(SemaphoreArray found) {
                return count > found.count() ? ErrorNumbers.EINVAL : 0;
            }

            @Override
            public long mayMake() {
                if (count == 0) {
                    return ErrorNumbers.EINVAL;
                }
                return used(arrays) + count > SEMMNS ? ErrorNumbers.ENOSPC : 0;
            }

            @Override
            public Supplier<SemaphoreArray> maker() {
                return () -> new SemaphoreArray(key, current.credentials(), flags, count, MessageCalls.now(current));
            }
        });
    }

    /** {@return how many semaphores there are; the caller holds the monitor} */
    static int used(IpcIds<SemaphoreArray> arrays) {
        return arrays.all().stream().mapToInt(SemaphoreArray::count).sum();
    }

    /** {@code semop(2)}. */
    static long semop(Task current, PtRegs regs) {
        return operate(current, (int) regs.argument(1), regs.argument(2), regs.argument(3), null);
    }

    /** {@code semtimedop(2)} with 64-bit times. */
    static long semtimedop(Task current, PtRegs regs) {
        return operate(
                current,
                regs,
                (int) regs.argument(1),
                regs.argument(2),
                regs.argument(3),
                regs.argument(4),
                Width.BITS_64);
    }

    static long operate(Task current, PtRegs regs, int id, long from, long count, long timeout, Width width) {
        if (timeout == 0) {
            return operate(current, id, from, count, null);
        }
        Timespec time = Timespec.from(current, regs, timeout, width);
        return time == null ? ErrorNumbers.EFAULT : operate(current, id, from, count, time);
    }

    static long operate(Task current, int id, long from, long count, @Nullable Timespec timeout) {
        int wanted = (int) count;
        if (Integer.compareUnsigned(wanted, SEMOPM) > 0) {
            return ErrorNumbers.E2BIG;
        }
        if (wanted < 1) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure given = UserStructure.from(current.uaccess(), from, wanted * SEMBUF);
        if (given == null) {
            return ErrorNumbers.EFAULT;
        }
        if (id < 0 || (timeout != null && !timeout.isValid())) {
            return ErrorNumbers.EINVAL;
        }
        List<Operation> operations = new ArrayList<>();
        for (int at = 0; at < wanted * SEMBUF; at += SEMBUF) {
            operations.add(new Operation(given.get16(at), (short) given.get16(at + 2), given.get16(at + 4)));
        }
        long span = timeout == null ? WaitingTask.FOREVER : Math.min(LONGEST, timeout.toNanos());
        return operate(current, id, operations, span);
    }

    private static long operate(Task current, int id, List<Operation> operations, long span) {
        IpcIds<SemaphoreArray> arrays = arrays(current);
        long deadline = span == WaitingTask.FOREVER ? span : System.nanoTime() + span;
        SemaphoreArray array;
        SemaphoreArray.Pending pending;
        synchronized (arrays) {
            long missing = arrays.exists(id);
            array = arrays.atIndex(id);
            if (missing != 0 || array == null) {
                return missing;
            }
            long refusal = check(current, array, operations);
            if (refusal != 0) {
                return refusal;
            }
            boolean undone = operations.stream().anyMatch(Operation::isUndone);
            int[] undo = undone
                    ? current.process()
                            .ipcNamespace()
                            .undo(current.process().tgid())
                            .of(array)
                    : null;
            pending = new SemaphoreArray.Pending(current, operations, undo);
            long result = array.operate(pending, MessageCalls.now(current));
            if (result != SemaphoreArray.BLOCKED) {
                return result;
            }
            array.enqueue(pending);
        }
        return await(current, array, pending, deadline);
    }

    private static long check(Task current, SemaphoreArray array, List<Operation> operations) {
        int highest = operations.stream().mapToInt(Operation::number).max().orElse(0);
        if (highest >= array.count()) {
            return ErrorNumbers.EFBIG;
        }
        boolean alters = operations.stream().anyMatch(operation -> operation.change() != 0);
        return array.check(current.credentials(), alters ? KernIpcPerm.S_IWUGO : KernIpcPerm.S_IRUGO);
    }

    private static long await(Task current, SemaphoreArray array, SemaphoreArray.Pending pending, long deadline) {
        IpcIds<SemaphoreArray> arrays = arrays(current);
        while (true) {
            pending.await(deadline);
            synchronized (arrays) {
                if (pending.status() != ErrorNumbers.EINTR) {
                    return pending.status();
                }
                boolean late = deadline != WaitingTask.FOREVER && deadline - System.nanoTime() <= 0;
                if (late || current.signalPending()) {
                    array.dequeue(pending);
                    return late ? ErrorNumbers.EAGAIN : ErrorNumbers.EINTR;
                }
                pending.again();
            }
        }
    }
}
