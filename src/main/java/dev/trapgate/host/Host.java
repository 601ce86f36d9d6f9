package dev.trapgate.host;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import java.util.Optional;
import java.util.TreeMap;

/** The real kernel's gates on this machine. */
public final class Host {

    private static final java.util.Map<Gate, SyscallEntry> ENTRIES = new java.util.concurrent.ConcurrentHashMap<>();

    private Host() {}

    /**
     * Says whether a native gate is open.
     *
     * @param gate the gate
     * @return its state, with what probing found
     */
    public static GateStatus status(Gate gate) {
        return new GateStatus(gate, Optional.of("work in progress"), new TreeMap<>());
    }

    /**
     * Opens a native gate.
     *
     * @param gate the gate
     * @return its entry, by ordinary linkage
     * @throws GateUnavailableException if this host lacks the gate
     */
    public static SyscallEntry open(Gate gate) {
        Optional<String> reason = status(gate).unavailable();
        if (reason.isPresent()) {
            throw new GateUnavailableException(gate, reason.get());
        }
        return ENTRIES.computeIfAbsent(gate, missing -> {
            throw new IllegalStateException(missing.name());
        });
    }
}
