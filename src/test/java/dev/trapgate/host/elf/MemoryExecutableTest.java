package dev.trapgate.host.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.stub.MachineCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryExecutableTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private static final MachineCode EXIT_GROUP = MachineCode.of(
            "b8 e7 00 00 00", // mov eax, 231   exit_group
            "0f 05"); //         syscall

    private static final MachineCode FOR_EVER = MachineCode.of("f3 90", "eb fc"); // pause; jmp back

    @BeforeEach
    void needsThisProcessor() {
        OpenGate.orSkip(Gate.LIBC_SYSCALL);
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertThat(openMemoryFiles()).isZero();
        assertThat(ProcessHandle.current().children().filter(MemoryExecutableTest::isOfAnImage))
                .isEmpty();
    }

    private static long openMemoryFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> target(descriptor).contains("memfd:trapgate "))
                    .count();
        }
    }

    private static boolean isOfAnImage(ProcessHandle child) {
        return target(Path.of("/proc/" + child.pid() + "/exe")).contains("memfd:trapgate ");
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static byte[] exitingWith(int status) {
        return StaticExecutable.of(MachineCode.of("bf " + String.format("%02x", status) + " 00 00 00") // mov edi, …
                .then(EXIT_GROUP));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42, 255})
    void answersTheExitStatus(int status) throws Exception {
        assertThat(MemoryExecutable.run(exitingWith(status), LONG_ENOUGH)).isEqualTo(status);
    }

    @Test
    void answersTheSignalThatEndedIt() throws Exception {
        assertThat(MemoryExecutable.run(StaticExecutable.of(MachineCode.of("0f 0b")), LONG_ENOUGH)) // ud2
                .isEqualTo(128 + 4);
        assertThat(MemoryExecutable.run(StaticExecutable.of(MachineCode.of("f4")), LONG_ENOUGH)) // hlt
                .isEqualTo(128 + 11);
    }

    @Test
    void keepsWhatItWrites() throws Exception {
        MachineCode writesItsOwnHeader = MachineCode.of(
                "bf 01 00 00 00", // mov edi, 1          standard output
                "be 00 00 40 00", // mov esi, 0x400000   the page's start: the file's
                "ba 04 00 00 00", // mov edx, 4
                "b8 01 00 00 00", // mov eax, 1          write
                "0f 05", //          syscall
                "bf 07 00 00 00"); // mov edi, 7

        MemoryExecutable.Output output =
                MemoryExecutable.outputOf(StaticExecutable.of(writesItsOwnHeader.then(EXIT_GROUP)), LONG_ENOUGH);

        assertThat(output.standardOutput()).containsExactly(0x7f, 'E', 'L', 'F');
        assertThat(output.exitStatus()).isEqualTo(7);
    }

    /** SEMANTICS.md 8: after execve all general registers are 0. */
    @Test
    void startsAtItsFirstInstructionWithRegistersOfZero() throws Exception {
        MachineCode orAll = MachineCode.of(
                "48 09 cf", // or rdi, rcx
                "48 09 d7", // or rdi, rdx
                "48 09 df", // or rdi, rbx
                "48 09 f7"); // or rdi, rsi

        assertThat(MemoryExecutable.run(StaticExecutable.of(orAll.then(EXIT_GROUP)), LONG_ENOUGH))
                .isZero();
    }

    @Test
    void killsWhatDoesNotEnd() throws Exception {
        byte[] endless = StaticExecutable.of(FOR_EVER);

        assertThatThrownBy(() -> MemoryExecutable.run(endless, Duration.ofMillis(300)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("still running");
        awaitNoChildOfAnImage();
    }

    @Test
    void killsItWhenInterruptedAndStaysInterrupted() throws Exception {
        byte[] endless = StaticExecutable.of(FOR_EVER);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> MemoryExecutable.run(endless, LONG_ENOUGH))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        awaitNoChildOfAnImage();
    }

    /** A killed process is reaped by a thread of the JDK's, a moment later. */
    private static void awaitNoChildOfAnImage() throws InterruptedException {
        long deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (ProcessHandle.current().children().anyMatch(MemoryExecutableTest::isOfAnImage)
                && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
    }
}
