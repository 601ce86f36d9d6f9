package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of System V semaphores and who waits for them: {@code struct sem_array} of ipc/sem.c, Linux 6.18. Guarded by the
 * {@link IpcIds} that it is in.
 */
final class SemaphoreArray extends KernIpcPerm {

    /** The greatest value: SEMVMX. */
    static final int SEMVMX = 32_767;

    /**
     * One operation: {@code struct sembuf}.
     *
     * @param number which semaphore
     * @param change what is added; 0 waits for zero
     * @param flags IPC_NOWAIT, SEM_UNDO
     */
    record Operation(int number, int change, int flags) {

        boolean isUndone() {
            return (flags & SemaphoreCalls.SEM_UNDO) != 0;
        }
    }

    /** Operations that are made all at once, or waited for: {@code struct sem_queue}. */
    static final class Pending {

        private final List<Operation> operations;
        private final int pid;
        private final int @Nullable [] undo;
        private final WaitingTask waiter;
        private @Nullable Operation blocking;
        private long status = ErrorNumbers.EINTR;

        Pending(Task task, List<Operation> operations, int @Nullable [] undo) {
            this.operations = operations;
            this.pid = task.process().tgid();
            this.undo = undo;
            this.waiter = new WaitingTask(task);
        }

        /** {@return −EINTR while they wait; 0 or an error once somebody made or refused them} */
        long status() {
            return status;
        }

        void await(long deadline) {
            waiter.schedule(deadline);
        }

        void again() {
            waiter.prepare();
        }

        private boolean alters() {
            return operations.stream().anyMatch(operation -> operation.change() != 0);
        }

        private void complete(long result) {
            status = result;
            waiter.wake(0);
        }
    }

    /** What {@link #perform} answers for operations that must wait. */
    static final long BLOCKED = 1;

    private final int[] values;
    private final int[] pids;
    /** Those that only wait for zero go first, as the kernel has them. */
    private final List<Pending> forZero = new ArrayList<>();

    private final List<Pending> altering = new ArrayList<>();
    private long operationTime;
    private long changeTime;

    SemaphoreArray(int key, Credentials credentials, int mode, int count, long now) {
        super(key, credentials, mode);
        this.values = new int[count];
        this.pids = new int[count];
        this.changeTime = now;
    }

    int count() {
        return values.length;
    }

    int value(int number) {
        return values[number];
    }

    int[] values() {
        return values.clone();
    }

    int pid(int number) {
        return pids[number];
    }

    /** Sets values from one on, and lets those go on who waited for them. */
    void set(int first, int[] to, int pid, long now) {
        System.arraycopy(to, 0, values, first, to.length);
        Arrays.fill(pids, first, first + to.length, pid);
        changeTime = now;
        update(now);
    }

    /** Adds what a program left to be undone. */
    void undo(int[] adjustments, int pid, long now) {
        for (int i = 0; i < values.length; i++) {
            if (adjustments[i] != 0) {
                values[i] = Math.clamp(values[i] + adjustments[i], 0, SEMVMX);
                pids[i] = pid;
            }
        }
        update(now);
        operationTime = now;
    }

    void changed(long now) {
        changeTime = now;
    }

    /** Makes operations if they need not wait, and lets those go on who waited for that. {@return 0, {@link #BLOCKED}, or an error} */
    long operate(Pending pending, long now) {
        long result = perform(pending);
        if (result == 0) {
            operationTime = now;
            if (pending.alters()) {
                update(now);
            }
        }
        return result;
    }

    void enqueue(Pending pending) {
        (pending.alters() ? altering : forZero).add(pending);
    }

    void dequeue(Pending pending) {
        altering.remove(pending);
        forZero.remove(pending);
    }

    /** {@code perform_atomic_semop}: all or none. */
    private long perform(Pending pending) {
        int done = 0;
        long result = 0;
        for (Operation operation : pending.operations) {
            result = perform(operation, pending.undo);
            if (result != 0) {
                pending.blocking = operation;
                break;
            }
            done++;
        }
        for (int i = done - 1; i >= 0; i--) {
            Operation operation = pending.operations.get(i);
            if (result == 0) {
                pids[operation.number()] = pending.pid;
            } else {
                apply(operation, -operation.change(), pending.undo);
            }
        }
        boolean waits = result == BLOCKED;
        boolean mustNot = pending.blocking != null && (pending.blocking.flags() & IpcIds.IPC_NOWAIT) != 0;
        return waits && mustNot ? ErrorNumbers.EAGAIN : result;
    }

    private long perform(Operation operation, int @Nullable [] undo) {
        int value = values[operation.number()];
        int result = value + operation.change();
        if (result < 0 || (operation.change() == 0 && value != 0)) {
            return BLOCKED;
        }
        if (result > SEMVMX) {
            return ErrorNumbers.ERANGE;
        }
        if (operation.isUndone() && undo != null) {
            int adjustment = undo[operation.number()] - operation.change();
            if (adjustment < -SEMVMX - 1 || adjustment > SEMVMX) {
                return ErrorNumbers.ERANGE;
            }
        }
        apply(operation, operation.change(), undo);
        return 0;
    }

    private void apply(Operation operation, int change, int @Nullable [] undo) {
        values[operation.number()] += change;
        if (operation.isUndone() && undo != null) {
            undo[operation.number()] -= change;
        }
    }

    /** Makes what has become possible, again from the start after each that changed something: {@code do_smart_update}. */
    private void update(long now) {
        boolean again = true;
        while (again) {
            again = false;
            for (Pending waiting : List.copyOf(forZero)) {
                complete(waiting, forZero, now);
            }
            for (Pending waiting : List.copyOf(altering)) {
                if (complete(waiting, altering, now)) {
                    again = true;
                    break;
                }
            }
        }
    }

    private boolean complete(Pending waiting, List<Pending> queue, long now) {
        long result = perform(waiting);
        if (result > 0) {
            return false;
        }
        queue.remove(waiting);
        waiting.complete(result);
        if (result == 0) {
            operationTime = now;
        }
        return result == 0;
    }

    /** {@return how many tasks wait for a semaphore to grow: GETNCNT} */
    int waitingToDecrease(int number) {
        return (int) altering.stream()
                .map(waiting -> waiting.blocking)
                .filter(operation -> operation != null && operation.number() == number && operation.change() < 0)
                .count();
    }

    /** {@return how many tasks wait for a semaphore to become zero: GETZCNT} */
    int waitingForZero(int number) {
        return countZero(forZero, number) + countZero(altering, number);
    }

    private static int countZero(List<Pending> queue, int number) {
        return (int) queue.stream()
                .map(waiting -> waiting.blocking)
                .filter(operation -> operation != null && operation.number() == number && operation.change() == 0)
                .count();
    }

    /** Ends it: {@code freeary}. */
    void destroy() {
        forZero.forEach(waiting -> waiting.complete(ErrorNumbers.EIDRM));
        altering.forEach(waiting -> waiting.complete(ErrorNumbers.EIDRM));
        forZero.clear();
        altering.clear();
    }

    /** {@return {@code semid_ds} in a layout} */
    IpcStructure describe(IpcStructure.Layout layout) {
        return switch (layout) {
            case NATIVE ->
                new IpcStructure(layout, sizeIn(layout))
                        .perm(this)
                        .time(operationTime)
                        .skip(Long.BYTES)
                        .time(changeTime)
                        .skip(Long.BYTES)
                        .word(values.length);
            case COMPAT ->
                new IpcStructure(layout, sizeIn(layout))
                        .perm(this)
                        .time(operationTime)
                        .time(changeTime)
                        .word(values.length);
            case OLD ->
                new IpcStructure(layout, sizeIn(layout))
                        .perm(this)
                        .time(operationTime)
                        .time(changeTime)
                        .skip(4 * Integer.BYTES)
                        .half(values.length);
        };
    }

    /** {@return the size of {@code semid_ds} in a layout} */
    static int sizeIn(IpcStructure.Layout layout) {
        return switch (layout) {
            case NATIVE -> 104;
            case COMPAT -> 64;
            case OLD -> 44;
        };
    }
}
