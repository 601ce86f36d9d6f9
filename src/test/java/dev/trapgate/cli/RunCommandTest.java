package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.programs.SourceProgram;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {

    private static final long CODE = 0x40_0000;

    @TempDir
    private Path directory;

    private Path program(String... code) throws IOException {
        byte[] image = StaticExecutable.of(
                ElfClass.ELF64,
                CODE,
                LoadSegment.of(CODE, Access.READ_EXECUTE, MachineCode.of(code).toByteArray()));
        Path file = Files.write(directory.resolve("program"), image);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Path exit42() throws IOException {
        return program("b8 3c 00 00 00", "bf 2a 00 00 00", "0f 05");
    }

    @Test
    void theExitStatusIsTheProgramsOwn() throws IOException {
        assertThat(CommandRun.of("run", exit42().toString()).exitStatus()).isEqualTo(42);
    }

    @Test
    void straceWritesCallsAsStraceDoes() throws IOException {
        CommandRun run = CommandRun.of("run", "--strace", exit42().toString());

        assertThat(run.err()).contains("exit(42) = ?");
    }

    @Test
    void entriesShowsTheWayIn() throws IOException {
        CommandRun run = CommandRun.of("run", "--entries", exit42().toString());

        assertThat(run.exitStatus()).isEqualTo(42);
        assertThat(run.err()).contains("entry: syscall at 0x40000a", "entry_SYSCALL_64");
    }

    @Test
    void aProgramThatASignalKilledHasAShellsStatusAndIsExplained() throws IOException {
        CommandRun run = CommandRun.of("run", program("0f 0b").toString());

        assertThat(run.exitStatus()).isEqualTo(128 + 4);
        assertThat(run.err()).contains("SIGILL", "0x400000", "0f 0b");
    }

    @Test
    void aProgramThatTakesTooLongIsKilled() throws IOException {
        CommandRun run =
                CommandRun.of("run", "--timeout", "0.2", program("eb fe").toString());

        assertThat(run.exitStatus()).isEqualTo(124);
        assertThat(run.err()).contains("still running after 0.2 s");
    }

    @Test
    void aFileThatIsNotThereIs127() {
        CommandRun run = CommandRun.of("run", directory.resolve("nothing").toString());

        assertThat(run.exitStatus()).isEqualTo(127);
        assertThat(run.err()).contains("ENOENT");
    }

    @Test
    void aFileThatIsNoProgramIs126() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no program");
        CommandRun refused = CommandRun.of("run", text.toString());
        assertThat(text.toFile().setExecutable(true)).isTrue();

        assertThat(refused.exitStatus()).isEqualTo(126);
        assertThat(CommandRun.of("run", text.toString()).err()).contains("ENOEXEC");
    }

    static Stream<Arguments> sourcePrograms() {
        return Stream.of(SourceProgram.values())
                .flatMap(program -> Stream.of(Vendor.values()).flatMap(vendor -> Stream.of(WalkKernel.values())
                        .filter(kernel -> program.isNarrow() || kernel == WalkKernel.MODERN)
                        .map(kernel -> Arguments.of(program, vendor, kernel))));
    }

    /** The first instruction by which a program enters the kernel, and where it arrives. */
    private static String[] entry(SourceProgram program, Vendor vendor, WalkKernel kernel) {
        boolean modern = kernel == WalkKernel.MODERN;
        return switch (program) {
            case EXIT_BY_SYSCALL -> new String[] {"syscall", "entry_SYSCALL_64"};
            case EXIT_BY_SYSINFO ->
                !modern
                        ? new String[] {"sysenter", "sysenter_entry"}
                        : vendor == Vendor.AMD
                                ? new String[] {"syscall", "entry_SYSCALL_compat"}
                                : new String[] {"sysenter", "entry_SYSENTER_compat"};
            default -> new String[] {"int 0x80", modern ? "entry_INT80_compat" : "system_call"};
        };
    }

    @ParameterizedTest(name = "{0} on {1}, {2} kernel")
    @MethodSource("sourcePrograms")
    void eachEntryOfTheSourceProgramsCanBeWalked(SourceProgram program, Vendor vendor, WalkKernel kernel)
            throws IOException {
        Path file = Files.write(directory.resolve("source"), program.image());
        assertThat(file.toFile().setExecutable(true)).isTrue();
        String[] entry = entry(program, vendor, kernel);

        CommandRun run =
                CommandRun.of("run", "--walk", "--vendor", vendor.name(), "--kernel", kernel.name(), file.toString());
        CommandRun entries = CommandRun.of(
                "run", "--entries", "--vendor", vendor.name(), "--kernel", kernel.name(), file.toString());

        assertThat(run.exitStatus()).isEqualTo(42);
        assertThat(run.err())
                .startsWith("-- passage 1\n")
                .contains("program  instruction  " + entry[0] + "  at 0x", "privilege    CPL 3 → 0", entry[1] + ": ");
        assertThat(entries.exitStatus()).isEqualTo(42);
        assertThat(entries.err()).startsWith("entry: " + entry[0] + " at 0x").contains(entry[1] + ": ");
    }

    @Test
    void theWalkOfACallThroughGsShowsWhatIsPushedAndTheWayBack() throws IOException {
        Path file = Files.write(directory.resolve("source"), SourceProgram.GETPID_BY_GS.image());
        assertThat(file.toFile().setExecutable(true)).isTrue();

        CommandRun run = CommandRun.of("run", "--walk", file.toString());
        CommandRun entries = CommandRun.of("run", "--entries", file.toString());

        assertThat(run.err())
                .containsSubsequence(
                        "-- passage 2",
                        "program  push         return address",
                        "program  push         rcx",
                        "program  push         rdx",
                        "program  push         rbp",
                        "program  instruction  sysenter",
                        "getpid",
                        "-- passage 3",
                        "int 0x80",
                        "getpid",
                        "-- passage 4");
        assertThat(entries.err()).contains("back by sysret", "back by iret", "rax = 0x3e8");
    }

    @Test
    void theProgramFindsItsOwnFile() throws IOException {
        // Both names of the magic link's file end alike; the exit status is how long they are.
        program(
                "48 8d 3d 2d 00 00 00", // lea rdi, [rip+0x2d]    the name
                "48 83 ec 40", //          sub rsp, 64
                "48 89 e6", //             mov rsi, rsp
                "ba 40 00 00 00", //       mov edx, 64
                "b8 59 00 00 00", //       mov eax, 89            readlink
                "0f 05", //                syscall
                "89 c7", //                mov edi, eax
                "b8 3c 00 00 00", //       mov eax, 60            exit
                "0f 05", //                syscall
                "90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90",
                "2f 70 72 6f 63 2f 73 65 6c 66 2f 65 78 65 00"); // /proc/self/exe

        assertThat(CommandRun.of("run", "--root", directory.toString(), "/program")
                        .exitStatus())
                .isEqualTo("/program".length());
    }

    @Test
    void theProgramHasTheUsersOwnNumber() throws IOException {
        Path program = program(
                "b8 6b 00 00 00", // mov eax, 107    geteuid
                "0f 05", //          syscall
                "89 c7", //          mov edi, eax
                "b8 3c 00 00 00", // mov eax, 60     exit
                "0f 05"); //         syscall
        int user = (Integer) Files.getAttribute(program, "unix:uid");

        assertThat(CommandRun.of("run", program.toString()).exitStatus()).isEqualTo(user & 0xff);
    }

    @Test
    void aRootThatIsNoDirectoryIsExplained() throws IOException {
        CommandRun run = CommandRun.of("run", "--root", exit42().toString(), "/program");

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("--root", "is no directory").doesNotContain("Exception");
        assertThat(CommandRun.of("run", "--root", directory.resolve("nothing").toString(), "/program")
                        .exitStatus())
                .isEqualTo(2);
    }

    @Test
    void aProgramOutsideTheRootIsNotFound() throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        Path outside = exit42();
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.copy(outside, root.resolve("inside"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(CommandRun.of("run", "--root", root.toString(), "/inside").exitStatus())
                .isEqualTo(42);
        assertThat(CommandRun.of("run", "--root", root.toString(), "/link").exitStatus())
                .isEqualTo(127);
        assertThat(CommandRun.of("run", "--root", root.toString(), "../program").exitStatus())
                .isEqualTo(127);
    }

    @Test
    void aCallThatTheKernelLacksIsToldOnce() throws IOException {
        Path program = program(
                "b8 b4 00 00 00", // mov eax, 180       nfsservctl
                "0f 05",
                "b8 b4 00 00 00",
                "0f 05",
                "b8 3c 00 00 00",
                "31 ff",
                "0f 05");

        assertThat(CommandRun.of("run", program.toString()).err()).containsOnlyOnce("nfsservctl");
    }

    @Test
    void whatFollowsTheProgramIsTheProgramsOwn() throws IOException {
        // The argument count is the exit status.
        Path program = program("8b 3c 24", "b8 3c 00 00 00", "0f 05");

        assertThat(CommandRun.of("run", program.toString(), "--strace", "-x").exitStatus())
                .isEqualTo(3);
    }

    @Test
    void lockstepFollowsTheRealProgramToItsEnd() throws IOException {
        CommandRun run = CommandRun.of("run", "--lockstep", exit42().toString());

        assertThat(run.exitStatus()).isZero();
        assertThat(run.err())
                .startsWith("lockstep: alike to the end: 2 instructions, 1 passages into the kernel, 0 signals;")
                .contains("exited with status 42");
    }

    /** A program that maps so many bytes, touches each page, and exits with 0; 1 if there is no mapping for it. */
    private Path touches(String size) throws IOException {
        return program(
                "31 ff", //                    xor edi, edi
                "be " + size, //               mov esi, size
                "ba 03 00 00 00", //           mov edx, 3             PROT_READ | PROT_WRITE
                "41 ba 22 00 00 00", //        mov r10d, 0x22         MAP_PRIVATE | MAP_ANONYMOUS
                "49 83 c8 ff", //              or r8, -1
                "45 31 c9", //                 xor r9d, r9d
                "b8 09 00 00 00", //           mov eax, 9             mmap
                "0f 05", //                    syscall
                "bf 01 00 00 00", //           mov edi, 1
                "48 85 c0", //                 test rax, rax
                "78 13", //                    js exit
                "c6 00 01", //          touch: mov byte [rax], 1
                "48 05 00 10 00 00", //        add rax, 4096
                "81 ee 00 10 00 00", //        sub esi, 4096
                "75 ef", //                    jnz touch
                "31 ff", //                    xor edi, edi
                "b8 3c 00 00 00", //     exit: mov eax, 60
                "0f 05"); //                   syscall
    }

    @Test
    void aProgramHasTheMemoryThatItIsGiven() throws IOException {
        // 6 MiB.
        String program = touches("00 00 60 00").toString();

        assertThat(CommandRun.of("run", "--memory", "8m", program).exitStatus()).isZero();
        assertThat(CommandRun.of("run", "--memory", "8388608", program).exitStatus())
                .isZero();
        assertThat(CommandRun.of("run", "--memory", "8192K", program).exitStatus())
                .isZero();
        assertThat(CommandRun.of("run", program).exitStatus()).isZero();
    }

    @Test
    void aMappingThatIsLargerThanTheMemoryIsRefused() throws IOException {
        CommandRun run =
                CommandRun.of("run", "--memory", "4m", touches("00 00 60 00").toString());

        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aProgramThatTouchesMoreThanItsMemoryIsKilledAndToldWhy() throws IOException {
        // All of it, beside its image and stack.
        CommandRun run =
                CommandRun.of("run", "--memory", "4m", touches("00 00 40 00").toString());

        assertThat(run.exitStatus()).isEqualTo(128 + 9);
        assertThat(run.err()).contains("SIGKILL", "more memory than the machine has, 4m", "--memory SIZE");
    }

    @ParameterizedTest
    @CsvSource({
        "--memory, 0, 1m is the least",
        "--memory, -1, a number of bytes is wanted",
        "--memory, many, a number of bytes is wanted",
        "--memory, 1.5g, a number of bytes is wanted",
        "--memory, 1048575, 1m is the least",
        "--memory, 99999999999999999999g, is too much",
        "--timeout, 0, more than 0",
        "--timeout, -3, more than 0",
        "--timeout, NaN, more than 0",
        "--timeout, 1e10, at most 1000000000 seconds",
        "--timeout, soon, 'soon'",
        "--env, =x, has no name",
        "--env, '', has no name"
    })
    void wrongValuesAreExplained(String option, String value, String said) {
        CommandRun run = CommandRun.of("run", option, value, "/nothing/there");

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains(option, said).doesNotContain("Exception", "\tat ");
    }

    @Test
    void aCopyNeedsARoot() {
        CommandRun run = CommandRun.of("run", "--copy", "/nothing/there");

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("--copy needs --root DIR");
    }

    @Test
    void aProgramChangesACopyOfItsRoot() throws IOException {
        program(
                "48 8d 3d 20 00 00 00", // lea rdi, [rip+0x20]    the name
                "b8 57 00 00 00", //       mov eax, 87            unlink
                "0f 05", //                syscall
                "f7 d8", //                neg eax
                "89 c7", //                mov edi, eax
                "b8 3c 00 00 00", //       mov eax, 60            exit
                "0f 05", //                syscall
                "90 90 90 90 90 90 90 90 90 90 90 90 90 90",
                "2f 70 72 6f 67 72 61 6d 00"); // /program
        Map<String, String> before = HostSnapshot.of(directory);

        assertThat(CommandRun.of("run", "--root", directory.toString(), "/program")
                        .exitStatus())
                .isEqualTo(30);
        assertThat(CommandRun.of("run", "--root", directory.toString(), "--copy", "/program")
                        .exitStatus())
                .isZero();
        assertThat(HostSnapshot.of(directory)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--root=/", "--copy", "--memory=64m", "--env=A=1", "--clear-env", "--strace", "--entries"})
    void lockstepTakesNoneOfTheOptionsOfTheEmulatedKernel(String option) {
        CommandRun run = CommandRun.of("run", "--lockstep", option, "/nothing/there");

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("leave them out");
    }

    @Test
    void lockstepTakesNoOptionOfTheEmulatedKernel() throws IOException {
        CommandRun run = CommandRun.of("run", "--lockstep", "--strace", exit42().toString());

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("--strace", "leave them out");
    }

    @Test
    void aProgramThatCannotBeFollowedIsExplained() {
        CommandRun run =
                CommandRun.of("run", "--lockstep", directory.resolve("nothing").toString());

        assertThat(run.exitStatus()).isEqualTo(3);
        assertThat(run.err()).contains("cannot be followed: it cannot be executed: No such file or directory");
    }

    @Test
    void lockstepEndsAProgramThatTakesTooLong() throws IOException {
        CommandRun run = CommandRun.of(
                "run", "--lockstep", "--timeout", "0.3", program("eb fe").toString());

        assertThat(run.exitStatus()).isEqualTo(124);
        assertThat(run.err()).contains("alike", "killed by SIGKILL", "still running after 0.3 s");
    }
}
