package dev.trapgate.emulator.linux.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One wait for a child to end, to stop or to go on: {@code struct wait_opts} and {@code do_wait} of kernel/exit.c, Linux 6.18. */
final class ChildWait {

    private static final int WUNTRACED = 2;
    private static final int WEXITED = 4;
    private static final int WCONTINUED = 8;
    private static final int WNOWAIT = 0x0100_0000;
    private static final int WALL = 0x4000_0000;
    private static final int WCLONE = 0x8000_0000;
    private static final int STOPPED = 0x7f;
    private static final int CONTINUED = 0xffff;
    private static final int CODE_SHIFT = 8;

    private final Task current;
    private final Who who;
    private final int options;
    private @Nullable Found found;

    /**
     * Prepares a wait.
     *
     * @param current the calling task
     * @param who for whom
     * @param options W* and __W* bits
     */
    ChildWait(Task current, Who who, int options) {
        this.current = current;
        this.who = who;
        this.options = options;
    }

    /** Which children are waited for: {@code wo_type} and {@code wo_pid}. */
    record Who(int pid, int processGroup) {

        /** {@return any child} */
        static Who all() {
            return new Who(0, 0);
        }

        /** {@return the child with an id} */
        static Who pid(int pid) {
            return new Who(pid, 0);
        }

        /** {@return the children of a process group} */
        static Who group(int group) {
            return new Who(0, group);
        }

        private boolean includes(KernelProcess child) {
            return (pid == 0 || child.tgid() == pid)
                    && (processGroup == 0 || child.jobControl().processGroup() == processGroup);
        }
    }

    /**
     * What a wait has found.
     *
     * @param pid the child's id
     * @param uid its user
     * @param status what wait4(2) tells
     * @param code {@code si_code} of waitid(2)
     * @param waitidStatus {@code si_status} of waitid(2)
     * @param cpuTime how long it has run, with the children it waited for, in nanoseconds
     */
    record Found(int pid, int uid, int status, int code, int waitidStatus, long cpuTime) {}

    /** {@return what was found, after {@link #doWait}; null if nothing was} */
    @Nullable
    Found found() {
        return found;
    }

    /**
     * Waits.
     *
     * @param once whether to look once alone: WNOHANG
     * @return 0, with {@link #found} where there is something; −ECHILD, −ERESTARTSYS
     */
    long doWait(boolean once) {
        WaitQueue queue = current.process().family().waitChildExit();
        WaitingTask waiter = new WaitingTask(current);
        queue.add(waiter, WaitQueue.Share.SHARED);
        try {
            while (true) {
                waiter.prepare();
                boolean any = look();
                if (found != null) {
                    return 0;
                }
                if (!any) {
                    return WaitCalls.ECHILD;
                }
                if (once) {
                    return 0;
                }
                if (current.signalPending()) {
                    return ErrorNumbers.ERESTARTSYS;
                }
                waiter.schedule(WaitingTask.FOREVER);
            }
        } finally {
            queue.remove(waiter);
        }
    }

    /** {@code do_wait_thread}. {@return whether there is a child to wait for} */
    private boolean look() {
        PidNamespace pids = current.process().globals().pids();
        boolean any = false;
        synchronized (pids) {
            for (KernelProcess child : List.copyOf(current.process().family().children())) {
                if (!isEligible(child)) {
                    continue;
                }
                any = true;
                found = consider(child);
                if (found != null) {
                    return true;
                }
            }
        }
        return any;
    }

    /** {@code eligible_child}: children that end with another signal than SIGCHLD are waited for apart. */
    private boolean isEligible(KernelProcess child) {
        boolean clone = child.family().exitSignal() != Signal.SIGCHLD;
        boolean kind = (options & WALL) != 0 || clone == ((options & WCLONE) != 0);
        return who.includes(child) && kind;
    }

    /** {@code wait_consider_task}. */
    private @Nullable Found consider(KernelProcess child) {
        TaskEnd end = child.exit();
        if (end != null) {
            return (options & WEXITED) == 0 ? null : zombie(child, end);
        }
        GroupStop stop = child.groupStop();
        int signal = stop.stopToTell();
        if (signal != 0 && (options & WUNTRACED) != 0) {
            if ((options & WNOWAIT) == 0) {
                stop.toldStop();
            }
            return found(child, signal << CODE_SHIFT | STOPPED, ChildNotice.CLD_STOPPED, signal);
        }
        if (stop.continueToTell() && (options & WCONTINUED) != 0) {
            if ((options & WNOWAIT) == 0) {
                stop.toldContinue();
            }
            return found(child, CONTINUED, ChildNotice.CLD_CONTINUED, Signal.SIGCONT);
        }
        return null;
    }

    /** {@code wait_task_zombie}. */
    private Found zombie(KernelProcess child, TaskEnd end) {
        Signal by = end.signal();
        Found result = by == null
                ? found(child, end.status() << CODE_SHIFT, ChildNotice.CLD_EXITED, end.status())
                : found(child, by.number(), ChildNotice.CLD_KILLED, by.number());
        if ((options & WNOWAIT) == 0) {
            current.process().family().addChildrenCpuTime(result.cpuTime());
            TaskExit.releaseTask(child);
        }
        return result;
    }

    private static Found found(KernelProcess child, int status, int code, int waitidStatus) {
        long time = child.cpuTime() + child.family().childrenCpuTime();
        return new Found(child.tgid(), child.uid(), status, code, waitidStatus, time);
    }
}
