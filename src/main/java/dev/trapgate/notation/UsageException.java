package dev.trapgate.notation;

/** A mistake on the command line. Its message says what was wrong, what was expected and what to do. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was wrong, what was expected and what to do
     */
    public UsageException(String message) {
        super(message);
    }
}
