package dev.trapgate.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.elf.MemoryExecutable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source documents' programs end alike on the real kernel and on the emulated ones. */
class SourceProgramsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    static Stream<Arguments> programs() {
        return Stream.of(SourceProgram.values()).flatMap(program -> Stream.of(KernelGeneration.values())
                .filter(kernel -> program.isNarrow() || kernel.is64Bit())
                .flatMap(kernel -> Stream.of(Vendor.values()).map(vendor -> Arguments.of(program, kernel, vendor))));
    }

    @ParameterizedTest(name = "{0} on the {1} kernel, {2}")
    @MethodSource("programs")
    void endsWith42OnTheEmulatedKernel(SourceProgram program, KernelGeneration kernel, Vendor vendor) throws Exception {
        assertThat(ProgramRun.emulated(kernel, vendor, program.image(), "program")
                        .status())
                .isEqualTo(42);
    }

    @ParameterizedTest
    @EnumSource
    void endsWith42OnTheRealKernel(SourceProgram program) throws Exception {
        OpenGate.orSkip(program.isNarrow() ? Gate.I386_VSYSCALL : Gate.LIBC_SYSCALL);

        assertThat(MemoryExecutable.run(program.image(), DEADLINE)).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void onlyTheLibrarysExitCallsHandlers(int bits, @TempDir Path directory) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs x86-64 to compare with");
        Path program = CompiledProgram.of("exits.c", bits, directory, "-O1");
        byte[] image = Files.readAllBytes(program);
        KernelGeneration kernel = bits == 32 ? KernelGeneration.CLASSIC : KernelGeneration.MODERN;

        ProgramRun library = ProgramRun.real(program);
        ProgramRun bare = ProgramRun.real(program, "bare");

        assertThat(library)
                .isEqualTo(new ProgramRun(42, "before\nthe handler that came last\nthe handler that came first\n"));
        assertThat(bare).isEqualTo(new ProgramRun(41, "before\n"));
        assertThat(ProgramRun.emulated(kernel, Vendor.INTEL, image, "exits")).isEqualTo(library);
        assertThat(ProgramRun.emulated(kernel, Vendor.AMD, image, "exits", "bare"))
                .isEqualTo(bare);
    }
}
