package dev.trapgate.emulator.linux.drivers.tty;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.JobControl;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import dev.trapgate.emulator.linux.kernel.Task;

/** Whose terminal it is: its session and its foreground group, drivers/tty/tty_jobctrl.c, Linux 6.18. */
final class TtyJobControl {

    private final ProcessGroups groups;
    private int session;
    private int foreground;

    /** Makes it nobody's. */
    TtyJobControl(ProcessGroups groups) {
        this.groups = groups;
    }

    /** {@return the session that it controls, {@link ProcessGroups#NONE} for none} */
    synchronized int session() {
        return session;
    }

    /** {@return the group in the foreground, {@link ProcessGroups#NONE} for none} */
    synchronized int foreground() {
        return foreground;
    }

    /** Gives it to a session: {@code __proc_set_tty}. */
    synchronized void give(int newSession, int group) {
        session = newSession;
        foreground = group;
    }

    /** {@return whether it is a task's controlling terminal} */
    boolean controls(Task current) {
        return current.process().jobControl().session() == session();
    }

    /** Sends a signal to the group in the foreground. */
    void signal(int number) {
        int group = foreground();
        if (group != ProcessGroups.NONE) {
            groups.send(group, byKernel(number));
        }
    }

    private static Signal byKernel(int number) {
        return Signal.of(SigInfo.sentBy(number, Signal.SI_KERNEL, 0, 0));
    }

    /**
     * Refuses what only the foreground may do: {@code __tty_check_change}.
     *
     * @param current the calling task
     * @param signal SIGTTIN or SIGTTOU, which a group in the background gets
     * @return 0 if it may; −EIO; −ERESTARTSYS if the group was sent the signal
     */
    long check(Task current, int signal) {
        JobControl jobs = current.process().jobControl();
        int front = foreground();
        if (!controls(current) || front == ProcessGroups.NONE || jobs.processGroup() == front) {
            return 0;
        }
        if (isIgnored(current, signal)) {
            return signal == Signal.SIGTTIN ? ErrorNumbers.EIO : 0;
        }
        if (groups.isOrphaned(jobs.processGroup())) {
            return ErrorNumbers.EIO;
        }
        groups.send(jobs.processGroup(), byKernel(signal));
        return ErrorNumbers.ERESTARTSYS;
    }

    private static boolean isIgnored(Task current, int signal) {
        return (current.signals().blocked() & Signal.mask(signal)) != 0
                || current.process().action(signal).kind() == SignalAction.Kind.IGNORE;
    }

    /** {@code tiocspgrp}. */
    long setForeground(Task current, int group) {
        long refusal = check(current, Signal.SIGTTOU);
        if (refusal != 0) {
            return refusal == ErrorNumbers.EIO ? ErrorNumbers.ENOTTY : refusal;
        }
        if (!controls(current)) {
            return ErrorNumbers.ENOTTY;
        }
        if (group < 0) {
            return ErrorNumbers.EINVAL;
        }
        int itsSession = groups.sessionOf(group);
        if (itsSession == ProcessGroups.NONE) {
            return ErrorNumbers.ESRCH;
        }
        if (itsSession != session()) {
            return ErrorNumbers.EPERM;
        }
        give(itsSession, group);
        return 0;
    }

    /** {@code tiocsctty}, without stealing. */
    long take(Task current) {
        JobControl jobs = current.process().jobControl();
        if (jobs.leadsSession() && controls(current)) {
            return 0;
        }
        if (!jobs.leadsSession() || session() != ProcessGroups.NONE) {
            return ErrorNumbers.EPERM;
        }
        give(jobs.session(), jobs.processGroup());
        return 0;
    }

    /** {@code TIOCNOTTY}: the session that loses it is hung up. */
    long leave(Task current) {
        if (!controls(current)) {
            return ErrorNumbers.ENOTTY;
        }
        if (current.process().jobControl().leadsSession()) {
            signal(Signal.SIGHUP);
            signal(Signal.SIGCONT);
            give(ProcessGroups.NONE, ProcessGroups.NONE);
        }
        return 0;
    }

    /** Tells the session that the terminal is gone: {@code tty_signal_session_leader}. */
    void hangUp() {
        int leader = session();
        int group = foreground();
        int leaders = groups.sessionOf(leader);
        if (leaders != ProcessGroups.NONE && leader != group) {
            groups.send(leader, byKernel(Signal.SIGHUP));
            groups.send(leader, byKernel(Signal.SIGCONT));
        }
        signal(Signal.SIGHUP);
        signal(Signal.SIGCONT);
    }
}
