package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The emulated gates, open on every host. Those that {@link #open} gives share one machine, an Intel one with the modern
 * kernel; another is switched on once its program has ended.
 */
public final class EmulatedGates {

    private static final Machines SHARED = new Machines();

    private EmulatedGates() {}

    /** Holds the machine that is on. */
    private static final class Machines {

        private EmulatedMachine machine = start();

        private static EmulatedMachine start() {
            return new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
        }

        synchronized EmulatedMachine machine() {
            if (machine.process().end() != null) {
                machine = start();
            }
            return machine;
        }
    }

    /**
     * Says that an emulated gate is open, and what is behind it.
     *
     * @param gate an emulated gate
     * @return its state
     */
    public static GateStatus status(Gate gate) {
        EmulatedMachine machine = SHARED.machine();
        TreeMap<String, String> findings = new TreeMap<>();
        findings.put("processor", machine.vendor() + ", emulated");
        findings.put("kernel", "Linux " + machine.process().utsName().release() + ", emulated");
        return new GateStatus(requireEmulated(gate), Optional.empty(), findings);
    }

    /**
     * Opens an emulated gate of the shared machine.
     *
     * @param gate an emulated gate
     * @return its entry
     */
    public static SyscallEntry open(Gate gate) {
        return open(gate, SHARED.machine());
    }

    /**
     * Opens an emulated gate of a machine.
     *
     * @param gate an emulated gate
     * @param machine the machine
     * @return its entry
     * @throws GateUnavailableException if the machine's processor or kernel lacks the gate
     */
    public static SyscallEntry open(Gate gate, EmulatedMachine machine) {
        return requireEmulated(gate) == Gate.EMULATED_VDSO
                ? new EmulatedVdsoEntry(machine)
                : new EmulatedEntry(machine, gate);
    }

    /**
     * {@return the machine behind an emulated gate}
     *
     * @param entry one of this class's, or what watches one
     * @throws IllegalArgumentException if it is none
     */
    public static EmulatedMachine machine(SyscallEntry entry) {
        return switch (entry.unwrapped()) {
            case EmulatedEntry emulated -> emulated.machine();
            case EmulatedVdsoEntry emulated -> emulated.machine();
            default ->
                throw new IllegalArgumentException(entry + " is not a gate of an emulated machine of this library");
        };
    }

    private static Gate requireEmulated(Gate gate) {
        if (gate.kind() != Gate.Kind.EMULATED) {
            throw new IllegalArgumentException(gate + " leads into the host's kernel, not into an emulated one");
        }
        return gate;
    }
}
