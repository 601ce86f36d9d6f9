package dev.trapgate.emulator.linux.kernel;

/**
 * What a process does about a signal: {@code struct k_sigaction}.
 *
 * @param handler SIG_DFL 0, SIG_IGN 1, or a handler's address
 * @param flags SA_* bits
 * @param restorer where a handler returns to, with SA_RESTORER
 * @param mask signals that are blocked while the handler runs, {@link Signal#mask} of each
 */
public record SignalAction(long handler, long flags, long restorer, long mask) {

    /** The handler is told more than the number. */
    public static final long SA_SIGINFO = 4;
    /** Set by the kernel: the action was set by a call of i386, and its frame is one of i386. */
    public static final long SA_IA32_ABI = 0x0200_0000L;
    /** Set by the kernel: the action was set by a call of x32. */
    public static final long SA_X32_ABI = 0x0100_0000L;
    /** {@link #restorer} is where the handler returns to. */
    public static final long SA_RESTORER = 0x0400_0000L;
    /** The handler runs on the alternate stack. */
    public static final long SA_ONSTACK = 0x0800_0000L;
    /** Restart interrupted calls that allow it. */
    public static final long SA_RESTART = 0x1000_0000L;
    /** The handler's own signal is not blocked while it runs. */
    public static final long SA_NODEFER = 0x4000_0000L;
    /** The action is SIG_DFL again once the handler has been entered. */
    public static final long SA_RESETHAND = 0x8000_0000L;

    /** Of SIGCHLD: nothing is sent when a child stops or goes on. */
    static final long SA_NOCLDSTOP = 1;
    /** Of SIGCHLD: children that end are not waited for. */
    static final long SA_NOCLDWAIT = 2;

    private static final long SA_EXPOSE_TAGBITS = 0x800;

    /** UAPI_SA_FLAGS: what programs may set; the rest is dropped. */
    static final long UAPI_FLAGS = SA_NOCLDSTOP
            | SA_NOCLDWAIT
            | SA_SIGINFO
            | SA_ONSTACK
            | SA_RESTART
            | SA_NODEFER
            | SA_RESETHAND
            | SA_EXPOSE_TAGBITS
            | SA_RESTORER;

    static final long SIG_DFL = 0;
    static final long SIG_IGN = 1;

    /** What a signal leads to. */
    public enum Kind {
        /** What the signal does by default. */
        DEFAULT,
        /** Nothing. */
        IGNORE,
        /** The program's own function. */
        HANDLER
    }

    /** SIG_DFL. */
    public static final SignalAction DEFAULT = new SignalAction(SIG_DFL, 0, 0, 0);
    /** SIG_IGN. */
    public static final SignalAction IGNORE = new SignalAction(SIG_IGN, 0, 0, 0);

    /** {@return an action that runs a function of the program} */
    public static SignalAction handler(long address, long flags) {
        return new SignalAction(address, flags, 0, 0);
    }

    /** {@return the same whose handler returns to an address: what SA_RESTORER is for} */
    public SignalAction returningTo(long address) {
        return new SignalAction(handler, flags | SA_RESTORER, address, mask);
    }

    /** {@return what the signal leads to} */
    public Kind kind() {
        if (handler == SIG_DFL) {
            return Kind.DEFAULT;
        }
        return handler == SIG_IGN ? Kind.IGNORE : Kind.HANDLER;
    }

    /** {@return whether a flag is set} */
    public boolean has(long flag) {
        return (flags & flag) != 0;
    }

    SignalAction withHandler(long other) {
        return new SignalAction(other, flags, restorer, mask);
    }
}
