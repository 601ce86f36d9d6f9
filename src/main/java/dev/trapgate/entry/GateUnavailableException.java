package dev.trapgate.entry;

/** Thrown when a gate is asked for that this host does not have, or refuses. */
public final class GateUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Gate gate;

    /**
     * Names the gate and why it cannot be had.
     *
     * @param gate the gate that was asked for
     * @param reason why it cannot be opened, a sentence for a person
     */
    public GateUnavailableException(Gate gate, String reason) {
        super("gate " + gate + " is not available: " + reason);
        this.gate = gate;
    }

    /** {@return the gate that was asked for} */
    public Gate gate() {
        return gate;
    }
}
