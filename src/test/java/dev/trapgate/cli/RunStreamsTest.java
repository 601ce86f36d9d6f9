package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.programs.Busybox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes and files as standard streams: a shell on this machine starts the program, natively and by {@code run}. */
@Timeout(120)
class RunStreamsTest {

    @TempDir
    private Path directory;

    private Path busybox;

    @BeforeEach
    void find() {
        busybox = Busybox.AMD64.orSkip().toAbsolutePath();
    }

    private String run() {
        return String.join(
                " ",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp",
                "'" + System.getProperty("java.class.path") + "'",
                Main.class.getName(),
                "run",
                busybox.toString());
    }

    /** What a script showed, how it ended, and what it left in a file. */
    private record Left(int status, String out, String file) {}

    private Left play(String program, String script) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("file"), "first\nsecond\nthird\n");
        String whole = script.replace("PROGRAM", program).replace("FILE", file.toString());
        String piped = "printf 'from a pipe\\nand more\\n' | { " + whole + "\n}";
        Process shell = new ProcessBuilder("bash", "-c", piped)
                .redirectErrorStream(true)
                .start();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Left(shell.exitValue(), out, Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROGRAM cat",
                "PROGRAM cat <FILE",
                "PROGRAM cat </dev/null; PROGRAM head -c 3 </dev/zero | od -c",
                "{ PROGRAM sh -c 'read x; echo \"<$x>\"'; cat; } <FILE",
                "{ read x; PROGRAM cat; } <FILE",
                "{ echo a; PROGRAM echo b; echo c; } >FILE",
                "{ echo a; PROGRAM sh -c 'echo b; echo e >&2; echo d'; echo c; } >FILE 2>&1",
                "PROGRAM echo more >>FILE",
                "PROGRAM sh -c 'for f in 0 1 2; do [ -t $f ] && echo terminal $f; done; echo none'",
                "PROGRAM yes | head -n 2; echo ${PIPESTATUS[0]}",
                "PROGRAM tail -n 1 <FILE",
                "PROGRAM tail -c 3 <FILE; PROGRAM tac <FILE",
                "PROGRAM dd bs=3 skip=2 count=1 <FILE 2>/dev/null",
                "PROGRAM dd conv=notrunc seek=1 bs=2 >FILE 2>/dev/null",
                "PROGRAM dd conv=notrunc seek=1 bs=2 1<>FILE 2>/dev/null",
                "PROGRAM stat -L -c %F-%a-%i /proc/self/fd/0 <FILE; PROGRAM readlink /proc/self/fd/0 <FILE",
                "PROGRAM stat -L -c %F /proc/self/fd/0; PROGRAM stat -L -c %F /proc/self/fd/2 2>/dev/null"
            })
    void areAsTheyAreNatively(String script) throws Exception {
        List<Left> left = new ArrayList<>();
        for (String program : List.of(busybox.toString(), run())) {
            left.add(play(program, script));
        }

        assertThat(left.getLast()).isEqualTo(left.getFirst());
    }
}
