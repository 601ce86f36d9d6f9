package dev.trapgate.emulator.linux.kernel;

/**
 * A signal for a task, with what {@code siginfo_t} and the signal frame say of it.
 *
 * @param number 1 to 64
 * @param code {@code si_code}
 * @param address {@code si_addr}, 0 if the signal has none
 * @param trap the exception vector behind it, or 0: the frame's {@code trapno}
 * @param error the exception's error code: the frame's {@code err}
 */
public record Signal(int number, int code, long address, int trap, int error) {

    /** Illegal instruction. */
    public static final int SIGILL = 4;
    /** Trace or breakpoint trap. */
    public static final int SIGTRAP = 5;
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
    /** Terminated. */
    public static final int SIGTERM = 15;
    /** Child stopped or ended. */
    public static final int SIGCHLD = 17;

    /** {@code si_code} of SIGBUS: the file ends before the address. */
    public static final int BUS_ADRERR = 2;
    /** {@code si_code}: sent by the kernel. */
    public static final int SI_KERNEL = 0x80;
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
        "SIGCHLD"
    };

    /** A signal without an exception behind it. */
    public static Signal of(int number) {
        return new Signal(number, 0, 0, 0, 0);
    }

    /** {@return the signal's name, for example {@code SIGSEGV}; {@code signal n} for the rarer ones} */
    public String name() {
        return number < NAMES.length ? NAMES[number] : "signal " + number;
    }

    /** {@return for example {@code SIGSEGV (trap 13, error 0x40a)}} */
    @Override
    public String toString() {
        return trap == 0 && error == 0
                ? name()
                : name() + " (trap " + trap + ", error 0x" + Integer.toHexString(error) + ')';
    }
}
