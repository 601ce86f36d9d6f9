package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs in C end alike and write alike on this machine and on the emulated one. */
class CompiledProgramsTest {

    @TempDir
    private Path directory;

    static Stream<Arguments> programs() {
        return Stream.of("integers.c", "structures.c")
                .flatMap(source -> Stream.of(32, 64).flatMap(bits -> Stream.of("-O0", "-O1", "-O2", "-O3", "-Os")
                        .map(optimization -> Arguments.of(source, bits, optimization))));
    }

    @ParameterizedTest(name = "{0} of {1} bits, {2}")
    @MethodSource("programs")
    void aProgramInCEndsAlikeAndWritesAlike(String source, int bits, String optimization) throws Exception {
        Path program = CompiledProgram.of(source, bits, directory, optimization);
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs x86-64 to compare with");
        ProgramRun real = ProgramRun.real(program, "one", "and two");
        byte[] image = Files.readAllBytes(program);
        List<KernelGeneration> kernels = bits == 64
                ? List.of(KernelGeneration.MODERN)
                : List.of(KernelGeneration.MODERN, KernelGeneration.CLASSIC);

        assertThat(real.status()).isLessThan(126);
        for (KernelGeneration kernel : kernels) {
            ProgramRun emulated = ProgramRun.emulated(kernel, Vendor.AMD, image, program.toString(), "one", "and two");
            assertThat(sorted(emulated.output())).isEqualTo(sorted(real.output()));
            assertThat(emulated.status()).isEqualTo(real.status());
        }
    }

    /** The environment has no order of its own. */
    private static List<String> sorted(String output) {
        return output.lines().sorted().toList();
    }
}
