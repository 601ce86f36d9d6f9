package dev.trapgate.cli;

/** What {@code trapgate} tells the shell. */
final class ExitStatus {

    /** Done as asked. */
    static final int DONE = 0;
    /** The kernel answered with an error, or two answers that should agree differ. */
    static final int DIFFERED = 1;
    /** The command line was wrong. */
    static final int USAGE = 2;
    /** This host lacks the gate that was asked for. */
    static final int NO_SUCH_GATE = 3;
    /** A program was killed because it took too long, as timeout(1) says it. */
    static final int TIMED_OUT = 124;

    private ExitStatus() {}
}
