package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 5, acceptance 4, from the command line: what happened is said in words, by the exit status, and never by a stack trace. */
@Timeout(120)
class HostileRunTest {

    private static final long CODE = 0x40_0000;
    private static final int KILLED = 128;
    private static final int SIGILL = 4;
    private static final int SIGSEGV = 11;
    private static final int TIMED_OUT = 124;
    private static final int NOT_EXECUTABLE = 126;

    @TempDir
    private Path directory;

    private CommandRun run(byte[] image, String... options) throws IOException {
        Path file = Files.write(directory.resolve("hostile"), image);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        String[] command = Arrays.copyOf(options, options.length + 2);
        System.arraycopy(options, 0, command, 1, options.length);
        command[0] = "run";
        command[command.length - 1] = file.toString();
        CommandRun run = CommandRun.of(command);
        assertThat(run.err()).doesNotContain("Exception", "defect", "\tat ");
        return run;
    }

    private static byte[] image(String... code) {
        return image(ElfClass.ELF64, MachineCode.of(code).toByteArray());
    }

    private static byte[] image(ElfClass elfClass, byte[] code) {
        return StaticExecutable.of(elfClass, CODE, LoadSegment.of(CODE, Access.READ_EXECUTE, code));
    }

    @ParameterizedTest
    @EnumSource
    void randomBytesAsCode(ElfClass elfClass) throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 12; i++) {
            byte[] code = new byte[2048];
            random.nextBytes(code);
            CommandRun run = run(image(elfClass, code), "--timeout", "0.5");

            assertThat(run.exitStatus()).isBetween(0, 255);
            if (run.exitStatus() > KILLED) {
                assertThat(run.err()).contains("was killed by SIG", "at 0x");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "b8 00 00 00 60 ff e0, 0x60000000", // mov eax, 0x60000000; jmp rax
        "48 b8 00 00 00 00 00 80 00 00 ff e0, 'ff e0'", // an address that is not canonical
        "31 c0 ff e0, 0x0"
    })
    void aJumpIntoNowhere(String code, String told) throws IOException {
        CommandRun run = run(image(code));

        assertThat(run.exitStatus()).isEqualTo(KILLED + SIGSEGV);
        assertThat(run.err()).contains("SIGSEGV", told);
    }

    @Test
    void aStackThatOverflows() throws IOException {
        CommandRun run = run(image("e8 fb ff ff ff")); // 1: call 1b

        assertThat(run.exitStatus()).isEqualTo(KILLED + SIGSEGV);
        assertThat(run.err()).contains("SIGSEGV", "0x400000", "which accessed 0x7ff");
    }

    @Test
    void codeThatChangesItself() throws IOException {
        byte[] image = image(
                "bf 01 00 00 00", //       mov edi, 1
                "c6 05 01 00 00 00 2a", // mov byte [rip+1], 42
                "bf 07 00 00 00", //       mov edi, 7, but by now 42
                "b8 3c 00 00 00", //       mov eax, 60
                "0f 05"); //               syscall
        byte[] writable = image.clone();
        ByteBuffer.wrap(writable).order(ByteOrder.LITTLE_ENDIAN).putInt(64 + 4, 7);

        assertThat(run(writable).exitStatus()).isEqualTo(42);
        assertThat(run(image).exitStatus()).isEqualTo(KILLED + SIGSEGV);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb fe", "f3 a4 eb fc", "31 c0 0f a2 eb fa"})
    void anEndlessLoop(String code) throws IOException {
        // With a count of zero the second one moves nothing; the third asks the processor who it is.
        CommandRun run = run(image(code), "--timeout", "0.3");

        assertThat(run.exitStatus()).isEqualTo(TIMED_OUT);
        assertThat(run.err()).contains("was still running after 0.3 s, and was killed");
    }

    @Test
    void anEndlessLoopOfCallsThatIsTraced() throws IOException {
        CommandRun run = run(image("b8 27 00 00 00", "0f 05", "eb f7"), "--entries", "--timeout", "0.3"); // getpid

        assertThat(run.exitStatus()).isEqualTo(TIMED_OUT);
        assertThat(run.err()).contains("entry: syscall", "was still running");
    }

    /** The break does not move; the program ends with how many times it was told so. */
    @Test
    void aHeapOfTenGibibytes() throws IOException {
        CommandRun run = run(
                image(
                        "b8 0c 00 00 00", //                   mov eax, 12        brk
                        "31 ff", //                            xor edi, edi
                        "0f 05", //                            syscall
                        "48 89 c3", //                         mov rbx, rax
                        "48 bf 00 00 00 80 02 00 00 00", //    mov rdi, 10 GiB
                        "48 01 c7", //                         add rdi, rax
                        "b8 0c 00 00 00", //                   mov eax, 12
                        "0f 05", //                            syscall
                        "31 ff", //                            xor edi, edi
                        "48 39 d8", //                         cmp rax, rbx
                        "40 0f 94 c7", //                      sete dil
                        "b8 3c 00 00 00", //                   mov eax, 60
                        "0f 05"), //                           syscall
                "--strace");

        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.err()).contains("brk(NULL) = ", "exit(1) = ?");
    }

    @Test
    void aCallThatTheKernelLacksIsToldOnceWhileTracing() throws IOException {
        CommandRun run = run(
                image(
                        "b8 b4 00 00 00", // mov eax, 180    nfsservctl
                        "bf 01 00 00 00", // mov edi, 1
                        "0f 05", //          syscall
                        "b8 e7 03 00 00", // mov eax, 999    no call at all
                        "0f 05", //          syscall
                        "b8 3c 00 00 00", // mov eax, 60     exit
                        "31 ff", //          xor edi, edi
                        "0f 05"), //         syscall
                "--strace");

        assertThat(run.exitStatus()).isZero();
        assertThat(run.err()).containsOnlyOnce("nfsservctl(1").contains("ENOSYS");
    }

    @ParameterizedTest
    @EnumSource
    void aTruncatedFile(ElfClass elfClass) throws IOException {
        byte[] good = image(elfClass, new byte[] {(byte) 0x0f, 0x0b});
        for (int length = 0; length < good.length; length += good.length / 16) {
            CommandRun run = run(Arrays.copyOf(good, length));
            assertThat(run.exitStatus()).isIn(NOT_EXECUTABLE, KILLED + SIGILL, KILLED + SIGSEGV, KILLED + 7);
            assertThat(run.err()).startsWith("trapgate: ");
        }
    }

    /** A field of the header, its size, and what it is made to say. */
    @ParameterizedTest
    @CsvSource({
        "16, 2, 1", // e_type ET_REL
        "18, 2, 40", // e_machine EM_ARM
        "54, 2, 1", // e_phentsize
        "56, 2, 0", // e_phnum none
        "56, 2, 65535", // e_phnum as many as there can be
        "32, 8, -1", // e_phoff
        "32, 8, 9223372036854775800",
        "72, 8, 72057594037927936", // p_offset of the first segment
        "80, 8, -4096", // p_vaddr
        "96, 8, -1", // p_filesz
        "104, 8, -1", // p_memsz
        "104, 8, 140737488355328"
    })
    void aLyingHeader(int offset, int size, long value) throws IOException {
        byte[] image = image(ElfClass.ELF64, new byte[] {(byte) 0x0f, 0x0b});
        ByteBuffer header = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        if (size == 2) {
            header.putShort(offset, (short) value);
        } else {
            header.putLong(offset, value);
        }

        CommandRun run = run(image);

        assertThat(run.exitStatus()).isEqualTo(NOT_EXECUTABLE);
        assertThat(run.err()).startsWith("trapgate: cannot execute ").containsPattern("E[A-Z]+ \\(");
    }
}
