package dev.trapgate.host.i386;

/** Thrown when the companion process ended in a call, as by exit(2), and there is nobody left to have an answer. */
public final class CompanionEndException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** From here on an exit status says that a signal ended the process: this plus its number. */
    public static final int SIGNALED = 128;

    private final int exitStatus;

    CompanionEndException(int exitStatus) {
        super("the 32-bit companion process " + ending(exitStatus));
        this.exitStatus = exitStatus;
    }

    /** {@return its exit status, or 128 plus the number of the signal that ended it} */
    public int exitStatus() {
        return exitStatus;
    }

    /** {@return how it ended, as strace says it} */
    public String ending() {
        return ending(exitStatus);
    }

    private static String ending(int exitStatus) {
        return exitStatus >= SIGNALED ? "killed by signal " + (exitStatus - SIGNALED) : "exited with " + exitStatus;
    }
}
