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

/** Programs that print and read floats of all three sizes write the same on this machine and on the emulated one. */
class FloatingProgramsTest {

    @TempDir
    private Path directory;

    static Stream<Arguments> compilers() {
        return Stream.of(
                Arguments.of("gcc", List.of("-m64")),
                Arguments.of("gcc", List.of("-m32")),
                Arguments.of("gcc", List.of("-m32", "-msse2", "-mfpmath=sse")),
                Arguments.of("musl-gcc", List.of("-m64")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("compilers")
    void floatsArePrintedReadAndComputedAlike(String compiler, List<String> options) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs x86-64 to compare with");
        Path program = CompiledProgram.by(
                compiler,
                "floats.c",
                directory,
                Stream.concat(options.stream(), Stream.of("-O2", "-fno-math-errno"))
                        .toArray(String[]::new));
        ProgramRun real = ProgramRun.real(program);
        assertThat(real.status()).isZero();
        for (Vendor vendor : Vendor.values()) {
            assertThat(ProgramRun.emulated(
                            KernelGeneration.MODERN, vendor, Files.readAllBytes(program), program.toString()))
                    .isEqualTo(real);
        }
    }
}
