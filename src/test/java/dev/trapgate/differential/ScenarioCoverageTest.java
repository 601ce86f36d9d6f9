package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallRow;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions.Support;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call counts as supported once a hand-written scenario has shown that it does what Linux does. */
class ScenarioCoverageTest {

    /** What the fuzzer found is not counted: it shows one thing each. */
    private static final String FOUND = "generated/";

    /** Supported calls that no scenario can make natively, each with where it is tested instead. */
    private static final Map<Syscall, String> NOT_PLAYABLE = new TreeMap<>(Map.of(
            Syscall.EXIT, "ends the JVM's thread behind its back; ProcessEndTest, and programs in 64 and 32 bits",
            Syscall.EXIT_GROUP, "ends the JVM; ProcessEndTest, and programs in 64 and 32 bits",
            Syscall.RT_SIGRETURN, "goes where the caller's stack says; the programs of FrameCases, here and natively",
            Syscall.SIGRETURN, "goes where the caller's stack says; the programs of FrameCases, here and natively"));

    @ParameterizedTest
    @EnumSource(
            value = Abi.class,
            names = {"X86_64", "I386"})
    void everySupportedCallIsInAHandWrittenScenario(Abi abi) {
        Set<String> missing = supported(abi);
        missing.removeAll(played(abi));
        missing.removeAll(NOT_PLAYABLE.keySet().stream().map(Syscall::callName).collect(Collectors.toSet()));

        assertThat(missing)
                .as("supported for %s, but in no scenario that is played there", abi)
                .isEmpty();
    }

    @Test
    void noExceptionIsStale() {
        Set<String> needed = new TreeSet<>();
        for (Abi abi : Scenario.ABIS) {
            Set<String> absent = supported(abi);
            absent.removeAll(played(abi));
            needed.addAll(absent);
        }
        assertThat(NOT_PLAYABLE.keySet().stream().map(Syscall::callName)).allMatch(needed::contains);
    }

    /** {@return the names of the calls that the emulated kernel supports in a convention} */
    private static Set<String> supported(Abi abi) {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)) {
            return machine.table(abi).orElseThrow().rows().stream()
                    .filter(row -> row.support() == Support.SUPPORTED)
                    .map(SyscallRow::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** {@return the names of the calls in scenarios for a convention that may be made natively} */
    private static Set<String> played(Abi abi) {
        return ScenarioFiles.own().stream()
                .filter(scenario -> scenario.isFor(abi) && !scenario.name().startsWith(FOUND))
                .flatMap(scenario -> scenario.calls().stream())
                .map(Step.Call::target)
                .map(Syscall::named)
                .flatMap(Optional::stream)
                .filter(call -> AllowedCalls.find(call).isPresent())
                .map(Syscall::callName)
                .collect(Collectors.toSet());
    }
}
