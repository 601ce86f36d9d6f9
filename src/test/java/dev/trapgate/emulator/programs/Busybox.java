package dev.trapgate.emulator.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's busybox-static: installed, where a variable says, or downloaded by apt into {@code target/busybox}. */
public enum Busybox {
    /** For 64-bit programs. */
    AMD64("amd64", 2, 62),
    /** For 32-bit programs. */
    I386("i386", 1, 3);

    private static final int EI_CLASS = 4;
    private static final int E_MACHINE = 18;
    private static final int DEADLINE_SECONDS = 120;
    private static final int HEADERS = 1 << 12;

    private final String architecture;
    private final int elfClass;
    private final int machine;

    Busybox(String architecture, int elfClass, int machine) {
        this.architecture = architecture;
        this.elfClass = elfClass;
        this.machine = machine;
    }

    /** {@return the name of Debian's architecture} */
    public String architecture() {
        return architecture;
    }

    /** {@return the program; a test without it is skipped, with the reason} */
    public Path orSkip() {
        String variable = "TRAPGATE_BUSYBOX_" + name();
        Optional<Path> found = Stream.of(
                        System.getenv(variable), "/bin/busybox", downloaded().toString())
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(this::isStatic)
                .findFirst()
                .or(this::download);
        assumeTrue(
                found.isPresent(),
                "needs Debian's busybox-static for " + architecture + ": as /bin/busybox, where " + variable
                        + " says, or from apt, which could not download it");
        return found.orElseThrow();
    }

    private Path downloaded() {
        return Path.of("target", "busybox", architecture, "bin", "busybox");
    }

    private boolean isStatic(Path file) {
        if (!Files.isExecutable(file)) {
            return false;
        }
        try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "r")) {
            byte[] head = new byte[HEADERS];
            image.readFully(head);
            boolean dynamic = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1).contains("/ld-");
            return head[EI_CLASS] == elfClass && head[E_MACHINE] == machine && !dynamic;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** By a package list of its own: nothing of this machine's apt is changed. */
    private Optional<Path> download() {
        String script =
                "set -e; d=$1; a=$2; mkdir -p \"$d/state/lists/partial\" \"$d/cache/archives/partial\"; cd \"$d\"; "
                        + "o=\"-o APT::Architecture=$a -o APT::Architectures=$a -o Dir::State=$d/state -o Dir::Cache=$d/cache"
                        + " -o Dir::State::status=/dev/null -o APT::Sandbox::User=root\"; apt-get $o update; "
                        + "apt-get $o download busybox-static:$a; dpkg-deb -x busybox-static_*.deb .; "
                        + "if [ ! -e bin/busybox ]; then mkdir -p bin; ln usr/bin/busybox bin/busybox; fi";
        Path directory = Path.of("target", "busybox", architecture).toAbsolutePath();
        Process apt = null;
        try {
            apt = new ProcessBuilder("sh", "-c", script, "sh", directory.toString(), architecture)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean done = apt.waitFor(DEADLINE_SECONDS, java.util.concurrent.TimeUnit.SECONDS) && apt.exitValue() == 0;
            return done && isStatic(downloaded()) ? Optional.of(downloaded()) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (apt != null) {
                apt.destroyForcibly();
            }
        }
    }
}
