package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs with musl, linked statically, end alike and write alike on this machine and on the emulated one.
 *
 * <p>The compiler is {@code musl-gcc}, or what the variables MUSL_GCC for 64 and MUSL_GCC_32 for 32 bits name.
 */
class MuslProgramsTest {

    private static final List<String> INTEGERS_ONLY = List.of("-mno-sse", "-mno-mmx", "-mno-80387");

    @TempDir
    private Path directory;

    static Stream<Arguments> optimizations() {
        return Stream.of(64, 32)
                .flatMap(bits -> Stream.of("-O0", "-O1", "-O2", "-O3").map(level -> Arguments.of(bits, level)));
    }

    private static String compiler(int bits) {
        String named = System.getenv(bits == 64 ? "MUSL_GCC" : "MUSL_GCC_32");
        assumeTrue(named != null || bits == 64, "needs a musl-gcc for 32 bits, named by MUSL_GCC_32");
        return named == null ? "musl-gcc" : named;
    }

    private Path compile(String source, int bits, String... options) throws IOException, InterruptedException {
        return CompiledProgram.by(compiler(bits), source, directory, options);
    }

    @ParameterizedTest(name = "{0} bits, {1}")
    @MethodSource("optimizations")
    void aProgramWithAHeapStringsAndHandlersDoesTheSame(int bits, String level) throws Exception {
        Path program = compile(
                "musl.c",
                bits,
                Stream.concat(INTEGERS_ONLY.stream(), Stream.of(level)).toArray(String[]::new));
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs x86-64 to compare with");
        byte[] image = Files.readAllBytes(program);
        ProgramRun real = ProgramRun.real(program, "one");
        ProgramRun bare = ProgramRun.real(program, "one", "two");

        assertThat(real.status()).isEqualTo(42);
        assertThat(real.output()).endsWith("a handler of atexit\n");
        assertThat(bare.status()).isEqualTo(41);
        for (Vendor vendor : Vendor.values()) {
            ProgramRun emulated =
                    ProgramRun.emulated(KernelGeneration.MODERN, vendor, image, program.toString(), "one");
            assertThat(emulated).isEqualTo(real);
        }
        assertThat(ProgramRun.emulated(KernelGeneration.MODERN, Vendor.AMD, image, program.toString(), "one", "two"))
                .isEqualTo(bare);
    }

    @ParameterizedTest(name = "{0} bits, {1}")
    @MethodSource("optimizations")
    void printfOfIntegersPrintsTheSame(int bits, String level) throws Exception {
        Path program = compile("musl-printf.c", bits, level);
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs x86-64 to compare with");
        ProgramRun real = ProgramRun.real(program, "alpha", "beta");
        ProgramRun emulated = ProgramRun.emulated(
                KernelGeneration.MODERN, Vendor.AMD, Files.readAllBytes(program), program.toString(), "alpha", "beta");

        assertThat(real.status()).isEqualTo(8);
        assertThat(emulated).isEqualTo(real);
    }
}
