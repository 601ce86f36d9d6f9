package dev.trapgate.cli;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.i386.Companion;
import dev.trapgate.host.i386.CompanionEntry;

/** The 32-bit companion process, for commands that show what it is like. */
final class RunningCompanion {

    private RunningCompanion() {}

    /**
     * {@return the companion behind the gate {@link Gate#I386_INT80}}
     *
     * @throws GateUnavailableException if this host lacks the gate
     */
    static Companion orThrow() {
        SyscallEntry entry = Gates.open(Gate.I386_INT80);
        if (entry.unwrapped() instanceof CompanionEntry gate) {
            return gate.companion();
        }
        throw new IllegalStateException(Gate.I386_INT80 + " does not lead through a companion");
    }
}
