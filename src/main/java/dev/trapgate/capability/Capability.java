package dev.trapgate.capability;

import dev.trapgate.abi.Syscall;
import java.util.Optional;

/**
 * What is known of one call.
 *
 * @param call the call
 * @param number its number in the ABI of the report
 * @param availability whether it can be made
 * @param since the first Linux that had it; empty where no source tells
 * @param basis how its availability is known
 * @param evidence from what, a sentence for a person without its full stop
 */
public record Capability(
        Syscall call,
        int number,
        Availability availability,
        Optional<KernelVersion> since,
        Basis basis,
        String evidence) {

    /** {@return whether it can be made, in part at least} */
    public boolean isPresent() {
        return availability == Availability.PRESENT || availability == Availability.PARTIAL;
    }

    /** {@return for example {@code openat2 (since 5.6): PRESENT, observed: …}} */
    @Override
    public String toString() {
        String version = since.map(known -> " (since " + known + ")").orElse("");
        String how = basis == Basis.OBSERVED ? "observed" : "inferred";
        return call.callName() + version + ": " + availability + ", " + how + ": " + evidence;
    }
}
