package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.kernel.time.Timespec;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;

/**
 * When a wait on a futex ends at the latest.
 *
 * @param clock by which clock
 * @param until the time, in nanoseconds since the clock's origin
 * @param error 0, or −EINVAL or −EFAULT: then there is no such time
 */
record FutexTimeout(int clock, long until, long error) {

    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_MONOTONIC = 1;

    /** Never. */
    static final FutexTimeout NONE = new FutexTimeout(-1, Long.MAX_VALUE, 0);

    private static final long LONGEST = Long.MAX_VALUE / 4;

    /** Whether a program tells a time or how long it is until then. */
    enum Origin {
        /** From now on. */
        NOW,
        /** By the clock. */
        CLOCK
    }

    /**
     * Reads a program's timeout: {@code futex_init_timeout}.
     *
     * @param task the calling task
     * @param regs the call
     * @param address where it is; 0 for none
     * @param width how wide its fields are
     * @param origin from when on it counts
     * @param clock by which clock
     */
    static FutexTimeout read(Task task, PtRegs regs, long address, Width width, Origin origin, int clock) {
        if (address == 0) {
            return NONE;
        }
        Timespec given = Timespec.from(task, regs, address, width);
        if (given == null) {
            return no(ErrorNumbers.EFAULT);
        }
        if (!given.isValid()) {
            return no(ErrorNumbers.EINVAL);
        }
        long start = origin == Origin.NOW ? task.process().timekeeper().read(clock) : 0;
        long nanos = given.toNanos();
        long until = start + nanos < start ? Long.MAX_VALUE : start + nanos;
        return new FutexTimeout(clock, until, 0);
    }

    static FutexTimeout no(long error) {
        return new FutexTimeout(CLOCK_MONOTONIC, 0, error);
    }

    boolean isNever() {
        return until == Long.MAX_VALUE;
    }

    /**
     * Sleeps until a wake-up, a signal or then: {@code futex_do_wait}. A realtime clock that is set brings it nearer, or further
     * away.
     *
     * @return whether the time has come
     */
    boolean await(Task task, WaitingTask waiter) {
        if (clock == CLOCK_REALTIME && !isNever()) {
            waiter.schedule(task.process().timekeeper(), () -> deadline(task));
            return deadline(task) - System.nanoTime() <= 0;
        }
        long deadline = deadline(task);
        waiter.schedule(deadline);
        return deadline != WaitingTask.FOREVER && deadline - System.nanoTime() <= 0;
    }

    /** {@return when it is, by {@link System#nanoTime}; {@link WaitingTask#FOREVER} for never} */
    private long deadline(Task task) {
        if (isNever()) {
            return WaitingTask.FOREVER;
        }
        long left = until - task.process().timekeeper().read(clock);
        return System.nanoTime() + Math.clamp(left, 0, LONGEST);
    }
}
