package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** busybox changes a copied root directory as it likes, and the directory is byte by byte what it was. */
@Timeout(300)
class CopiedRootProgramsTest {

    /** Says where an i386 busybox-static is, where it is not installed. */
    private static final String VARIABLE = "TRAPGATE_BUSYBOX_I386";

    private static final int EI_CLASS = 4;
    private static final int ELFCLASS32 = 1;
    private static final int E_PHOFF_32 = 28;
    private static final int E_PHNUM_32 = 44;
    private static final int PROGRAM_HEADER_32 = 32;
    private static final int PT_INTERP = 3;

    @TempDir
    private Path directory;

    private Path root;
    private Map<String, String> before;

    @BeforeEach
    void fill() throws IOException {
        Optional<Path> busybox = busybox();
        assumeTrue(
                busybox.isPresent(),
                "needs Debian's busybox-static for i386 as /bin/busybox, or where " + VARIABLE + " says");
        root = Files.createDirectory(directory.resolve("root"));
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("etc/deep/deeper"));
        Files.createDirectories(root.resolve("home/other"));
        Files.copy(busybox.get(), root.resolve("bin/busybox"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(root.resolve("etc/motd"), "hello from the host\n");
        Files.writeString(root.resolve("etc/deep/deeper/numbers"), "1234567890\n".repeat(20_000));
        Files.createLink(root.resolve("etc/same"), root.resolve("etc/motd"));
        Files.createSymbolicLink(root.resolve("etc/link"), Path.of("motd"));
        before = HostSnapshot.of(root);
    }

    private static Optional<Path> busybox() {
        return Stream.of(System.getenv(VARIABLE), "/bin/busybox")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(CopiedRootProgramsTest::isStaticI386)
                .findFirst();
    }

    private static boolean isStaticI386(Path file) {
        try {
            if (!Files.isExecutable(file)) {
                return false;
            }
            ByteBuffer image = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            if (image.get(EI_CLASS) != ELFCLASS32) {
                return false;
            }
            int headers = image.getInt(E_PHOFF_32);
            for (int i = 0; i < image.getShort(E_PHNUM_32); i++) {
                if (image.getInt(headers + i * PROGRAM_HEADER_32) == PT_INTERP) {
                    return false;
                }
            }
            return true;
        } catch (IOException | IndexOutOfBoundsException unreadable) {
            return false;
        }
    }

    /** What a script said, and how it ended. */
    private record Said(int status, String out) {}

    /** Runs the command in a JVM of its own, whose standard output can be had. */
    private Said run(String... command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        List<String> all = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.trapgate.cli.Main",
                                "run",
                                "--timeout",
                                "100",
                                "--root",
                                root.toString(),
                                "--copy",
                                "/bin/busybox"),
                        Stream.of(command))
                .toList();
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(HostSnapshot.of(root)).isEqualTo(before);
        return new Said(process.exitValue(), Files.readString(out));
    }

    @Test
    void rmRemovesAll() throws IOException, InterruptedException {
        assertThat(run("rm", "-rf", "/etc", "/home", "/bin")).isEqualTo(new Said(0, ""));
    }

    @Test
    void cpCopiesTrees() throws IOException, InterruptedException {
        assertThat(run("cp", "-a", "/etc", "/bin", "/home/other")).isEqualTo(new Said(0, ""));
    }

    @Test
    void sedChangesInPlace() throws IOException, InterruptedException {
        assertThat(run("sed", "-i", "s/hello/farewell/", "/etc/motd", "/etc/deep/deeper/numbers"))
                .isEqualTo(new Said(0, ""));
    }

    @Test
    void mvMovesTrees() throws IOException, InterruptedException {
        assertThat(run("mv", "/etc", "/bin", "/home/other")).isEqualTo(new Said(0, ""));
    }

    @Test
    void tarPacksTrees() throws IOException, InterruptedException {
        assertThat(run("tar", "-cf", "/home/all.tar", "-C", "/", "etc", "bin")).isEqualTo(new Said(0, ""));
    }

    @Test
    void aShellSeesWhatItChanges() throws IOException, InterruptedException {
        String script = "echo more >>/etc/same; while read line; do echo \"$line\"; done </etc/motd; "
                + "echo new >/etc/fresh; cd /etc; echo *; >/etc/motd; test -s same; echo $?";

        assertThat(run("sh", "-c", script))
                .isEqualTo(new Said(0, "hello from the host\nmore\ndeep fresh link motd same\n1\n"));
    }

    @Test
    void nothingOfTheTemporaryDirectoryIsLeft() throws IOException, InterruptedException {
        assertThat(run("mkdir", "-p", "/tmp/a/b", "/a/b/c").status()).isZero();
        assertThat(Files.exists(root.resolve("tmp"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }
}
