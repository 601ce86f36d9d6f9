package dev.trapgate.kernel;

import dev.trapgate.abi.Syscall;

/** Thrown instead of making a call that would harm the JVM it is made from. The message says why, and what to do instead. */
public final class RefusedCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The call that was not made. */
    private final Syscall call;

    /**
     * Refuses a call.
     *
     * @param call the call
     * @param reason what it would do, a sentence
     * @param instead what to do instead
     */
    public RefusedCallException(Syscall call, String reason, String instead) {
        super(call.callName() + " is refused: " + reason + ". Instead: " + instead);
        this.call = call;
    }

    /** {@return the call that was not made} */
    public Syscall call() {
        return call;
    }
}
