package dev.trapgate.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions.Support;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The kernels over which typed calls are tested, each by the same tests. */
public enum TestKernel {
    /** The host's, by the best gate. */
    HOST,
    /** The host's, in the 32-bit ABI. */
    HOST_INT80,
    /** An emulated one. */
    EMULATED,
    /** An emulated one, in the 32-bit ABI. */
    EMULATED_INT80;

    /** {@return a Linux over this kernel; skips the test if the kernel is not to be had, or lacks one of the calls} */
    public TestLinux open(Syscall... needed) {
        return switch (this) {
            case HOST -> host(Linux.host());
            case HOST_INT80 -> {
                GateStatus status = Gates.status(Gate.INT80);
                assumeTrue(status.isOpen(), () -> status.unavailable().orElse(""));
                yield host(Linux.over(Gates.open(Gate.INT80)));
            }
            case EMULATED -> emulated(Gate.EMULATED_SYSCALL, needed);
            case EMULATED_INT80 -> emulated(Gate.EMULATED_INT80, needed);
        };
    }

    private static TestLinux host(Linux linux) {
        try {
            Path directory = Files.createTempDirectory("trapgate");
            return new TestLinux(linux, directory.toString(), () -> delete(directory));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static TestLinux emulated(Gate gate, Syscall... needed) {
        EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
        for (Syscall call : needed) {
            assumeTrue(supports(machine, gate, call), () -> "the emulated kernel lacks " + call + " as yet");
        }
        Linux linux = Linux.over(EmulatedGates.open(gate, machine));
        linux.fs().mkdir("/tmp/work", Mode.RWX______);
        return new TestLinux(linux, "/tmp/work", machine::close);
    }

    private static boolean supports(EmulatedMachine machine, Gate gate, Syscall call) {
        return machine.table(gate.abi()).stream()
                .map(table -> table.row(call.number(gate.abi())))
                .anyMatch(row -> !row.support().equals(Support.ABSENT));
    }

    /**
     * A Linux with a directory of its own.
     *
     * @param linux the Linux
     * @param directory an empty directory, where the test may do as it likes
     * @param whenClosed gives it back
     */
    public record TestLinux(Linux linux, String directory, Runnable whenClosed) implements AutoCloseable {

        /** {@return a path in the directory} */
        public String path(String name) {
            return directory + "/" + name;
        }

        @Override
        public void close() {
            whenClosed.run();
        }
    }
}
