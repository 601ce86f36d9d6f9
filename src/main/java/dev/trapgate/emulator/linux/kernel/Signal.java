package dev.trapgate.emulator.linux.kernel;

/**
 * A signal for a task: what {@code siginfo_t} says of it, and the exception behind it.
 *
 * @param info its number and what is told with it
 * @param trap the exception vector behind it, or 0
 * @param error the exception's error code
 */
public record Signal(SigInfo info, int trap, int error) {

    /** Hang-up. */
    public static final int SIGHUP = 1;
    /** Interrupt from the keyboard. */
    public static final int SIGINT = 2;
    /** Quit from the keyboard. */
    public static final int SIGQUIT = 3;
    /** Illegal instruction. */
    public static final int SIGILL = 4;
    /** Trace or breakpoint trap. */
    public static final int SIGTRAP = 5;
    /** Aborted. */
    public static final int SIGABRT = 6;
    /** Bus error. */
    public static final int SIGBUS = 7;
    /** Erroneous arithmetic operation. */
    public static final int SIGFPE = 8;
    /** Killed. */
    public static final int SIGKILL = 9;
    /** User-defined. */
    public static final int SIGUSR1 = 10;
    /** Invalid memory reference. */
    public static final int SIGSEGV = 11;
    /** User-defined. */
    public static final int SIGUSR2 = 12;
    /** Write to a pipe without readers. */
    public static final int SIGPIPE = 13;
    /** Timer of alarm(2). */
    public static final int SIGALRM = 14;
    /** Terminated. */
    public static final int SIGTERM = 15;
    /** Child stopped or ended. */
    public static final int SIGCHLD = 17;
    /** Go on if stopped. */
    public static final int SIGCONT = 18;
    /** Stop. */
    public static final int SIGSTOP = 19;
    /** Stop from the terminal. */
    public static final int SIGTSTP = 20;
    /** Terminal input for a background process. */
    public static final int SIGTTIN = 21;
    /** Terminal output for a background process. */
    public static final int SIGTTOU = 22;
    /** Urgent condition on a socket. */
    public static final int SIGURG = 23;
    /** The terminal's size changed. */
    public static final int SIGWINCH = 28;
    /** File size limit exceeded. */
    public static final int SIGXFSZ = 25;
    /** Input or output is possible. */
    public static final int SIGIO = 29;
    /** Bad system call. */
    public static final int SIGSYS = 31;
    /** The first real-time signal. */
    public static final int SIGRTMIN = 32;
    /** The last signal: _NSIG. */
    public static final int LAST = 64;

    /** {@code si_code} of SIGBUS: the file ends before the address. */
    public static final int BUS_ADRERR = 2;
    /** {@code si_code}: sent by kill(2). */
    public static final int SI_USER = 0;
    /** {@code si_code}: sent by the kernel. */
    public static final int SI_KERNEL = 0x80;
    /** {@code si_code}: sent by sigqueue(3). */
    public static final int SI_QUEUE = -1;
    /** {@code si_code}: a POSIX timer expired. */
    public static final int SI_TIMER = -2;
    /** {@code si_code}: queued SIGIO. */
    public static final int SI_SIGIO = -5;
    /** {@code si_code}: sent by tkill(2) or tgkill(2). */
    public static final int SI_TKILL = -6;
    /** {@code si_code}: sent by execve(2) to the other threads. */
    public static final int SI_DETHREAD = -7;
    /** {@code si_code}: sent by glibc's asynchronous name look-up. */
    public static final int SI_ASYNCNL = -60;
    /** How many codes SIGIO has. */
    public static final int NSIGPOLL = 6;

    /** {@code si_code} of SIGSEGV: nothing is mapped there. */
    public static final int SEGV_MAPERR = 1;
    /** {@code si_code} of SIGSEGV: the mapping does not allow it. */
    public static final int SEGV_ACCERR = 2;
    /** {@code si_code} of SIGILL: illegal operand, which is what Linux reports for #UD. */
    public static final int ILL_ILLOPN = 2;
    /** {@code si_code} of SIGTRAP: the process was traced, what #DB without a cause reports. */
    public static final int TRAP_BRKPT = 1;
    /** {@code si_code} of SIGFPE: integer division by zero. */
    public static final int FPE_INTDIV = 1;
    /** {@code si_code} of SIGSYS: seccomp. */
    public static final int SYS_SECCOMP = 1;
    /** {@code si_code} of SIGSYS: syscall user dispatch. */
    public static final int SYS_USER_DISPATCH = 2;

    private static final String[] NAMES = {
        "0",
        "SIGHUP",
        "SIGINT",
        "SIGQUIT",
        "SIGILL",
        "SIGTRAP",
        "SIGABRT",
        "SIGBUS",
        "SIGFPE",
        "SIGKILL",
        "SIGUSR1",
        "SIGSEGV",
        "SIGUSR2",
        "SIGPIPE",
        "SIGALRM",
        "SIGTERM",
        "SIGSTKFLT",
        "SIGCHLD",
        "SIGCONT",
        "SIGSTOP",
        "SIGTSTP",
        "SIGTTIN",
        "SIGTTOU",
        "SIGURG",
        "SIGXCPU",
        "SIGXFSZ",
        "SIGVTALRM",
        "SIGPROF",
        "SIGWINCH",
        "SIGIO",
        "SIGPWR",
        "SIGSYS"
    };

    /**
     * A fault's signal.
     *
     * @param number 1 to 64
     * @param code {@code si_code}
     * @param address {@code si_addr}, 0 if the signal has none
     * @param trap the exception vector behind it, or 0
     * @param error the exception's error code
     */
    public Signal(int number, int code, long address, int trap, int error) {
        this(SigInfo.fault(number, code, address), trap, error);
    }

    /** A signal without an exception behind it, of which nothing is told: as if by kill(2) from process 0. */
    public static Signal of(int number) {
        return of(SigInfo.sentBy(number, SI_USER, 0, 0));
    }

    /** A signal without an exception behind it. */
    public static Signal of(SigInfo info) {
        return new Signal(info, 0, 0);
    }

    /** {@return its number, 1 to 64} */
    public int number() {
        return info.number();
    }

    /** {@return {@code si_code}} */
    public int code() {
        return info.code();
    }

    /** {@return {@code si_addr} of a fault} */
    public long address() {
        return info.address();
    }

    /** {@return the bit of a signal in a mask, {@code sigset_t}} */
    public static long mask(int number) {
        return 1L << (number - 1);
    }

    /** {@return the signal's name, for example {@code SIGSEGV}; {@code signal n} for those of real time} */
    public String name() {
        return number() < NAMES.length ? NAMES[number()] : "signal " + number();
    }

    /** {@return for example {@code SIGSEGV (trap 13, error 0x40a)}} */
    @Override
    public String toString() {
        return trap == 0 && error == 0
                ? name()
                : name() + " (trap " + trap + ", error 0x" + Integer.toHexString(error) + ')';
    }
}
