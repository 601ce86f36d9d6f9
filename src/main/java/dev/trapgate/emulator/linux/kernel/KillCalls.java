package dev.trapgate.emulator.linux.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom a signal of a program reaches: {@code kill_something_info} and {@code do_send_specific} of kernel/signal.c, Linux 6.18. */
public final class KillCalls {

    private static final int OTHERS = -1;

    private KillCalls() {}

    /** {@code kill_something_info}. {@return 0, −EINVAL, −ESRCH, −EPERM} */
    static long killSomething(Task current, int pid, int sig, SigInfo info) {
        if (pid > 0) {
            return killProcess(current, pid, sig, info);
        }
        if (pid == Integer.MIN_VALUE) {
            return ErrorNumbers.ESRCH;
        }
        if (pid == OTHERS) {
            return killOthers(current, sig, info);
        }
        return killGroup(current, pid == 0 ? current.process().jobControl().processGroup() : -pid, sig, info);
    }

    /** All processes but init and the caller's own. */
    private static long killOthers(Task current, int sig, SigInfo info) {
        List<KernelProcess> others = current.process().globals().pids().processes().stream()
                .filter(process -> process != current.process())
                .toList();
        long answer = ErrorNumbers.ESRCH;
        for (KernelProcess process : others) {
            long error = send(current, process, sig, info);
            answer = error == ErrorNumbers.EPERM && answer == ErrorNumbers.ESRCH ? 0 : error;
        }
        return answer;
    }

    /** {@code __kill_pgrp_info}: one that could be told is enough. */
    static long killGroup(Task current, int group, int sig, SigInfo info) {
        long answer = ErrorNumbers.ESRCH;
        boolean told = false;
        for (KernelProcess process : current.process().globals().pids().ofGroup(group)) {
            long error = send(current, process, sig, info);
            told |= error == 0;
            answer = error;
        }
        return told ? 0 : answer;
    }

    /**
     * Sends a signal of the kernel's own to a process group, as a terminal does: {@code kill_pgrp}.
     *
     * @param pids the machine's processes
     * @param group the group's id
     * @param signal 1 to 64
     * @return whether there is such a group
     */
    public static boolean killGroup(PidNamespace pids, int group, int signal) {
        List<KernelProcess> members = pids.ofGroup(group);
        Signal sent = Signal.of(SigInfo.sentBy(signal, Signal.SI_KERNEL, 0, 0));
        members.forEach(process -> Signals.send(process, sent, null));
        return !members.isEmpty();
    }

    /** {@code kill_proc_info}: any of its tasks' ids stands for a process. */
    static long killProcess(Task current, int pid, int sig, SigInfo info) {
        KernelProcess process = current.process().globals().pids().processOf(pid);
        if (process != null) {
            return send(current, process, sig, info);
        }
        if (pid != PidNamespace.INIT) {
            return ErrorNumbers.ESRCH;
        }
        if (sig < 0 || sig > Signal.LAST) {
            return ErrorNumbers.EINVAL;
        }
        // Init takes no signal that it has no handler for.
        return current.credentials().capable(Capability.CAP_KILL) ? 0 : ErrorNumbers.EPERM;
    }

    /** {@code group_send_sig_info}; to one that has ended nothing is sent. */
    private static long send(Task current, KernelProcess process, int sig, SigInfo info) {
        long refused = check(current, process, process.firstTask(), sig);
        if (refused != 0 || sig == 0 || process.exit() != null) {
            return refused;
        }
        return Signals.send(process, Signal.of(info), current);
    }

    /** {@code do_send_specific}; {@code tgid} 0 for any process. */
    static long sendSpecific(Task current, int tgid, int tid, int sig, SigInfo info) {
        Task target = current.process().globals().pids().task(tid);
        if (target == null || (tgid != 0 && target.process().tgid() != tgid)) {
            return ErrorNumbers.ESRCH;
        }
        long refused = check(current, target.process(), target, sig);
        return refused != 0 || sig == 0 ? refused : Signals.send(target, Signal.of(info));
    }

    /** {@code check_kill_permission}, and {@code valid_signal}. */
    private static long check(Task current, KernelProcess process, @Nullable Task target, int sig) {
        if (sig < 0 || sig > Signal.LAST) {
            return ErrorNumbers.EINVAL;
        }
        boolean allowed = process == current.process()
                || target == null
                || isAllowed(current.credentials(), target.credentials())
                || (sig == Signal.SIGCONT
                        && process.jobControl().session()
                                == current.process().jobControl().session());
        return allowed ? 0 : ErrorNumbers.EPERM;
    }

    /** {@code kill_ok_by_cred}. */
    private static boolean isAllowed(Credentials own, Credentials others) {
        return own.euid() == others.suid()
                || own.euid() == others.uid()
                || own.uid() == others.suid()
                || own.uid() == others.uid()
                || own.capable(Capability.CAP_KILL);
    }
}
