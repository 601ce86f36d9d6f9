package dev.trapgate.junit;

import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.abi.Syscall;
import dev.trapgate.capability.Availability;
import dev.trapgate.capability.Capabilities;
import dev.trapgate.capability.Capability;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.kernel.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A kernel, and on it an empty directory, which is made when it is first asked for. */
final class TestPlace implements AutoCloseable {

    private static final String EMULATED_DIRECTORY = "/tmp/test";

    private final SyscallEntry entry;
    private final Linux linux;
    private final @Nullable EmulatedMachine machine;
    private @Nullable Path hostDirectory;
    private boolean isEmulatedDirectoryMade;

    private TestPlace(SyscallEntry entry, @Nullable EmulatedMachine machine) {
        this.entry = entry;
        this.linux = Linux.over(entry);
        this.machine = machine;
    }

    /** {@return a place behind an open gate; a machine of its own if the gate is emulated} */
    static TestPlace behind(Gate gate) {
        if (gate.kind() != Gate.Kind.EMULATED) {
            return new TestPlace(Gates.open(gate), null);
        }
        EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
        return new TestPlace(EmulatedGates.open(gate, machine), machine);
    }

    SyscallEntry entry() {
        return entry;
    }

    Linux linux() {
        return linux;
    }

    /** {@return why a test that needs these calls cannot run here; empty if nothing is known against it} */
    Optional<String> missing(Syscall... needs) {
        if (needs.length == 0) {
            return Optional.empty();
        }
        Capabilities capabilities = linux.capabilities();
        return Arrays.stream(needs)
                .flatMap(call -> obstacle(capabilities, call).stream())
                .findFirst();
    }

    private Optional<String> obstacle(Capabilities capabilities, Syscall call) {
        if (!call.existsOn(entry.abi())) {
            return Optional.of(entry.gate() + ": " + entry.abi() + " has no " + call);
        }
        Capability known = capabilities.of(call);
        return known.isPresent() || known.availability() == Availability.UNKNOWN
                ? Optional.empty()
                : Optional.of(entry.gate() + ": " + known);
    }

    /** {@return the directory's path on that kernel} */
    String directory() {
        return machine == null ? onTheHost().toString() : onTheMachine();
    }

    private String onTheMachine() {
        if (!isEmulatedDirectoryMade) {
            linux.fs().mkdir(EMULATED_DIRECTORY, Mode.RWX______);
            isEmulatedDirectoryMade = true;
        }
        return EMULATED_DIRECTORY;
    }

    private Path onTheHost() {
        Path made = hostDirectory;
        if (made == null) {
            made = temporaryDirectory();
            hostDirectory = made;
        }
        return made;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("trapgate");
        } catch (IOException failure) {
            throw new UncheckedIOException("a test's directory cannot be made", failure);
        }
    }

    /** Switches the machine off, or deletes the directory with all that is in it. */
    @Override
    public void close() {
        if (machine != null) {
            machine.close();
        }
        if (hostDirectory != null) {
            delete(hostDirectory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("a test's directory cannot be deleted", failure);
        }
    }
}
