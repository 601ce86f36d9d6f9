package dev.trapgate.emulator.linux.kernel;

/**
 * Whether a process is stopped by a signal, and what its parent has not been told of that yet: {@code group_stop_count},
 * {@code group_exit_code} and SIGNAL_STOP_* of {@code signal_struct} (kernel/signal.c, Linux 6.18). Guarded by the process's
 * lock for signals.
 */
final class GroupStop {

    private final KernelProcess process;
    private volatile int signal;
    private int parked;
    private boolean complete;
    private int stopToTell;
    private boolean continueToTell;
    private boolean continueToNotify;

    GroupStop(KernelProcess process) {
        this.process = process;
    }

    /** {@return whether it stops or has stopped} */
    boolean isStopped() {
        return signal != 0;
    }

    /** {@return whether all of its tasks have stopped} */
    boolean isComplete() {
        synchronized (process.signalLock()) {
            return complete;
        }
    }

    /** Has all tasks stop: {@code do_signal_stop}. Called with the lock held, which a task in the kernel takes. */
    void begin(int number) {
        if (signal == 0) {
            signal = number;
            continueToTell = false;
            process.tasks().forEach(Task::signalWakeUp);
        }
    }

    /** Has all tasks go on: of {@code prepare_signal}. Called with the lock held. */
    void end() {
        if (signal == 0) {
            return;
        }
        if (complete) {
            continueToTell = true;
            continueToNotify = true;
        }
        signal = 0;
        complete = false;
        stopToTell = 0;
        process.tasks().forEach(Task::signalWakeUp);
    }

    /** Stops the calling task while its process is stopped; called without locks. */
    void park(Task task) {
        if (signal == 0 && !continueToNotify) {
            return;
        }
        synchronized (process.signalLock()) {
            parked++;
        }
        if (completes()) {
            ChildNotice.stopped(process, signal);
        }
        task.sleepKillable(() -> signal == 0);
        boolean first;
        synchronized (process.signalLock()) {
            parked--;
            first = continueToNotify && task.end() == null;
            continueToNotify &= !first;
            Signals.recalcSigpending(task);
        }
        if (first) {
            ChildNotice.continued(process);
        }
    }

    /** Looks whether a task that ended was the last one that had not stopped. */
    void taskLeft() {
        if (completes()) {
            ChildNotice.stopped(process, signal);
        }
    }

    private boolean completes() {
        synchronized (process.signalLock()) {
            boolean last = signal != 0 && !complete && parked > 0 && parked >= process.taskCount();
            if (last) {
                complete = true;
                stopToTell = signal;
            }
            return last;
        }
    }

    /** {@return the signal that stopped it, if the parent has not been told; 0 else} */
    int stopToTell() {
        synchronized (process.signalLock()) {
            return stopToTell;
        }
    }

    /** The parent has been told that it stopped. */
    void toldStop() {
        synchronized (process.signalLock()) {
            stopToTell = 0;
        }
    }

    /** {@return whether the parent has not been told that it goes on} */
    boolean continueToTell() {
        synchronized (process.signalLock()) {
            return continueToTell;
        }
    }

    /** The parent has been told that it goes on. */
    void toldContinue() {
        synchronized (process.signalLock()) {
            continueToTell = false;
        }
    }
}
