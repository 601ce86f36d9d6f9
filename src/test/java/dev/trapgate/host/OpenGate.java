package dev.trapgate.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A native gate, for tests that need one. */
public final class OpenGate {

    private OpenGate() {}

    /** {@return the gates into the host's kernel, open or not} */
    public static List<Gate> nativeGates() {
        return Arrays.stream(Gate.values())
                .filter(gate -> gate.kind() == Gate.Kind.NATIVE)
                .toList();
    }

    /**
     * Opens a gate, or skips the running test with the reason why that cannot be.
     *
     * @param gate the gate
     * @return its entry
     */
    public static SyscallEntry orSkip(Gate gate) {
        Optional<String> unavailable = Host.status(gate).unavailable();
        assumeTrue(unavailable.isEmpty(), () -> gate + ": " + unavailable.orElse(""));
        return Host.open(gate);
    }
}
