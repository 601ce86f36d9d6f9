package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.List;

/**
 * Waiting on futexes and waking: kernel/futex/waitwake.c, Linux 6.18.
 *
 * <p>A waiter looks at the futex and joins the queue with the bucket locked, and a waker locks the same bucket after the
 * program has changed the futex. So the waiter sees the change, or the waker finds the waiter.
 */
final class WaitWake {

    private static final int OPERATION_SHIFT = 28;
    private static final int OPERATION_IS_SHIFT = 8;
    private static final int COMPARISON_SHIFT = 24;
    private static final int ARGUMENT_BITS = 12;
    private static final int NIBBLE = 0xf;
    private static final int OPERATIONS = 7;

    private WaitWake() {}

    /**
     * Wakes who waits on a futex: {@code futex_wake}.
     *
     * @param task the calling task
     * @param address the futex
     * @param flags bits of {@link FutexFlags}
     * @param most how many at most; less than 1 is one, unless the flags are strict
     * @param bits which of the waiters
     * @return how many were woken; −EINVAL, −EFAULT
     */
    static long wake(Task task, long address, int flags, int most, int bits) {
        if (bits == 0) {
            return ErrorNumbers.EINVAL;
        }
        FutexKey key = FutexKey.of(task, address, flags, FutexKey.Access.READ);
        if (key.error() != 0) {
            return key.error();
        }
        if ((flags & FutexFlags.STRICT) != 0 && most == 0) {
            return 0;
        }
        FutexBucket bucket = task.process().futexes().bucket(key);
        synchronized (bucket) {
            return wake(bucket, key, most, bits);
        }
    }

    private static long wake(FutexBucket bucket, FutexKey key, int most, int bits) {
        List<FutexQ> waiters = bucket.waiters(key, bits);
        int count = Math.min(waiters.size(), Math.max(1, most));
        waiters.subList(0, count).forEach(FutexQ::wake);
        return count;
    }

    /**
     * Changes a second futex, wakes who waits on the first, and if the old value was such, who waits on the second:
     * {@code futex_wake_op}.
     *
     * @param task the calling task
     * @param address the first futex
     * @param second the second futex
     * @param flags bits of {@link FutexFlags}
     * @param most how many to wake on the first
     * @param mostOnSecond how many to wake on the second
     * @param operation what to do with the second, and what to compare its old value with
     * @return how many were woken; −EINVAL, −EFAULT, −ENOSYS
     */
    static long wakeOp(Task task, long address, long second, int flags, int most, int mostOnSecond, int operation) {
        FutexKey key = FutexKey.of(task, address, flags, FutexKey.Access.READ);
        if (key.error() != 0) {
            return key.error();
        }
        FutexKey secondKey = FutexKey.of(task, second, flags, FutexKey.Access.WRITE);
        if (secondKey.error() != 0) {
            return secondKey.error();
        }
        Futexes futexes = task.process().futexes();
        FutexBucket bucket = futexes.bucket(key);
        FutexBucket secondBucket = futexes.bucket(secondKey);
        return Futexes.locked(bucket, secondBucket, () -> {
            long holds = change(task, second, operation);
            if (holds < 0) {
                return holds;
            }
            long woken = wake(bucket, key, most, FutexQ.MATCH_ANY);
            return holds == 0 ? woken : woken + wake(secondBucket, secondKey, mostOnSecond, FutexQ.MATCH_ANY);
        });
    }

    /** {@code futex_atomic_op_inuser}. {@return 1 if the comparison holds for the old value, else 0; −ENOSYS, −EFAULT} */
    private static long change(Task task, long address, int encoded) {
        int operation = (encoded >>> OPERATION_SHIFT) & OPERATIONS;
        int argument = (encoded << (Integer.SIZE - 2 * ARGUMENT_BITS)) >> (Integer.SIZE - ARGUMENT_BITS);
        if (((encoded >>> OPERATION_SHIFT) & OPERATION_IS_SHIFT) != 0) {
            argument = 1 << argument;
        }
        int by = argument;
        long before =
                switch (operation) {
                    case 0 -> task.uaccess().exchangeUser32(address, old -> by);
                    case 1 -> task.uaccess().exchangeUser32(address, old -> old + by);
                    case 2 -> task.uaccess().exchangeUser32(address, old -> old | by);
                    case 3 -> task.uaccess().exchangeUser32(address, old -> old & ~by);
                    case 4 -> task.uaccess().exchangeUser32(address, old -> old ^ by);
                    default -> ErrorNumbers.ENOSYS;
                };
        if (before < 0) {
            return before == ErrorNumbers.ENOSYS ? before : ErrorNumbers.EFAULT;
        }
        int with = (encoded << (Integer.SIZE - ARGUMENT_BITS)) >> (Integer.SIZE - ARGUMENT_BITS);
        return compare((int) before, (encoded >>> COMPARISON_SHIFT) & NIBBLE, with);
    }

    private static long compare(int value, int comparison, int with) {
        return switch (comparison) {
            case 0 -> value == with ? 1 : 0;
            case 1 -> value != with ? 1 : 0;
            case 2 -> value < with ? 1 : 0;
            case 3 -> value <= with ? 1 : 0;
            case 4 -> value > with ? 1 : 0;
            case 5 -> value >= with ? 1 : 0;
            default -> ErrorNumbers.ENOSYS;
        };
    }

    /**
     * Waits on a futex, as futex(2): {@code futex_wait}. A wait with a timeout that a signal breaks off goes on by
     * restart_syscall(2).
     *
     * @param task the calling task
     * @param address the futex
     * @param flags bits of {@link FutexFlags}
     * @param value what the futex must hold
     * @param timeout until when
     * @param bits which wake-ups are for it
     * @return 0 once it was woken; −EAGAIN, −ETIMEDOUT, −EINVAL, −EFAULT or what makes the call be made again
     */
    static long wait(Task task, long address, int flags, int value, FutexTimeout timeout, int bits) {
        long answer = waitOnce(task, address, flags, value, timeout, bits);
        if (answer != ErrorNumbers.ERESTARTSYS || timeout.equals(FutexTimeout.NONE)) {
            return answer;
        }
        task.setRestart((again, regs) -> wait(again, address, flags, value, timeout, bits));
        return ErrorNumbers.ERESTART_RESTARTBLOCK;
    }

    /** Waits on a futex: {@code __futex_wait}. {@return as {@link #wait}, or −ERESTARTSYS for a signal} */
    static long waitOnce(Task task, long address, int flags, int value, FutexTimeout timeout, int bits) {
        if (bits == 0) {
            return ErrorNumbers.EINVAL;
        }
        WaitingTask waiter = new WaitingTask(task);
        while (true) {
            FutexKey key = FutexKey.of(task, address, flags, FutexKey.Access.READ);
            if (key.error() != 0) {
                return key.error();
            }
            waiter.prepare();
            FutexQ queued = new FutexQ(task, waiter, key, bits);
            long refused = queue(task, queued, address, value);
            if (refused != 0) {
                return refused;
            }
            boolean late = timeout.await(task, waiter);
            if (!queued.unqueue()) {
                return 0;
            }
            if (late) {
                return ErrorNumbers.ETIMEDOUT;
            }
            if (task.signalPending()) {
                return ErrorNumbers.ERESTARTSYS;
            }
        }
    }

    /**
     * Compares and joins the queue as one: {@code futex_wait_setup}.
     *
     * @return 0 if the task is in the queue; −EFAULT, −EAGAIN
     */
    static long queue(Task task, FutexQ queued, long address, int value) {
        FutexBucket bucket = task.process().futexes().bucket(queued.key());
        synchronized (bucket) {
            long now = task.uaccess().getUser32(address);
            if (now < 0) {
                return ErrorNumbers.EFAULT;
            }
            if ((int) now != value) {
                return ErrorNumbers.EAGAIN;
            }
            bucket.add(queued, queued.key());
            return 0;
        }
    }
}
