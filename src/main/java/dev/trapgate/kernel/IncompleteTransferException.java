package dev.trapgate.kernel;

/** Thrown when a transfer of several calls failed after some bytes had been moved. Its cause is the call's error. */
public final class IncompleteTransferException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How many bytes had been moved. */
    private final long transferred;

    /**
     * Says how far it came.
     *
     * @param transferred how many bytes had been moved, 1 or more
     * @param cause what the next call answered
     */
    public IncompleteTransferException(long transferred, SyscallException cause) {
        super(transferred + " bytes were transferred, then " + cause.getMessage(), cause);
        this.transferred = transferred;
    }

    /** {@return how many bytes had been moved} */
    public long transferred() {
        return transferred;
    }
}
