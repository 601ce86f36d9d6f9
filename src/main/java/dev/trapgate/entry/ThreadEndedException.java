package dev.trapgate.entry;

/**
 * Thrown by an emulated gate when the emulated thread that the calling Java thread is ended in the call, as a real one would
 * have: it exited, or a signal killed its program. There is no answer then. The Java thread goes on; its next call is made by a
 * new emulated thread, unless the whole program has ended.
 *
 * <p>Native gates throw it never: there the Java thread itself is gone.
 */
public class ThreadEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What a shell would report. */
    private final int shellStatus;

    /**
     * Says how a thread ended.
     *
     * @param message how, in words
     * @param shellStatus what {@link #shellStatus()} is to answer
     */
    protected ThreadEndedException(String message, int shellStatus) {
        super(message);
        this.shellStatus = shellStatus;
    }

    /**
     * {@return what a shell would report: the status that the thread exited with, 0 to 255, or 128 plus the number of the signal
     * that killed it}
     */
    public final int shellStatus() {
        return shellStatus;
    }
}
