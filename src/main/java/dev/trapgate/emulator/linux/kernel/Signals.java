package dev.trapgate.emulator.linux.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Sending, blocking and taking signals: kernel/signal.c, Linux 5.17. What a program sees of it is in
 * {@link SignalCalls}, the frames are in {@code arch.x86.kernel}.
 *
 * <p>A signal for a process goes to a task that is in the kernel, if one there wants it: a task whose Java thread is
 * elsewhere runs no code of the program. If none is, the first that makes a call takes it. Only processes of programs are stopped:
 * of one whose threads are Java's, SIGSTOP and its kind are taken and have no effect.
 */
public final class Signals {

    private static final long UNBLOCKABLE = Signal.mask(Signal.SIGKILL) | Signal.mask(Signal.SIGSTOP);

    /** SIG_KERNEL_IGNORE_MASK: nothing happens by default. */
    private static final long IGNORED = Signal.mask(Signal.SIGCONT)
            | Signal.mask(Signal.SIGCHLD)
            | Signal.mask(Signal.SIGWINCH)
            | Signal.mask(Signal.SIGURG);

    /** SIG_KERNEL_STOP_MASK. */
    private static final long STOPPING = Signal.mask(Signal.SIGSTOP)
            | Signal.mask(Signal.SIGTSTP)
            | Signal.mask(Signal.SIGTTIN)
            | Signal.mask(Signal.SIGTTOU);

    /** What becomes of the action when a signal is forced. */
    public enum Forced {
        /** A handler may run: HANDLER_CURRENT. */
        HANDLED,
        /** The default action: HANDLER_SIG_DFL. */
        DEFAULT
    }

    /**
     * A signal that was taken, with what is to be done: {@code struct ksignal}.
     *
     * @param signal the signal
     * @param action a handler
     */
    public record Taken(Signal signal, SignalAction action) {}

    private Signals() {}

    // Sending.

    /** Sends a signal to one task: {@code send_signal} with PIDTYPE_PID. {@return 0 or −EAGAIN} */
    static long send(Task task, Signal signal) {
        synchronized (task.process().signalLock()) {
            prepare(task.process(), signal.number());
            if (isIgnored(task, signal.number())) {
                return 0;
            }
            long added = task.signals().pending.add(signal, limit(task.process()));
            if (added == SigPending.ADDED) {
                task.process().signalfdQueue().wakeUp(0);
            }
            if (added >= 0 && wants(task, signal.number())) {
                complete(task, signal);
            }
            return Math.min(added, 0);
        }
    }

    /** {@code prepare_signal}: signals that stop and SIGCONT undo each other, and SIGCONT has the process go on in any case. */
    private static void prepare(KernelProcess process, int number) {
        long bit = Signal.mask(number);
        if ((bit & STOPPING) != 0) {
            flush(process, Signal.mask(Signal.SIGCONT));
        } else if (number == Signal.SIGCONT) {
            flush(process, STOPPING);
            process.groupStop().end();
        }
    }

    private static void flush(KernelProcess process, long mask) {
        process.sharedPending().flush(mask);
        process.tasks().forEach(one -> one.signals().pending.flush(mask));
    }

    private static long limit(KernelProcess process) {
        return process.limits().soft(ResourceLimits.Resource.RLIMIT_SIGPENDING);
    }

    /**
     * Sends a signal to a process: {@code send_signal} with PIDTYPE_TGID.
     *
     * @param process the process
     * @param signal the signal
     * @param sender the task that sends it; null if none does
     * @return 0, or −EAGAIN if too many are queued
     */
    static long send(KernelProcess process, Signal signal, @Nullable Task sender) {
        synchronized (process.signalLock()) {
            prepare(process, signal.number());
            Task first = process.firstTask();
            boolean ignored =
                    first == null ? isIgnoredByHandler(process, signal.number()) : isIgnored(first, signal.number());
            if (ignored) {
                return 0;
            }
            long added = process.sharedPending().add(signal, limit(process));
            if (added == SigPending.ADDED) {
                process.signalfdQueue().wakeUp(0);
            }
            if (added >= 0) {
                tell(process, signal, sender);
            }
            return Math.min(added, 0);
        }
    }

    /** Has a task take a signal for its process. */
    private static void tell(KernelProcess process, Signal signal, @Nullable Task sender) {
        Task taker = taker(process, signal.number(), sender);
        if (taker == null) {
            return;
        }
        boolean slept = taker.isAsleep();
        complete(taker, signal);
        if (taker != sender && !slept) {
            // Nobody is in the kernel: whoever comes first takes it.
            process.tasks().stream()
                    .filter(task -> wants(task, signal.number()))
                    .forEach(Task::signalWakeUp);
        }
    }

    /**
     * Sends a timer's signal, which waits beside others of its number: {@code posixtimer_send_sigqueue}.
     *
     * @param process the process whose timer expired
     * @param to the thread that gets it; null for the process
     * @param signal the signal
     * @return whether it was sent; false if it is ignored, or the thread has ended
     */
    public static boolean sendTimer(KernelProcess process, @Nullable Task to, Signal signal) {
        synchronized (process.signalLock()) {
            Task looked = to == null ? process.firstTask() : to;
            boolean ignored =
                    looked == null ? isIgnoredByHandler(process, signal.number()) : isIgnored(looked, signal.number());
            if (ignored || (to != null && to.end() != null)) {
                return false;
            }
            (to == null ? process.sharedPending() : to.signals().pending).addTimer(signal);
            if (to == null) {
                tell(process, signal, null);
            } else if (wants(to, signal.number())) {
                complete(to, signal);
            }
            process.signalfdQueue().wakeUp(0);
            return true;
        }
    }

    /** {@code complete_signal}: the process ends at once of what its default action kills, else a task is woken. */
    private static void complete(Task taker, Signal signal) {
        KernelProcess process = taker.process();
        int number = signal.number();
        boolean fatal = number == Signal.SIGKILL
                || (process.action(number).kind() == SignalAction.Kind.DEFAULT
                        && (Signal.mask(number) & (IGNORED | STOPPING)) == 0);
        boolean awaited = (taker.signals().realBlocked() & Signal.mask(number)) != 0;
        if (fatal && !awaited) {
            process.groupExit(TaskEnd.killed(signal));
        } else {
            taker.signalWakeUp();
        }
    }

    private static @Nullable Task taker(KernelProcess process, int number, @Nullable Task sender) {
        if (sender != null && sender.process() == process && wants(sender, number)) {
            return sender;
        }
        Task idle = null;
        for (Task task : process.tasks()) {
            if (wants(task, number)) {
                if (task.isAsleep()) {
                    return task;
                }
                idle = idle == null || task.tid() < idle.tid() ? task : idle;
            }
        }
        return idle;
    }

    /** {@code wants_signal}. */
    private static boolean wants(Task task, int number) {
        return (task.signals().blocked() & Signal.mask(number)) == 0 && task.end() == null;
    }

    /** {@code sig_ignored}: what is blocked is kept in any case, since it may be handled later. */
    private static boolean isIgnored(Task task, int number) {
        long held = task.signals().blocked() | task.signals().realBlocked();
        return (held & Signal.mask(number)) == 0 && isIgnoredByHandler(task.process(), number);
    }

    private static boolean isIgnoredByHandler(KernelProcess process, int number) {
        return isIgnoredBy(process.action(number), number);
    }

    private static boolean isIgnoredBy(SignalAction action, int number) {
        return switch (action.kind()) {
            case IGNORE -> true;
            case DEFAULT -> (Signal.mask(number) & IGNORED) != 0;
            case HANDLER -> false;
        };
    }

    /**
     * Sends a signal that the task can neither ignore nor block: {@code force_sig_info_to_task}.
     *
     * @param task the task
     * @param signal the signal
     * @param how whether its handler may run
     */
    public static void force(Task task, Signal signal, Forced how) {
        int number = signal.number();
        synchronized (task.process().signalLock()) {
            SignalAction action = task.process().action(number);
            boolean blocked = (task.signals().blocked() & Signal.mask(number)) != 0;
            if (blocked || action.kind() == SignalAction.Kind.IGNORE || how == Forced.DEFAULT) {
                task.process().setAction(number, action.withHandler(SignalAction.SIG_DFL));
                setBlocked(task, task.signals().blocked() & ~Signal.mask(number));
            }
            send(task, signal);
        }
    }

    /** SIGSEGV for a frame that cannot be built or read, deadly if it was SIGSEGV's own: {@code force_sigsegv}. */
    public static void forceSegv(Task task, int during) {
        Forced how = during == Signal.SIGSEGV ? Forced.DEFAULT : Forced.HANDLED;
        force(task, Signal.of(SigInfo.sentBy(Signal.SIGSEGV, Signal.SI_KERNEL, 0, 0)), how);
    }

    // Blocking.

    /**
     * Sets which signals are blocked: {@code set_current_blocked}.
     *
     * @param task the calling task
     * @param mask {@link Signal#mask} of each; SIGKILL and SIGSTOP never are
     */
    public static void setBlocked(Task task, long mask) {
        setBlockedExactly(task, mask & ~UNBLOCKABLE);
    }

    static void setBlockedExactly(Task task, long mask) {
        synchronized (task.process().signalLock()) {
            long newly = mask & ~task.signals().blocked();
            task.signals().setBlocked(mask);
            if (newly != 0) {
                retarget(task, newly);
            }
            recalcSigpending(task);
        }
    }

    /** Lets other tasks know of signals for the process that this one does not take any more. */
    static void retarget(Task task, long mask) {
        KernelProcess process = task.process();
        long waiting = process.sharedPending().set() & mask;
        for (Task other : process.tasks()) {
            if (waiting != 0 && other != task && (waiting & ~other.signals().blocked()) != 0) {
                waiting &= other.signals().blocked();
                other.signalWakeUp();
            }
        }
    }

    /**
     * Blocks signals for the length of a call, as ppoll(2) does: {@code set_user_sigmask}.
     *
     * @param task the calling task
     * @param mask what is blocked meanwhile
     * @see #restoreUnless
     */
    public static void setUserMask(Task task, long mask) {
        task.signals().restoreLater(task.signals().blocked());
        setBlocked(task, mask);
    }

    /**
     * Ends what {@link #setUserMask} began: {@code restore_saved_sigmask_unless}.
     *
     * @param task the calling task
     * @param interrupted whether a signal broke the call off, whose handler is to run before the mask comes back
     */
    public static void restoreUnless(Task task, Interrupted interrupted) {
        if (interrupted == Interrupted.NO) {
            restoreSavedMask(task);
        }
    }

    /** Whether a signal broke a call off. */
    public enum Interrupted {
        /** A signal did. */
        YES,
        /** It came to its end. */
        NO
    }

    /** {@code restore_saved_sigmask}: when no handler was entered. */
    public static void restoreSavedMask(Task task) {
        if (task.signals().restores()) {
            long mask = task.signals().maskToSave();
            task.signals().restored();
            setBlockedExactly(task, mask);
        }
    }

    /** {@code recalc_sigpending}. */
    static void recalcSigpending(Task task) {
        long waiting =
                task.signals().pending.set() | task.process().sharedPending().set();
        task.setSignalPending((waiting & ~task.signals().blocked()) != 0);
    }

    // Actions.

    /** {@return what a process did about a signal until now; a null {@code next} changes nothing: {@code do_sigaction}} */
    static SignalAction exchange(Task task, int number, @Nullable SignalAction next) {
        KernelProcess process = task.process();
        synchronized (process.signalLock()) {
            SignalAction before = process.action(number);
            if (next != null) {
                long mask = next.mask() & ~UNBLOCKABLE;
                process.setAction(number, new SignalAction(next.handler(), next.flags(), next.restorer(), mask));
                if (isIgnoredBy(next, number)) {
                    flush(process, Signal.mask(number));
                    process.timers().ignored(number);
                } else {
                    process.timers().unignored(number);
                }
            }
            return before;
        }
    }

    /**
     * What /proc tells of signals: {@code task_sig} of fs/proc/array.c. Sets are {@link Signal#mask} of each.
     *
     * @param queued how many are queued
     * @param pending which wait for the task
     * @param sharedPending which wait for its process
     * @param blocked which the task has blocked
     * @param ignored which its process ignores
     * @param caught which its process has handlers for
     */
    public record Summary(int queued, long pending, long sharedPending, long blocked, long ignored, long caught) {}

    /** {@return what /proc tells of a task's signals} */
    public static Summary summary(Task task) {
        KernelProcess process = task.process();
        synchronized (process.signalLock()) {
            long ignored = 0;
            long caught = 0;
            for (int number = 1; number <= Signal.LAST; number++) {
                SignalAction.Kind kind = process.action(number).kind();
                ignored |= kind == SignalAction.Kind.IGNORE ? Signal.mask(number) : 0;
                caught |= kind == SignalAction.Kind.HANDLER ? Signal.mask(number) : 0;
            }
            TaskSignals own = task.signals();
            return new Summary(
                    process.signalQuota().queued(),
                    own.pending.set(),
                    process.sharedPending().set(),
                    own.blocked(),
                    ignored,
                    caught);
        }
    }

    // Taking.

    /** {@return which signals wait for a task, blocked or not: those of its own and those for its process} */
    public static long pending(Task task) {
        synchronized (task.process().signalLock()) {
            return task.signals().pending.set() | task.process().sharedPending().set();
        }
    }

    /**
     * Takes a signal that waits: {@code dequeue_signal}.
     *
     * @param task the calling task
     * @param blocked which signals are left alone
     * @return the signal, or null if none waits
     */
    public static @Nullable Signal dequeue(Task task, long blocked) {
        synchronized (task.process().signalLock()) {
            Signal taken = null;
            Signal waiting = next(task, blocked);
            while (waiting != null && taken == null) {
                taken = task.process().timers().taken(waiting);
                waiting = taken == null ? next(task, blocked) : waiting;
            }
            recalcSigpending(task);
            return taken;
        }
    }

    private static @Nullable Signal next(Task task, long blocked) {
        Signal own = task.signals().pending.take(blocked);
        if (own != null) {
            return own;
        }
        Signal shared = task.process().sharedPending().take(blocked);
        if (shared != null && shared.number() == Signal.SIGALRM) {
            task.process().timers().alarmTaken();
        }
        return shared;
    }

    /**
     * Takes the next signal that a handler is to be entered for, having done what others do by default: {@code get_signal}.
     *
     * @param task the calling task
     * @return the signal and its handler; null if there is none or the task has ended
     */
    public static @Nullable Taken getSignal(Task task) {
        KernelProcess process = task.process();
        while (task.end() == null) {
            process.groupStop().park(task);
            synchronized (process.signalLock()) {
                Signal synchronous =
                        task.signals().pending.takeSynchronous(task.signals().blocked());
                Signal signal =
                        synchronous == null ? dequeue(task, task.signals().blocked()) : synchronous;
                if (signal == null) {
                    if (process.isStopped()) {
                        continue;
                    }
                    return null;
                }
                SignalAction action = process.action(signal.number());
                if (action.kind() == SignalAction.Kind.HANDLER) {
                    return taken(task, signal, action);
                }
                if (action.kind() == SignalAction.Kind.DEFAULT) {
                    actByDefault(process, signal);
                }
            }
        }
        return null;
    }

    /** What a signal does by default. A process of Java's own threads is never stopped. */
    private static void actByDefault(KernelProcess process, Signal signal) {
        long bit = Signal.mask(signal.number());
        if ((bit & IGNORED) != 0) {
            return;
        }
        if ((bit & STOPPING) == 0) {
            process.groupExit(TaskEnd.killed(signal));
            return;
        }
        boolean ofTerminal = signal.number() != Signal.SIGSTOP;
        PidNamespace pids = process.globals().pids();
        boolean stops = process.globals().host() != null
                && !(ofTerminal && pids.isOrphaned(process.jobControl().processGroup()));
        if (stops) {
            process.groupStop().begin(signal.number());
        }
    }

    private static Taken taken(Task task, Signal signal, SignalAction action) {
        if (action.has(SignalAction.SA_RESETHAND)) {
            task.process().setAction(signal.number(), action.withHandler(SignalAction.SIG_DFL));
        }
        recalcSigpending(task);
        return new Taken(signal, action);
    }

    /** Blocks what a handler that was entered wants blocked: {@code signal_delivered}. */
    public static void delivered(Task task, Taken taken) {
        TaskSignals signals = task.signals();
        signals.restored();
        long own = taken.action().has(SignalAction.SA_NODEFER)
                ? 0
                : Signal.mask(taken.signal().number());
        setBlocked(task, signals.blocked() | taken.action().mask() | own);
        signals.setStack(signals.stack().afterEntry());
    }
}
