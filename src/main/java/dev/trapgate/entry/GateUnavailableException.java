package dev.trapgate.entry;

/** Thrown when a gate is asked for that this host does not have, or refuses. */
public final class GateUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The gate that was asked for. */
    private final Gate gate;
    /** Why it cannot be had. */
    private final String reason;

    /**
     * Names the gate and why it cannot be had.
     *
     * @param gate the gate that was asked for
     * @param reason why it cannot be opened, a sentence for a person
     */
    public GateUnavailableException(Gate gate, String reason) {
        super(message(gate, reason));
        this.gate = gate;
        this.reason = reason;
    }

    /**
     * Names the gate and why it cannot be had.
     *
     * @param gate the gate that was asked for
     * @param reason why it cannot be opened, a sentence for a person
     * @param cause what went wrong on the way
     */
    public GateUnavailableException(Gate gate, String reason, Throwable cause) {
        super(message(gate, reason), cause);
        this.gate = gate;
        this.reason = reason;
    }

    private static String message(Gate gate, String reason) {
        return "gate " + gate + " is not available: " + reason;
    }

    /** {@return the gate that was asked for} */
    public Gate gate() {
        return gate;
    }

    /** {@return why it cannot be opened, a sentence for a person} */
    public String reason() {
        return reason;
    }
}
