package dev.trapgate.host;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One native gate: opened once, when first asked about, or shut for good with the reason. */
final class NativeGate {

    /** How a gate is opened. */
    interface Opener {

        /**
         * Opens the gate.
         *
         * @param findings where to put what a person may want to know of it
         * @return the entry
         * @throws RuntimeException if the host lacks the gate; the message says why
         */
        SyscallEntry open(SortedMap<String, String> findings);
    }

    /** The outcome: an entry, or why there is none. */
    private sealed interface Outcome {

        record Open(SyscallEntry entry) implements Outcome {}

        record Shut(GateUnavailableException reason) implements Outcome {}
    }

    private final Gate gate;
    private final Opener opener;
    private final SortedMap<String, String> findings = new TreeMap<>();
    private @Nullable Outcome outcome;

    NativeGate(Gate gate, Opener opener) {
        this.gate = gate;
        this.opener = opener;
    }

    /** {@return whether the gate is open, why not, and what was found} */
    GateStatus status() {
        Optional<String> unavailable =
                switch (outcome()) {
                    case Outcome.Open open -> Optional.empty();
                    case Outcome.Shut shut -> Optional.of(shut.reason().reason());
                };
        return new GateStatus(gate, unavailable, new TreeMap<>(findings));
    }

    /**
     * Enters the open gate.
     *
     * @return the entry
     * @throws GateUnavailableException if the gate is shut
     */
    SyscallEntry entry() {
        return switch (outcome()) {
            case Outcome.Open open -> open.entry();
            case Outcome.Shut shut ->
                throw new GateUnavailableException(gate, shut.reason().reason(), shut.reason());
        };
    }

    private synchronized Outcome outcome() {
        if (outcome == null) {
            outcome = opened();
        }
        return outcome;
    }

    private Outcome opened() {
        Optional<String> wrongPlatform = Platform.refusal();
        if (wrongPlatform.isPresent()) {
            return new Outcome.Shut(new GateUnavailableException(gate, wrongPlatform.get()));
        }
        try {
            requireNativeAccess();
            return new Outcome.Open(opener.open(findings));
        } catch (GateUnavailableException shut) {
            return new Outcome.Shut(shut);
        } catch (ExceptionInInitializerError failed) {
            return shut(failed.getCause() == null ? failed : failed.getCause());
        } catch (RuntimeException | LinkageError failed) {
            return shut(failed);
        }
    }

    /** Asked here, the JVM says no to every gate; a class that fails to initialize says why to the first only. */
    @SuppressWarnings("restricted") // being restricted is all that this does
    private static void requireNativeAccess() {
        MemorySegment.NULL.reinterpret(0);
    }

    private Outcome shut(Throwable cause) {
        return new Outcome.Shut(new GateUnavailableException(gate, explained(cause), cause));
    }

    private static String explained(Throwable cause) {
        if (cause instanceof IllegalCallerException) {
            return "this JVM denies native access to Trapgate; start it with --enable-native-access=dev.trapgate,"
                    + " or =ALL-UNNAMED where Trapgate is on the class path";
        }
        if (cause instanceof NoClassDefFoundError && cause.getCause() != null) {
            return explained(cause.getCause()); // a class that another gate has failed to initialize
        }
        return Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString);
    }
}
