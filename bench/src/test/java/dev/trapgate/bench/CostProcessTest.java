package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trapgate.cli.CostDocument;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocumentReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole command in a process of its own, as a user runs it. */
@Timeout(240)
class CostProcessTest {

    private static final int USAGE = 2;
    private static final int ENDED_BY = 128;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private Path directory = Path.of("");

    @BeforeEach
    void workIn(@TempDir Path temporary) {
        directory = temporary;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.trapgate.cli.Main",
                "cost"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
    }

    private String refusal(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(USAGE);
        return said;
    }

    @Test
    void saysBeforeItMeasuresThatAFileCannotBeWritten() throws IOException, InterruptedException {
        String missing = directory.resolve("missing").resolve("report.html").toString();

        assertThat(refusal("--quick", "--html", missing))
                .contains(missing, "does not exist")
                .doesNotContain("round 1");
    }

    @Test
    void saysBeforeItMeasuresThatAFileIsAskedForTwice() throws IOException, InterruptedException {
        String file = directory.resolve("report").toString();

        assertThat(refusal("--quick", "--json", file, "--html", file))
                .contains("asked for twice")
                .doesNotContain("round 1");
        assertThat(Path.of(file)).doesNotExist();
    }

    @Test
    void makesAPageOfASavedReportWithoutMeasuring() throws IOException, InterruptedException {
        Path saved = Files.writeString(directory.resolve("saved.json"), CostJson.of(SampleReport.make()));
        Path page = directory.resolve("page.html");
        Path csv = directory.resolve("rows.csv");

        Process process = start("--from", saved.toString(), "--html", page.toString(), "--csv", csv.toString());
        assertThat(process.waitFor()).isZero();

        assertThat(page).content().contains("<!DOCTYPE html>", "The load was high.", "java SYSCALL");
        assertThat(csv).content().contains("getppid,java,java,SYSCALL");
        assertThat(directory.resolve("out"))
                .content()
                .contains("A CPU", "getppid")
                .doesNotContain("█");
    }

    @Test
    void keepsWhatItMeasuredWhenItIsTerminated() throws IOException, InterruptedException {
        assertKeptAfter("TERM", SIGTERM);
    }

    @Test
    void keepsWhatItMeasuredWhenItIsInterrupted() throws IOException, InterruptedException {
        assumeThat(isIgnored(SIGINT))
                .as("whether this process ignores SIGINT, and so do its children")
                .isFalse();
        assertKeptAfter("INT", SIGINT);
    }

    private void assertKeptAfter(String name, int signal) throws IOException, InterruptedException {
        Path json = directory.resolve("cut.json");
        Path page = directory.resolve("cut.html");
        Process process = start("--full", "--calls", "getppid", "--json", json.toString(), "--html", page.toString());
        ProcessHandle measuring = waitForSomeRows(process);
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ENDED_BY + signal);
        CostDocument kept = CostDocumentReader.parse(Files.readString(json), "what was kept");
        assertThat(kept.warnings()).anyMatch(warning -> warning.startsWith("The run was cut short in round 1 of 11"));
        assertThat(kept.rows()).anyMatch(row -> row.figures().isPresent());
        assertThat(kept.rows())
                .filteredOn(row -> row.figures().isEmpty())
                .isNotEmpty()
                .extracting(Row::note)
                .allSatisfy(note -> assertThat(note.orElseThrow()).doesNotContain("ended with status"));
        assertThat(page).content().contains("The run was cut short", "</html>");
        assertThat(measuring.onExit()).succeedsWithin(Duration.ofSeconds(30));
    }

    /** {@return the JVM that measures} */
    private static ProcessHandle waitForSomeRows(Process process) throws IOException, InterruptedException {
        BufferedReader progress = process.errorReader();
        String line = progress.readLine();
        while (line != null && !line.startsWith("round 1 ")) {
            line = progress.readLine();
        }
        assertThat(line).as("what it said last").isNotNull();
        ProcessHandle measuring = process.descendants().findFirst().orElseThrow();
        // A row takes a good half second; without any, there would be nothing to keep.
        while (process.isAlive() && progress.readLine() == null) {
            Thread.sleep(100);
        }
        Thread.ofVirtual().start(() -> progress.lines().forEach(ignored -> {}));
        return measuring;
    }

    /** Whether a signal is ignored, as in what a shell starts with an ampersand, by the mask in proc_pid_status(5). */
    private static boolean isIgnored(int signal) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(mask -> (mask >> (signal - 1) & 1) == 1);
        }
    }
}
