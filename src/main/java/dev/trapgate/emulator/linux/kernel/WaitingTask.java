package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A task that sleeps until something happens on a queue, a time comes, or a signal does: {@code ___wait_event} of
 * include/linux/wait.h. It never spins.
 */
public final class WaitingTask implements WaitQueue.Waiter {

    /** A deadline that never comes. */
    public static final long FOREVER = Long.MAX_VALUE;

    private final Task task;
    private final Thread thread = Thread.currentThread();
    private volatile boolean woken;

    /**
     * Makes a waiter for the calling thread.
     *
     * @param task the task that the calling thread is
     */
    public WaitingTask(Task task) {
        this.task = task;
    }

    /** An exclusive wake-up counts only for a task that was not woken already. */
    @Override
    public boolean wake(int key) {
        boolean first = !woken;
        woken = true;
        task.roused();
        LockSupport.unpark(thread);
        return first;
    }

    /** {@return whether it was woken since the last {@link #prepare}} */
    public boolean wasWoken() {
        return woken;
    }

    /** Begins another wait: {@code prepare_to_wait}. What can end the wait must be looked at after this. */
    public void prepare() {
        woken = false;
    }

    /**
     * Sleeps until it is woken, a time comes or a signal does.
     *
     * @param deadline by {@link System#nanoTime}, or {@link #FOREVER}
     */
    public void schedule(long deadline) {
        while (!woken && !task.signalPending() && (deadline == FOREVER || deadline - System.nanoTime() > 0)) {
            task.park(deadline);
        }
    }

    /**
     * Sleeps until it is woken, a time comes by a clock that can be set, or a signal does.
     *
     * @param clocks the machine's clocks
     * @param deadline when the time comes, by {@link System#nanoTime}; asked anew when a clock was set
     */
    public void schedule(Timekeeper clocks, LongSupplier deadline) {
        Runnable lookAnew = task::wake;
        clocks.whenSet(lookAnew);
        try {
            while (!woken && !task.signalPending() && deadline.getAsLong() - System.nanoTime() > 0) {
                task.park(deadline);
            }
        } finally {
            clocks.forgetWhenSet(lookAnew);
        }
    }

    /**
     * Waits on a queue until a condition holds: {@code wait_event_interruptible}.
     *
     * @param task the calling task
     * @param queue what is woken when the condition may have become true
     * @param share whether one wake-up is for all or for one
     * @param condition what is waited for
     * @return 0, or −ERESTARTSYS if a signal came first
     */
    public static long waitEvent(Task task, WaitQueue queue, WaitQueue.Share share, BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return 0;
        }
        WaitingTask waiter = new WaitingTask(task);
        queue.add(waiter, share);
        try {
            while (true) {
                waiter.prepare();
                if (condition.getAsBoolean()) {
                    return 0;
                }
                if (task.signalPending()) {
                    // A wake-up for one that has come meanwhile is not to be lost: prepare_to_wait_event().
                    queue.remove(waiter);
                    return condition.getAsBoolean() ? 0 : ErrorNumbers.ERESTARTSYS;
                }
                waiter.schedule(FOREVER);
            }
        } finally {
            queue.remove(waiter);
        }
    }
}
