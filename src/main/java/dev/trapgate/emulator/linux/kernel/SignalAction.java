package dev.trapgate.emulator.linux.kernel;

/**
 * What a process does about a signal: {@code struct sigaction}.
 *
 * @param kind default, ignore, or a handler
 * @param handler the handler's address, 0 without one
 * @param flags SA_* bits
 */
public record SignalAction(Kind kind, long handler, long flags) {

    /** Restart interrupted calls that allow it. */
    public static final long SA_RESTART = 0x1000_0000L;

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
    public static final SignalAction DEFAULT = new SignalAction(Kind.DEFAULT, 0, 0);

    /** {@return an action that runs a function of the program} */
    public static SignalAction handler(long address, long flags) {
        return new SignalAction(Kind.HANDLER, address, flags);
    }
}
