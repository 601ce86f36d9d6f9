package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.programs.Busybox;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import dev.trapgate.io.Termios;
import dev.trapgate.io.WindowSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program under {@code run} in a terminal: what its user sees is what the program natively shows, byte by byte. */
@Timeout(300)
class RunInTerminalTest {

    private static final WindowSize SIZE = new WindowSize(31, 97, 0, 0);
    private static final String PROMPT = "> \u001b[6n";

    private Path busybox;

    @BeforeEach
    void find() {
        OpenGate.orSkip(Gate.LIBC_SYSCALL);
        busybox = Busybox.AMD64.orSkip();
    }

    private static List<String> run() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run");
    }

    private TerminalSession emulated(String... arguments) throws IOException {
        return start(run(), arguments);
    }

    private TerminalSession start(List<String> before, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(busybox.toString());
        command.addAll(Arrays.asList(arguments));
        return TerminalSession.start(SIZE, command);
    }

    private record Seen(String transcript, int status) {}

    private Seen see(List<String> before, Consumer<TerminalSession> user, String... arguments) throws Exception {
        try (TerminalSession session = start(before, arguments)) {
            user.accept(session);
            int status = session.end();
            return new Seen(session.transcript(), status);
        }
    }

    private void looksAlike(Consumer<TerminalSession> user, String... arguments) throws Exception {
        assertThat(see(run(), user, arguments)).isEqualTo(see(List.of(), user, arguments));
    }

    @Test
    void aShellEditsLinesAndHearsOfInterruptsAndOfTheEnd() throws Exception {
        looksAlike(
                user -> user.answer(PROMPT, "echo hellx\u007fo\n")
                        .answer(PROMPT, "abc\u0003")
                        .answer(PROMPT, "foo bar\u0017\u0015echo $((6*7))\n")
                        .answer(PROMPT, "read x; echo \"<$x>\"\n")
                        .answer("\r\n", "typed\tlinx\u007fe\n")
                        .answer(PROMPT, "echo g''o; while :; do :; done\n")
                        .answer("go\r\n", "\u0003")
                        .answer(PROMPT, "\u0004")
                        .await("\r\n"),
                "sh");
    }

    /** Programs of the shell in the foreground and the background, stopped and continued, with the terminal's keys. */
    @Test
    void aShellControlsItsJobs() throws Exception {
        looksAlike(
                user -> user.answer(PROMPT, "stty size\n")
                        .answer(PROMPT, "echo start; cat\n")
                        .answer("start\r\n", "to cat\n")
                        .answer("to cat\r\nto cat\r\n", "\u001a")
                        .answer("Stopped", "")
                        .answer(PROMPT, "jobs\n")
                        .answer(PROMPT, "fg\n")
                        .answer("cat\r\n", "again\n")
                        .answer("again\r\nagain\r\n", "\u0004")
                        .answer(PROMPT, "sh -c 'echo looping; while :; do :; done'\n")
                        .answer("looping\r\n", "\u0003")
                        .answer(PROMPT, "echo $?; seq 9 | tail -n 1\n")
                        .answer("9\r\n", "")
                        .answer(PROMPT, "exit 7\n"),
                "sh");
    }

    /** The kernel's own line discipline, not the shell's: a tab, a word, a control character and a line are taken back. */
    @Test
    void aProgramThatReadsLinesSeesThemAsTheyWereEdited() throws Exception {
        looksAlike(
                user -> {
                    user.answer(
                            "ready\r\n",
                            "one\ttwo\u007f\u007f\u007f\u007f!\nsome words\u0017more\ngone\u0015\u0001b\u007f\u007fkept\n");
                    user.answer("<kept>\r\n", "\u0016\u0003literal\n");
                    user.answer("literal>\r\n", "rest\u0012\n");
                    user.answer("<rest>\r\n", "no end\u0004");
                    user.answer("no end", "\u0004");
                },
                "sh",
                "-c",
                "echo ready; while read -r x; do echo \"<$x>\"; done; echo \"[$x]\"");
    }

    @Test
    void theInterruptKeyKillsAProgramAndNothingIsSaid() throws Exception {
        looksAlike(user -> user.answer("waiting\r\n", "\u0003"), "sh", "-c", "echo waiting; while :; do :; done");
    }

    @Test
    void theTerminalHasTheSizeAndTheNameAndTheSettingsOfThisOne() throws Exception {
        looksAlike(user -> {}, "stty", "size");
        looksAlike(user -> {}, "stty", "-a");
        looksAlike(user -> {}, "stty", "-echo");
        assertThat(see(run(), user -> {}, "tty")).isEqualTo(new Seen("/dev/pts/0\r\n", 0));
    }

    @Test
    void aProgramHearsOfAnotherSize() throws Exception {
        looksAlike(
                user -> {
                    user.await("go\r\n").resize(new WindowSize(10, 20, 0, 0));
                    user.await("resized\r\n");
                },
                "sh",
                "-c",
                "trap 'echo resized; exit 3' WINCH; echo go; while :; do :; done");
    }

    @Test
    void theSettingsAreWhatTheyWereHoweverTheProgramEnds() throws Exception {
        try (TerminalSession session = emulated("sh")) {
            Termios before = session.settings();
            session.await(PROMPT);
            assertThat(session.settings()).isNotEqualTo(before);
            session.type("exit 5\n");
            assertThat(session.end()).isEqualTo(5);
            assertThat(session.settings()).isEqualTo(before);
        }
    }

    @Test
    void theSettingsAreWhatTheyWereAfterTheJvmWasToldToEnd() throws Exception {
        try (TerminalSession session = emulated("sh")) {
            Termios before = session.settings();
            session.await(PROMPT);
            session.process().destroy();
            session.end();
            assertThat(session.settings()).isEqualTo(before);
        }
    }

    @Test
    void theSettingsAreWhatTheyWereAfterTheJvmWasKilled() throws Exception {
        try (TerminalSession session = emulated("sh")) {
            Termios before = session.settings();
            session.await(PROMPT);
            session.process().destroyForcibly().waitFor();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!session.settings().equals(before) && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(session.settings()).isEqualTo(before);
        }
    }
}
