package dev.trapgate.bench;

import dev.trapgate.Gates;
import dev.trapgate.bench.call.Caller;
import dev.trapgate.bench.call.Operation;
import dev.trapgate.bench.call.Row;
import dev.trapgate.bench.peer.NativePeer;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import java.util.Optional;

/** Finds out, before anything is measured, which rows this host cannot have, and why. */
final class Survey {

    private final NativeLibraries libraries;

    Survey(NativeLibraries libraries) {
        this.libraries = libraries;
    }

    /**
     * Says why a row cannot be measured.
     *
     * @param row the row
     * @return why; empty if nothing speaks against it
     */
    Optional<String> reasonAgainst(Row row) {
        return switch (row.caller()) {
            case JAVA -> row.gate().flatMap(gate -> refusal(gate, row));
            case I386 -> companionIsMissing(row);
            case PROGRAM -> libraries.reasonMissing(NativePeer.LOOPS).or(() -> programCannotRun(row));
            case JNI -> libraries.reasonMissing(NativePeer.JNI);
            case C -> libraries.reasonMissing(NativePeer.LOOPS).or(() -> int80IsClosed(row));
            case TYPED, JDK, JEXTRACT, JNA_DIRECT, JNA, JNR_FFI, JNR_POSIX -> Optional.empty();
            case FFM, FFM_ERRNO ->
                row.operation() == Operation.EMPTY ? libraries.reasonMissing(NativePeer.LOOPS) : Optional.empty();
        };
    }

    private static Optional<String> refusal(Gate gate, Row row) {
        GateStatus status = Gates.status(gate);
        if (!status.isOpen()) {
            return status.unavailable();
        }
        SyscallEntry entry = Gates.open(gate);
        try {
            SyscallEntry linked = row.linkage().orElseThrow() == Linkage.CRITICAL ? entry.critical() : entry;
            return row.operation().calls().stream()
                    .map(call -> linked.refusal(call.number(gate.abi())))
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (UnsupportedOperationException without) {
            return Optional.of(String.valueOf(without.getMessage()));
        }
    }

    private static Optional<String> companionIsMissing(Row row) {
        Gate gate = row.gate().filter(way -> way != Gate.VDSO).orElse(Gate.I386_VSYSCALL);
        return Gates.status(gate).unavailable();
    }

    private static Optional<String> programCannotRun(Row row) {
        return row.gate().filter(gate -> gate.kind() == Gate.Kind.COMPANION).flatMap(gate -> Gates.status(gate)
                .unavailable());
    }

    /** The instruction would end the process where the kernel does not answer it. */
    private static Optional<String> int80IsClosed(Row row) {
        return row.caller() == Caller.C && row.gate().equals(Optional.of(Gate.INT80))
                ? Gates.status(Gate.INT80).unavailable()
                : Optional.empty();
    }
}
