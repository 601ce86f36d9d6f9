package dev.trapgate.differential.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.emulator.programs.CompiledProgram;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real programs on this processor, followed by the interpreter. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LockstepTest {

    @TempDir
    private Path directory;

    @BeforeAll
    static void isLinuxOnX86() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs x86-64");
    }

    private LockstepResult follow(Path program) throws Exception {
        try (Lockstep lockstep = Lockstep.start(quiet(program))) {
            return lockstep.run();
        }
    }

    private ProcessBuilder quiet(Path program) {
        return new ProcessBuilder(program.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(directory.resolve("output").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private static void killLater(Lockstep lockstep, long milliseconds) {
        TimerTask kill = new TimerTask() {
            @Override
            public void run() {
                lockstep.kill();
            }
        };
        new Timer(true).schedule(kill, milliseconds);
    }

    private Path program(String... code) throws IOException {
        Path file = Files.write(directory.resolve("program"), StaticExecutable.of(MachineCode.of(code)));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @ParameterizedTest(name = "{0} of {1} bits, {2}")
    @CsvSource({"integers.c, 32, -O1", "integers.c, 64, -O2", "structures.c, 32, -O2", "structures.c, 64, -O0"})
    void theBeginningOfALongProgramIsAlike(String source, int bits, String optimization) throws Exception {
        Path program = CompiledProgram.of(source, bits, directory, optimization);
        try (Lockstep lockstep = Lockstep.start(quiet(program))) {
            killLater(lockstep, 2000);
            LockstepResult result = lockstep.run();

            assertThat(result.difference()).isEmpty();
            assertThat(result.instructions()).isGreaterThan(100);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void signalsPushedFlagsRepetitionsAChildAndAnotherProgramAreFollowed(int bits) throws Exception {
        LockstepResult result = follow(CompiledProgram.of("followed.c", bits, directory, "-O1"));

        assertThat(result.difference()).isEmpty();
        assertThat(result.end()).isEqualTo(new TaskEnd(42, null));
        assertThat(result.signals()).isGreaterThanOrEqualTo(3);
        assertThat(Files.readString(directory.resolve("output")))
                .startsWith("25 taken\n")
                .endsWith("768\nagain\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void aProgramWithGlibcThatPrintsFloatingPointNumbersIsAlikeToTheEnd(int bits) throws Exception {
        LockstepResult result = follow(CompiledProgram.by("gcc", "hello.c", directory, "-O2", "-m" + bits));

        assertThat(result.difference()).isEmpty();
        assertThat(result.end()).isEqualTo(new TaskEnd(0, null));
        assertThat(directory.resolve("output")).isNotEmptyFile();
    }

    @Test
    void aProgramThatASignalKillsEndsByIt() throws Exception {
        LockstepResult result = follow(program("31 c0", "8a 00")); // xor eax, eax; mov al, [rax]

        assertThat(result.isAlike()).isTrue();
        assertThat(result.end()).isEqualTo(new TaskEnd(0, Signal.of(Signal.SIGSEGV)));
    }

    @Test
    void theFirstInstructionThatDiffersIsNamedWithItsRegisters() throws Exception {
        assumeTrue(Files.readString(Path.of("/proc/cpuinfo")).contains(" avx2 "), "needs AVX2, which is not emulated");

        LockstepResult result = follow(program(
                "b8 07 00 00 00", // mov eax, 7
                "c5 fd 76 c0", //    vpcmpeqd ymm0, ymm0, ymm0
                "c5 fd d7 c0", //    vpmovmskb eax, ymm0
                "89 c7", //          mov edi, eax
                "b8 3c 00 00 00", // mov eax, 60
                "0f 05")); //        syscall

        assertThat(result.isAlike()).isFalse();
        assertThat(result.end()).isNull();
        assertThat(result.difference().getFirst())
                .matches(
                        "instruction 2, 0x4000[0-9a-f]{2}: c5 .*: the interpreter raises #UD, the real processor does not");
        assertThat(result.difference()).anyMatch(line -> line.startsWith("rip ") && line.endsWith("differs"));
        assertThat(result.difference()).anyMatch(line -> line.matches("rax +0x7 +0x7 +0x7"));
    }

    @Test
    void aProgramThatMakesAThreadIsRefused() throws Exception {
        Path program = program(
                "b8 38 00 00 00", // mov eax, 56    clone
                "bf 00 0f 01 00", // mov edi, CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD
                "0f 05"); //         syscall

        assertThatThrownBy(() -> follow(program))
                .isInstanceOf(LockstepException.class)
                .hasMessageContaining("makes a thread");
    }

    @Test
    void aFileThatIsNoProgramIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("text"), "no program");
        assertThat(file.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> follow(file))
                .isInstanceOf(LockstepException.class)
                .hasMessageContaining("Exec format error");
    }

    @Test
    void aProgramThatDoesNotEndCanBeKilled() throws Exception {
        Path program = program("eb fe"); // jmp .
        try (Lockstep lockstep = Lockstep.start(quiet(program))) {
            killLater(lockstep, 200);
            LockstepResult result = lockstep.run();

            assertThat(result.end()).isEqualTo(new TaskEnd(0, Signal.of(Signal.SIGKILL)));
            assertThat(result.instructions()).isPositive();
        }
    }

    @Test
    void aVirtualThreadIsRefused() throws Exception {
        Path program = program("eb fe");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatThrownBy(() -> threads.submit(() -> follow(program)).get())
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("platform thread");
        }
    }
}
