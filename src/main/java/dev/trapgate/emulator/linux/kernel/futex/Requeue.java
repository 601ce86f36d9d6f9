package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.List;
import java.util.OptionalInt;

/** Moving waiters from one futex to another: kernel/futex/requeue.c, Linux 6.18. */
final class Requeue {

    private Requeue() {}

    /**
     * A futex as a call tells it.
     *
     * @param address where it is
     * @param flags bits of {@link FutexFlags}
     */
    record Place(long address, int flags) {}

    /**
     * Wakes some who wait on a futex and has others wait on another: {@code futex_requeue}.
     *
     * @param task the calling task
     * @param from the futex they wait on
     * @param to the other
     * @param wakes how many to wake
     * @param moves how many to move
     * @param value what the first must hold; empty for anything
     * @return how many were woken or moved; −EINVAL, −EFAULT, −EAGAIN
     */
    static long requeue(Task task, Place from, Place to, int wakes, int moves, OptionalInt value) {
        if (wakes < 0 || moves < 0) {
            return ErrorNumbers.EINVAL;
        }
        FutexKey key = FutexKey.of(task, from.address(), from.flags(), FutexKey.Access.READ);
        if (key.error() != 0) {
            return key.error();
        }
        FutexKey target = FutexKey.of(task, to.address(), to.flags(), FutexKey.Access.READ);
        if (target.error() != 0) {
            return target.error();
        }
        FutexBucket source = task.process().futexes().bucket(key);
        FutexBucket destination = task.process().futexes().bucket(target);
        return Futexes.locked(source, destination, () -> {
            long differs = value.isPresent() ? compare(task, from.address(), value.getAsInt()) : 0;
            return differs != 0 ? differs : move(source, key, destination, target, wakes, moves);
        });
    }

    private static long compare(Task task, long address, int value) {
        long now = task.uaccess().getUser32(address);
        if (now < 0) {
            return ErrorNumbers.EFAULT;
        }
        return (int) now == value ? 0 : ErrorNumbers.EAGAIN;
    }

    private static long move(
            FutexBucket source, FutexKey key, FutexBucket destination, FutexKey target, int wakes, int moves) {
        List<FutexQ> waiters = source.waiters(key, FutexQ.MATCH_ANY);
        int count = (int) Math.min(waiters.size(), (long) wakes + moves);
        int woken = Math.min(count, wakes);
        waiters.subList(0, woken).forEach(FutexQ::wake);
        for (FutexQ moved : waiters.subList(woken, count)) {
            source.remove(moved);
            destination.add(moved, target);
        }
        return count;
    }
}
