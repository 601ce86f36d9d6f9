package dev.trapgate;

import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.Host;
import java.util.Arrays;
import java.util.List;

/** Every gate that Trapgate knows, open or not. */
public final class Gates {

    private Gates() {}

    /** {@return the state of every gate, in the order of {@link Gate}} */
    public static List<GateStatus> all() {
        return Arrays.stream(Gate.values()).map(Gates::status).toList();
    }

    /**
     * Says whether a gate is open, having probed it if need be.
     *
     * @param gate the gate
     * @return its state on this host
     */
    public static GateStatus status(Gate gate) {
        return gate.kind() == Gate.Kind.EMULATED ? EmulatedGates.status(gate) : Host.status(gate);
    }

    /**
     * Opens a gate.
     *
     * @param gate the gate
     * @return the entry, by ordinary linkage
     * @throws GateUnavailableException if this host lacks the gate; its message says why
     */
    public static SyscallEntry open(Gate gate) {
        return gate.kind() == Gate.Kind.EMULATED ? EmulatedGates.open(gate) : Host.open(gate);
    }
}
