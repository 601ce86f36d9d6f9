package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that want all processes, threads or memory there are: they are bounded, and gone when their machine is. */
class BombsTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private record Run(TaskEnd end, String output) {}

    private static Run run(Duration limit, String... arguments) throws Exception {
        Path program = CompiledProgram.by("gcc", "bombs.c", directory, "-O1", "-w", "-pthread");
        List<String> all = new ArrayList<>(List.of(program.toString()));
        all.addAll(List.of(arguments));
        MachineSetup setup =
                MachineSetup.of(KernelGeneration.MODERN, Vendor.INTEL).with(new MachineSetup.Memory(128L << 20));
        try (EmulatedMachine machine = new EmulatedMachine(setup)) {
            TaskEnd end = EmulatedProgram.load(
                            machine, new LinuxBinprm(program.toString(), Files.readAllBytes(program), all, List.of()))
                    .run(limit);
            return new Run(end, new String(machine.console().written(), StandardCharsets.ISO_8859_1));
        } finally {
            assertThat(guests()).isEmpty();
        }
    }

    /** {@return the Java threads that run threads of programs} */
    private static List<String> guests() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("guest-"))
                .toList();
    }

    @Test
    void aForkBombIsBoundedAndKilledInTime() throws Exception {
        Run run = run(Duration.ofSeconds(3), "fork");

        assertThat(run.end().signal()).isNotNull();
        assertThat(run.end().signal().number()).isEqualTo(Signal.SIGKILL);
    }

    @Test
    void thereIsABoundToThreads() throws Exception {
        Run run = run(LONG, "threads");

        assertThat(run.output()).isEqualTo("EAGAIN after many\n");
        assertThat(run.end().status()).isEqualTo(3);
    }

    @Test
    void aProgramMayExecuteItselfForLongAndLeavesNothing() throws Exception {
        Run run = run(LONG, "exec", "300");

        assertThat(run.output()).isEqualTo("done\n");
        assertThat(run.end().status()).isEqualTo(5);
    }

    @Test
    void aStormOfSignalsEnds() throws Exception {
        Run run = run(LONG, "signals");

        assertThat(run.output()).isEqualTo("caught 2\n");
        assertThat(run.end().status()).isEqualTo(7);
    }

    @Test
    void memoryIsOneForAllProcesses() throws Exception {
        Run run = run(LONG, "memory");

        assertThat(run.output()).isEqualTo("killed 1\n");
        assertThat(run.end().status()).isEqualTo(8);
    }

    @Test
    void whatRunsWhenTheFirstProcessEndsIsKilled() throws Exception {
        assertThat(run(LONG, "orphans").end().status()).isEqualTo(9);
    }
}
