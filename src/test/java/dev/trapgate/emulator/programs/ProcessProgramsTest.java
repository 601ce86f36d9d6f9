package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that fork, execute others, and have threads end alike and write alike on this machine and on the emulated one. */
class ProcessProgramsTest {

    @TempDir
    private static Path directory;

    private static Stream<Arguments> forBoth(String... parts) {
        return Stream.of(parts).flatMap(part -> Stream.of(Arguments.of(part, 64), Arguments.of(part, 32)));
    }

    static Stream<Arguments> processes() {
        return forBoth(
                "copies",
                "rewritten",
                "handlers",
                "orphans",
                "stops",
                "groups",
                "executed",
                "pidfds",
                "clones",
                "storm");
    }

    static Stream<Arguments> threads() {
        return forBoth("turns", "malloc", "shared", "left", "children");
    }

    @ParameterizedTest(name = "{0}, {1} bits")
    @MethodSource("processes")
    void processesDoTheSame(String part, int bits) throws Exception {
        doesTheSame(compile("processes.c", bits), part);
    }

    @ParameterizedTest(name = "{0}, {1} bits")
    @MethodSource("threads")
    void threadsDoTheSame(String part, int bits) throws Exception {
        doesTheSame(compile("threads.c", bits), part);
    }

    private static Path compile(String source, int bits) throws IOException, InterruptedException {
        return CompiledProgram.by("gcc", source, directory, "-O1", "-w", "-pthread", "-m" + bits);
    }

    private static void doesTheSame(Path program, String part) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs x86-64 to compare with");
        ProgramRun real = ProgramRun.real(program, part);
        ProgramRun emulated = ProgramRun.emulated(
                KernelGeneration.MODERN, Vendor.INTEL, Files.readAllBytes(program), program.toString(), part);

        assertThat(emulated).isEqualTo(real);
    }
}
