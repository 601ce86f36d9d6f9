package dev.trapgate.cli;

/** Thrown when a measurement found nothing at all. Its message says why. */
public final class CostFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param reason what went wrong, for a person
     */
    public CostFailedException(String reason) {
        super(reason);
    }
}
