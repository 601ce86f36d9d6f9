package dev.trapgate.cli;

import dev.trapgate.Gates;
import dev.trapgate.cli.Hazards.Hazard;
import dev.trapgate.cli.Hazards.Precaution;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.host.i386.CompanionEndException;
import dev.trapgate.notation.CallTarget;
import dev.trapgate.notation.UsageException;
import java.util.Optional;

/** A requested call at one gate, made in this process or in a child. */
final class GateCall {

    private final CallRequest request;
    private final Gate gate;

    /**
     * Begins with a request.
     *
     * @param request what to call, with what
     * @param gate the way into the kernel
     */
    GateCall(CallRequest request, Gate gate) {
        this.request = request;
        this.gate = gate;
    }

    /**
     * Makes the call.
     *
     * @param target the call, in the gate's ABI
     * @return what became of it
     * @throws GateUnavailableException if this host lacks the gate
     * @throws CallNotMadeException if the gate cannot make the call, or it is too dangerous
     * @throws UsageException if the arguments do not fit the call
     */
    Answer make(CallTarget target) {
        SyscallEntry entry = Gates.open(gate);
        try (UserMemory.Scope scope = entry.memory().open()) {
            PreparedCall prepared = PreparedCall.of(target, request.arguments(), entry, scope);
            if (gate.kind() == Gate.Kind.EMULATED) {
                return emulated(prepared);
            }
            Optional<Hazard> hazard = prepared.hazard();
            if (gate.kind() == Gate.Kind.COMPANION) {
                hazard.ifPresent(GateCall::requireNotRefused);
                return inCompanion(prepared);
            }
            return hazard.isEmpty() ? prepared.make() : guarded(target, prepared, hazard.get());
        }
    }

    /** Nothing that an emulated program does to itself is a danger to the JVM. */
    private Answer emulated(PreparedCall prepared) {
        try {
            return prepared.make();
        } catch (EmulatedEndException ended) {
            int exitStatus = ended.end().signal() == null ? ExitStatus.DONE : ExitStatus.DIFFERED;
            return Answer.ended(gate, prepared.text(), "?", "+++ " + ended.end() + " +++", exitStatus);
        }
    }

    /** What the companion does to itself is no danger to the JVM either; it is started anew when it ends. */
    private Answer inCompanion(PreparedCall prepared) {
        try {
            return prepared.make();
        } catch (CompanionEndException ended) {
            int exitStatus =
                    ended.exitStatus() < CompanionEndException.SIGNALED ? ExitStatus.DONE : ExitStatus.DIFFERED;
            return Answer.ended(gate, prepared.text(), "?", "+++ " + ended.ending() + " +++", exitStatus);
        }
    }

    private static void requireNotRefused(Hazard hazard) {
        if (hazard.precaution() == Precaution.REFUSE) {
            throw new CallNotMadeException("it " + hazard.reason(), ExitStatus.USAGE);
        }
    }

    private Answer guarded(CallTarget target, PreparedCall prepared, Hazard hazard) {
        requireNotRefused(hazard);
        return new ChildCall(request, gate)
                .make(target, prepared.text())
                .remarked("in a child JVM: it " + hazard.reason());
    }
}
