package dev.trapgate.bench;

/** Thrown when a round's JVM ended or got stuck before it was done. */
final class RoundFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    RoundFailedException(String reason) {
        super(reason);
    }
}
