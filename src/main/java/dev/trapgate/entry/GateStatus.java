package dev.trapgate.entry;

import java.util.Optional;
import java.util.SortedMap;

/**
 * Whether a gate is open on this host, and what was found while finding out.
 *
 * @param gate the gate
 * @param unavailable why it cannot be opened, a sentence for a person; empty if it is open
 * @param findings what probing found that a person may want to know, by name
 */
public record GateStatus(Gate gate, Optional<String> unavailable, SortedMap<String, String> findings) {

    /** {@return whether the gate can be used} */
    public boolean isOpen() {
        return unavailable.isEmpty();
    }
}
