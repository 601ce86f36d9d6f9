package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.ArrayList;
import java.util.List;

/** Waiting on several futexes at once: futex_waitv(2), {@code futex_wait_multiple} of kernel/futex/waitwake.c, Linux 6.18. */
final class WaitMultiple {

    /** FUTEX_WAITV_MAX. */
    private static final int MOST = 128;

    private static final int SIZE = 24;
    private static final int ADDRESS = 8;
    private static final int FLAGS = 16;
    private static final int RESERVED = 20;

    private WaitMultiple() {}

    /**
     * One of the futexes: {@code struct futex_waitv}.
     *
     * @param value what it must hold
     * @param address where it is
     * @param flags bits of {@link FutexFlags}
     */
    record Vector(int value, long address, int flags) {}

    /** What a program told of its futexes: all of them, or −EFAULT or −EINVAL. */
    record Vectors(List<Vector> all, long error) {}

    /** {@code futex_waitv(2)}. */
    static long waitv(Task task, PtRegs regs) {
        int count = (int) regs.argument(2);
        boolean wrong = (int) regs.argument(3) != 0
                || count == 0
                || Integer.compareUnsigned(count, MOST) > 0
                || regs.argument(1) == 0;
        if (wrong) {
            return ErrorNumbers.EINVAL;
        }
        FutexTimeout timeout = FutexCalls.timeout2(task, regs, 4);
        if (timeout.error() != 0) {
            return timeout.error();
        }
        Vectors vectors = parse(task, regs.argument(1), count);
        return vectors.error() == 0 ? wait(task, vectors.all(), timeout) : vectors.error();
    }

    /** {@code futex_parse_waitv}. */
    static Vectors parse(Task task, long address, int count) {
        List<Vector> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UserStructure given = UserStructure.from(task.uaccess(), address + (long) i * SIZE, SIZE);
            if (given == null) {
                return new Vectors(List.of(), ErrorNumbers.EFAULT);
            }
            int flags2 = given.get32(FLAGS);
            long value = given.get64(0);
            if (given.get32(RESERVED) != 0 || !FutexFlags.isValid2(flags2) || !FutexFlags.fits(value)) {
                return new Vectors(List.of(), ErrorNumbers.EINVAL);
            }
            all.add(new Vector((int) value, given.get64(ADDRESS), FutexFlags.of2(flags2)));
        }
        return new Vectors(all, 0);
    }

    private static long wait(Task task, List<Vector> vectors, FutexTimeout timeout) {
        WaitingTask waiter = new WaitingTask(task);
        while (true) {
            List<FutexQ> queued = new ArrayList<>();
            waiter.prepare();
            long answer = queue(task, waiter, vectors, queued);
            if (answer != 0) {
                int woken = unqueue(queued);
                return woken >= 0 ? woken : answer;
            }
            boolean late = timeout.await(task, waiter);
            int woken = unqueue(queued);
            if (woken >= 0) {
                return woken;
            }
            if (late) {
                return ErrorNumbers.ETIMEDOUT;
            }
            if (task.signalPending()) {
                return ErrorNumbers.ERESTARTSYS;
            }
        }
    }

    /** First all keys, then one queue after the other: {@code futex_wait_multiple_setup}. {@return 0 or the error} */
    private static long queue(Task task, WaitingTask waiter, List<Vector> vectors, List<FutexQ> queued) {
        List<FutexQ> made = new ArrayList<>();
        for (Vector vector : vectors) {
            FutexKey key = FutexKey.of(task, vector.address(), vector.flags(), FutexKey.Access.READ);
            if (key.error() != 0) {
                return key.error();
            }
            made.add(new FutexQ(task, waiter, key, FutexQ.MATCH_ANY));
        }
        for (int i = 0; i < made.size(); i++) {
            Vector vector = vectors.get(i);
            long refused = WaitWake.queue(task, made.get(i), vector.address(), vector.value());
            if (refused != 0) {
                return refused;
            }
            queued.add(made.get(i));
        }
        return 0;
    }

    /** {@code futex_unqueue_multiple}. {@return which was woken, the last of them; −1 if none was} */
    private static int unqueue(List<FutexQ> queued) {
        int woken = -1;
        for (int i = 0; i < queued.size(); i++) {
            woken = queued.get(i).unqueue() ? woken : i;
        }
        return woken;
    }
}
