package dev.trapgate.process;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * The signals.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public record Signal(int number) {

    /** The terminal is gone. */
    public static final Signal SIGHUP = new Signal(1);
    /** Interrupt from the keyboard. */
    public static final Signal SIGINT = new Signal(2);
    /** Quit from the keyboard. */
    public static final Signal SIGQUIT = new Signal(3);
    /** An illegal instruction. */
    public static final Signal SIGILL = new Signal(4);
    /** A breakpoint. */
    public static final Signal SIGTRAP = new Signal(5);
    /** Abort(3). */
    public static final Signal SIGABRT = new Signal(6);
    /** A bad memory access. */
    public static final Signal SIGBUS = new Signal(7);
    /** An arithmetic error. */
    public static final Signal SIGFPE = new Signal(8);
    /** Kill; cannot be caught. */
    public static final Signal SIGKILL = new Signal(9);
    /** What the program makes of it. */
    public static final Signal SIGUSR1 = new Signal(10);
    /** An invalid memory access. */
    public static final Signal SIGSEGV = new Signal(11);
    /** What the program makes of it. */
    public static final Signal SIGUSR2 = new Signal(12);
    /** A pipe that no one reads. */
    public static final Signal SIGPIPE = new Signal(13);
    /** A timer. */
    public static final Signal SIGALRM = new Signal(14);
    /** Please end. */
    public static final Signal SIGTERM = new Signal(15);
    /** A child stopped or ended. */
    public static final Signal SIGCHLD = new Signal(17);
    /** Go on. */
    public static final Signal SIGCONT = new Signal(18);
    /** Stop; cannot be caught. */
    public static final Signal SIGSTOP = new Signal(19);
    /** Stop from the keyboard. */
    public static final Signal SIGTSTP = new Signal(20);
    /** Input from the background. */
    public static final Signal SIGTTIN = new Signal(21);
    /** Output from the background. */
    public static final Signal SIGTTOU = new Signal(22);
    /** Out-of-band data. */
    public static final Signal SIGURG = new Signal(23);
    /** The processor-time limit. */
    public static final Signal SIGXCPU = new Signal(24);
    /** The file-size limit. */
    public static final Signal SIGXFSZ = new Signal(25);
    /** A virtual timer. */
    public static final Signal SIGVTALRM = new Signal(26);
    /** A profiling timer. */
    public static final Signal SIGPROF = new Signal(27);
    /** The terminal's size changed. */
    public static final Signal SIGWINCH = new Signal(28);
    /** A descriptor is ready. */
    public static final Signal SIGIO = new Signal(29);
    /** Power failure. */
    public static final Signal SIGPWR = new Signal(30);
    /** A bad system call. */
    public static final Signal SIGSYS = new Signal(31);

    /** {@return the C names, for example {@code SIGINT}} */
    @Override
    public String toString() {
        return ConstantNames.render("signal", number, Abi.X86_64);
    }
}
