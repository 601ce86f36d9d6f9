package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlayGroundTest {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @BeforeEach
    void thereIsSharedMemory() {
        Assumptions.assumeTrue(Files.isWritable(SHARED_MEMORY), "/dev/shm cannot be written to");
    }

    @Test
    void deletesWhatAProcessThatIsGoneHasLeft() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path left = directoryOf(gone.pid());
        Files.createDirectories(left.resolve("a/000000/u"));
        Files.writeString(left.resolve("a/000000/u/f"), "f");

        new PlayGround().close();

        assertThat(left).doesNotExist();
    }

    @Test
    void keepsWhatALivingProcessHas() throws IOException {
        Path other = directoryOf(ProcessHandle.current().pid());
        Files.createDirectories(other);
        try {
            new PlayGround().close();

            assertThat(other).exists();
        } finally {
            Files.delete(other);
        }
    }

    @Test
    void noTwoHaveTheSameDirectory() {
        try (PlayGround one = new PlayGround();
                PlayGround other = new PlayGround()) {
            assertThat(one.path()).isNotEqualTo(other.path());
        }
    }

    @Test
    void aRunnerWhoseChildHasAFileSystemOfItsOwnPutsNothingOnTheHosts() throws IOException {
        try (DifferentialRunner runner = new DifferentialRunner(Gate.SYSCALL, Gate.EMULATED_SYSCALL)) {
            Assumptions.assumeTrue(runner.users().contains(User.ROOT), "only root's children have one");
            Scenario scenario = Scenario.of("a file", "openat(AT_FDCWD, \"a\", O_RDWR|O_CREAT, 0644)");
            Verdict verdict = runner.compare(scenario, User.ROOT).join();
            Assumptions.assumeFalse(verdict.outcome() == Verdict.Outcome.UNPLAYED, verdict.why());

            assertThat(own()).isEmpty();
        } catch (GateUnavailableException shut) {
            Assumptions.abort(shut.getMessage());
        }
        assertThat(own()).isEmpty();
    }

    private static Path directoryOf(long process) {
        return SHARED_MEMORY.resolve("trapgate-diff-" + process + "-999999");
    }

    private static List<Path> own() throws IOException {
        try (var found = Files.list(SHARED_MEMORY)) {
            String prefix = "trapgate-diff-" + ProcessHandle.current().pid() + "-";
            return found.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }
}
