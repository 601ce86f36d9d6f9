package dev.trapgate.differential.lockstep;

/** A program cannot be followed, or no further: the message says why, a sentence without its point. */
public final class LockstepException extends Exception {

    private static final long serialVersionUID = 1;

    LockstepException(String message) {
        super(message);
    }
}
