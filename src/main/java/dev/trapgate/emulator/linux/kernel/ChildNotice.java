package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.fs.FileOperations;

/** What a parent is told of its children: {@code do_notify_parent} and its kind of kernel/signal.c, Linux 6.18. */
final class ChildNotice {

    /** {@code si_code} of SIGCHLD: it exited. */
    static final int CLD_EXITED = 1;
    /** It was killed. */
    static final int CLD_KILLED = 2;
    /** It stopped. */
    static final int CLD_STOPPED = 5;
    /** It goes on. */
    static final int CLD_CONTINUED = 6;

    private static final long NANOS_PER_TICK = 10_000_000;

    private ChildNotice() {}

    /** {@return what waitid(2) and SIGCHLD tell of an ended child} */
    static SigInfo ended(KernelProcess child, TaskEnd end, int number) {
        Signal by = end.signal();
        return info(child, number, by == null ? CLD_EXITED : CLD_KILLED, by == null ? end.status() : by.number());
    }

    /** {@return what is told of a child} */
    static SigInfo info(KernelProcess child, int number, int code, int status) {
        SigInfo base = SigInfo.sentBy(number, code, child.tgid(), child.uid());
        return new SigInfo(
                base.number(), 0, code, base.first(), status & 0xffff_ffffL, child.cpuTime() / NANOS_PER_TICK, 0);
    }

    /**
     * Tells a parent that a child has ended: {@code do_notify_parent}.
     *
     * @param parent the parent
     * @param child the child
     * @param end how it ended
     * @return whether nobody is going to wait for it, so that it is gone at once
     */
    static boolean exited(KernelProcess parent, KernelProcess child, TaskEnd end) {
        int number = child.family().exitSignal();
        boolean reaped = false;
        boolean sends = number != 0;
        if (number == Signal.SIGCHLD) {
            SignalAction action = parent.action(Signal.SIGCHLD);
            boolean ignored = action.kind() == SignalAction.Kind.IGNORE;
            reaped = ignored || action.has(SignalAction.SA_NOCLDWAIT);
            sends = !ignored;
        }
        if (sends) {
            Signals.send(parent, Signal.of(ended(child, end, number)), null);
        }
        parent.family().waitChildExit().wakeUpAll(0);
        return reaped;
    }

    /** Tells the parent that a process has stopped: {@code do_notify_parent_cldstop}. */
    static void stopped(KernelProcess process, int signal) {
        changed(process, CLD_STOPPED, signal);
    }

    /** Tells the parent that a process goes on. */
    static void continued(KernelProcess process) {
        changed(process, CLD_CONTINUED, Signal.SIGCONT);
    }

    private static void changed(KernelProcess process, int code, int status) {
        KernelProcess parent = process.parentProcess();
        if (parent == null) {
            return;
        }
        SignalAction action = parent.action(Signal.SIGCHLD);
        if (action.kind() != SignalAction.Kind.IGNORE && !action.has(SignalAction.SA_NOCLDSTOP)) {
            Signals.send(parent, Signal.of(info(process, Signal.SIGCHLD, code, status)), null);
        }
        parent.family().waitChildExit().wakeUpAll(FileOperations.POLLIN);
    }
}
