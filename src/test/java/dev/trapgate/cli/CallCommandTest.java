package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallCommandTest {

    private final Path directory;

    CallCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static void assumeOpen(Gate gate) {
        GateStatus status = Gates.status(gate);
        assumeTrue(status.isOpen(), () -> gate + ": " + status.unavailable().orElse(""));
    }

    private static String quoted(Path path) {
        return '"' + path.toString() + '"';
    }

    @Test
    void showsCallResultAndGateOnOneLine() {
        CommandRun run = CommandRun.of("call", "getpid");

        assertThat(run.out().strip())
                .matches("getpid\\(\\) = " + ProcessHandle.current().pid() + " {3}\\[(SYSCALL|LIBC_SYSCALL)]");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Gate.class)
    void makesTheCallThroughTheGateAskedFor(Gate gate) {
        assumeOpen(gate);
        CommandRun run = CommandRun.of("call", "clock_gettime", "CLOCK_MONOTONIC", "&struct", "--gate", gate.name());

        assertThat(run.lines().getFirst())
                .matches("clock_gettime\\(CLOCK_MONOTONIC, \\{tv_sec=\\d+, tv_nsec=\\d+}\\) = 0 {3}\\[" + gate + "]");
        assertThat(run.lines().get(1)).matches("tp\\.tv_sec +=\\s\\d+");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void takesGatesInAnyCase() {
        assertThat(CommandRun.of("call", "getpid", "--gate", "libc_syscall").out())
                .contains("[LIBC_SYSCALL]");
    }

    @Test
    void answersAnErrnoWithItsNameItsMeaningAndStatusOne() {
        CommandRun run = CommandRun.of("call", "openat", "AT_FDCWD", "\"/nonexistent\"", "O_RDONLY|O_CLOEXEC");

        assertThat(run.out())
                .startsWith("openat(AT_FDCWD, \"/nonexistent\", O_RDONLY|O_CLOEXEC)"
                        + " = -1 ENOENT (No such file or directory)   [");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DIFFERED);
    }

    @Test
    void answersAPointerThatIsNotOursByEfault() {
        CommandRun run = CommandRun.of("call", "access", "0x10", "F_OK");

        assertThat(run.out()).startsWith("access(0x10, F_OK) = -1 EFAULT (Bad address)");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DIFFERED);
    }

    @Test
    void showsTheFieldsOfAStructureByName() {
        CommandRun run = CommandRun.of("call", "uname", "&new_utsname");

        assertThat(run.lines().getFirst()).startsWith("uname({sysname=\"Linux\", ");
        assertThat(run.lines()).contains("name.sysname     = \"Linux\"");
    }

    @Test
    void showsOfABufferWhatTheCallWrote() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "target");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
        assertThat(file).exists();
        CommandRun run = CommandRun.of("call", "readlink", quoted(link), "@64", "64");

        assertThat(run.lines().getFirst()).contains("\"target\", 64) = 6 ");
        assertThat(run.lines().subList(1, 3))
                .containsExactly(
                        "buf, 6 of 64 bytes written: \"target\"",
                        "00000000  74 61 72 67 65 74                                 |target|");
    }

    @Test
    void passesStructuresWithFieldsAndNegativeNumbers() {
        assertThat(CommandRun.of("call", "nanosleep", "&timespec{tv_sec=0,tv_nsec=1000}", "0")
                        .out())
                .startsWith("nanosleep({tv_sec=0, tv_nsec=1000}, NULL) = 0 ");
        assertThat(CommandRun.of("call", "nanosleep", "&timespec{tv_sec=-1}", "0")
                        .out())
                .contains("= -1 EINVAL (Invalid argument)");
        assertThat(CommandRun.of("call", "lseek", "-1", "-100", "SEEK_SET").out())
                .startsWith("lseek(-1, -100, SEEK_SET) = -1 EBADF");
    }

    @Test
    void followsPointersInsideStructures() {
        CommandRun run = CommandRun.of(
                "call", "preadv", "-1", "&iovec[{iov_base=@8,iov_len=8},{iov_base=@4,iov_len=4}]", "2", "0", "0");

        assertThat(run.out()).contains("iov_len=8}, {iov_base=0x").contains("= -1 EBADF");
    }

    @Test
    void takesNumbersForCallsOfTheGatesOwnTable() {
        assertThat(CommandRun.of("call", "39").out()).startsWith("getpid() = ");
        assertThat(CommandRun.of("call", "9999", "1").out())
                .startsWith("syscall_0x270f(0x1) = -1 ENOSYS (Function not implemented)");
        assumeOpen(Gate.INT80);
        assertThat(CommandRun.of("call", "20", "--gate", "INT80").out()).startsWith("getpid() = ");
    }

    @Test
    void usesTheLayoutsOfTheGatesAbi() {
        assumeOpen(Gate.INT80);
        CommandRun run = CommandRun.of("call", "getrlimit", "RLIMIT_NOFILE", "&struct", "--gate", "INT80");

        assertThat(run.out()).startsWith("getrlimit(RLIMIT_NOFILE, {rlim_cur=");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void asksEveryGateAndShowsALineForEach() {
        CommandRun run = CommandRun.of("call", "getppid", "--all-gates");

        assertThat(run.lines()).hasSize((int) Arrays.stream(Gate.values())
                .filter(gate -> gate.kind() == Gate.Kind.NATIVE)
                .count());
        Set<String> values = run.lines().stream()
                .filter(line -> line.contains("="))
                .map(line -> line.replaceAll(" +\\[.*", ""))
                .collect(Collectors.toSet());
        assertThat(values).hasSize(1);
        assertThat(run.out()).doesNotContain("differs");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void doesNotCallNewDescriptorsADifference() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        CommandRun run = CommandRun.of("call", "openat", "AT_FDCWD", quoted(file), "O_RDONLY", "--all-gates");

        assertThat(run.out()).doesNotContain("differs");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void closesTheDescriptorsItOpened() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        CommandRun.of("call", "openat", "AT_FDCWD", quoted(file), "O_RDONLY", "--all-gates");

        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                assertThat(Files.isSymbolicLink(descriptor) ? Files.readSymbolicLink(descriptor) : descriptor)
                        .isNotEqualTo(file);
            }
        }
    }

    @Test
    void doesNotCompareCallsThatChangeWhatTheNextOneMeets() {
        CommandRun run = CommandRun.of("call", "mkdir", quoted(directory.resolve("new")), "0o700", "--all-gates");

        assertThat(run.lines().getFirst()).contains("= 0 ");
        assertThat(run.out()).contains("EEXIST", "not compared").doesNotContain("differs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
                    getpidd;                              did you mean getpid
                    getpid --gate nowhere;                GLIBC, LIBC_SYSCALL, SYSCALL, INT80, VDSO, JNR
                    getpid --gate JNR --all-gates;        exclude each other
                    getpid --al-gates;                    unknown option '--al-gates'
                    write 1;                              too few arguments: write(unsigned int fd
                    write 1 2 3 4;                        too many arguments: write(unsigned int fd
                    write 1 2 3 4 --all-gates;            too many arguments: write(unsigned int fd
                    9999 1 2 3 4 5 6 7;                   no call takes more than 6
                    read 0 @1000000000000 1;              the limit is 268435456
                    close 18446744073709551616;           does not fit into 64 bits
                    access "abc 0;                        no closing quotation mark
                    access /etc 0;                        a string is written
                    openat AT_FDCWD "x" O_RDNLY;          did you mean O_RDONLY
                    openat AT_FDCWD "x" O_CREAT;          needs a mode
                    uname &nonesuch;                      no structure 'nonesuch'
                    close &struct;                        no structure known here
                    nanosleep &timespec{tv_min=1} 0;      it has tv_sec, tv_nsec
                    nanosleep {tv_sec=1} 0;               a number or the name of a constant
                    99999999999;                          32 bits
                    fstatat64 0 0 0 0;                    x86_64 has no call
                    """)
    void explainsMistakes(String words, String explanation) {
        CommandRun run = CommandRun.of(("call " + words).split(" ", -1));

        assertThat(run.err()).startsWith("trapgate: ").contains(explanation).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fork", "vfork", "rt_sigreturn", "clone3 0 0", "seccomp 0 0 0", "ptrace 0"})
    void refusesWhatNoJvmSurvives(String words) {
        CommandRun run = CommandRun.of(("call " + words).split(" ", -1));

        assertThat(run.err()).contains("is not made through", "it would ");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "exit_group"})
    void endsAChildInsteadOfItself(String call) {
        CommandRun run = CommandRun.of("call", call, "42", "--gate", "SYSCALL");

        assertThat(run.lines().getFirst()).startsWith(call + "(42) = ?   [SYSCALL]");
        assertThat(run.lines().get(1)).isEqualTo("+++ exited with 42 +++");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void replacesAChildInsteadOfItself() {
        Path made = directory.resolve("made");
        CommandRun run = CommandRun.of(
                "call", "execve", "\"/bin/sh\"", "[\"sh\",\"-c\",\"echo hi > " + made + "; exit 3\"]", "0");

        assertThat(made).hasContent("hi");
        assertThat(run.lines().getFirst())
                .startsWith("execve(\"/bin/sh\", [\"sh\", \"-c\", ")
                .contains("NULL) = 0   [");
        assertThat(run.lines().get(1)).isEqualTo("+++ exited with 3 +++");
    }

    @Test
    void showsWhyAProgramWasNotExecuted() {
        CommandRun run = CommandRun.of("call", "execve", "\"/nonexistent\"", "0", "0");

        assertThat(run.out()).startsWith("execve(\"/nonexistent\", NULL, NULL) = -1 ENOENT");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DIFFERED);
    }

    @Test
    void survivesACallThatUnmapsEverything() {
        CommandRun run = CommandRun.of("call", "munmap", "0", "0x7ffffffff000");

        assertThat(run.out()).contains("= ?   [").contains("+++ the child was ended by SIGSEGV +++");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DIFFERED);
    }

    @Test
    void letsAChildMakeACallThatMayOverrunItsBuffer() {
        CommandRun run = CommandRun.of("call", "read", "-1", "@1", "100000");

        assertThat(run.out()).contains("= -1 EBADF", "in a child JVM: it may write beyond");
    }

    @Test
    void documentsItself() {
        CommandRun run = CommandRun.of("call", "--help");

        assertThat(run.out()).contains("--all-gates", "'&struct'", "@64", "Exit status");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
    }
}
