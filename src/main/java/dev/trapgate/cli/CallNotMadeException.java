package dev.trapgate.cli;

/** Thrown when a gate is open but a call is not made through it. Its message says why. */
final class CallNotMadeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    CallNotMadeException(String reason, int exitStatus) {
        super(reason);
        this.exitStatus = exitStatus;
    }

    /** {@return what to tell the shell} */
    int exitStatus() {
        return exitStatus;
    }
}
