package dev.trapgate.cli;

/** A mistake on the command line. Its message says what was wrong, what was expected and what to do. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
