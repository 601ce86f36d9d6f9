package dev.trapgate.differential.lockstep;

import java.util.Set;

/**
 * Why a traced process does not run: what wait4(2) told its tracer.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/ptrace.2.html">ptrace(2)</a>
 */
record Stop(int status) {

    /** Of a process that has not been waited for: it is neither at its end nor at any signal. */
    static final Stop NONE = new Stop(0xffff_ffff);

    private static final int SIGTRAP = 5;

    /** SIGILL, SIGTRAP, SIGBUS, SIGFPE and SIGSEGV. */
    private static final Set<Integer> FAULTS = Set.of(4, SIGTRAP, 7, 8, 11);

    private static final int PTRACE_EVENT_EXEC = 4;
    private static final int STOPPED = 0x7f;

    /** {@return whether the process has exited} */
    boolean isExit() {
        return (status & STOPPED) == 0;
    }

    /** {@return whether a signal has killed it} */
    boolean isDeath() {
        return (status & STOPPED) != 0 && (status & STOPPED) != STOPPED;
    }

    boolean isEnd() {
        return isExit() || isDeath();
    }

    /** {@return the exit status of one that has exited} */
    int exitStatus() {
        return status >> 8 & 0xff;
    }

    /** {@return the number of the signal that killed it, or that stopped it} */
    int signal() {
        return isDeath() ? status & STOPPED : status >> 8 & 0xff;
    }

    /** {@return whether it is about to begin another program} */
    boolean isExec() {
        return !isEnd() && status >> 16 == PTRACE_EVENT_EXEC;
    }

    /** {@return whether it stopped for a signal, or for having been stepped} */
    boolean isSignal() {
        return !isEnd() && status >> 16 == 0;
    }

    /** {@return whether it stopped for a signal of those that an instruction can raise} */
    boolean isFault() {
        return isSignal() && FAULTS.contains(signal());
    }

    boolean isTrap() {
        return isSignal() && signal() == SIGTRAP;
    }
}
