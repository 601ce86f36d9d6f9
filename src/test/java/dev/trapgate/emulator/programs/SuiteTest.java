package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs do with a C library, glibc and musl, in 64 and 32 bits, linked statically: alike on this machine and here. */
@Timeout(300)
class SuiteTest {

    private static final List<String> PARTS =
            List.of("floats", "sort", "jumps", "signals", "select", "epoll", "malloc", "threads", "fork");

    /** A compiler with its library. */
    enum Library {
        GLIBC_64,
        GLIBC_32,
        MUSL_64,
        MUSL_32;

        private Path compile(Path directory) throws IOException, InterruptedException {
            List<String> options = new ArrayList<>(List.of("-O2", "-pthread"));
            String compiler = "gcc";
            if (this == MUSL_64 || this == MUSL_32) {
                String named = System.getenv(this == MUSL_64 ? "MUSL_GCC" : "MUSL_GCC_32");
                assumeTrue(named != null || this == MUSL_64, "needs a musl-gcc for 32 bits, named by MUSL_GCC_32");
                compiler = named == null ? "musl-gcc" : named;
            } else {
                options.add(this == GLIBC_64 ? "-m64" : "-m32");
            }
            return CompiledProgram.by(compiler, "suite.c", directory, options.toArray(String[]::new));
        }
    }

    @TempDir
    private static Path directory;

    private static final Map<Library, Path> COMPILED = new EnumMap<>(Library.class);

    @BeforeAll
    static void needsThisProcessor() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs x86-64 to compare with");
    }

    static Stream<Arguments> parts() {
        return Stream.of(Library.values()).flatMap(library -> PARTS.stream().map(part -> Arguments.of(library, part)));
    }

    @ParameterizedTest(name = "{1} with {0}")
    @MethodSource("parts")
    void aPartDoesTheSame(Library library, String part) throws Exception {
        Path program = COMPILED.get(library);
        if (program == null) {
            program = library.compile(Files.createDirectories(directory.resolve(library.name())));
            COMPILED.put(library, program);
        }

        ProgramRun real = ProgramRun.real(program, part);
        ProgramRun emulated = ProgramRun.emulated(
                KernelGeneration.MODERN, Vendor.AMD, Files.readAllBytes(program), program.toString(), part);

        assertThat(real.status()).isZero();
        assertThat(emulated).isEqualTo(real);
    }
}
