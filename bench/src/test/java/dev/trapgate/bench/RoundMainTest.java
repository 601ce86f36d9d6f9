package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.bench.call.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RoundMainTest {

    private static final Schedule ENDLESS = new Schedule(1, 1, 600_000, 1, 600_000, 0, 2_000);
    private static final List<String> OPTIONS = List.of("--enable-native-access=ALL-UNNAMED");

    @Test
    void endsWhenWhoeverStartedItIsGone(@TempDir Path directory) throws Exception {
        Process process;
        try (RoundProcess round = RoundProcess.start(OPTIONS, directory, ENDLESS, List.of(ffmGetppid()))) {
            round.nextLine();
            process = round.process();
            process.outputWriter().close();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        }
    }

    @Test
    void isEndedByClosing(@TempDir Path directory) throws Exception {
        Process process;
        try (RoundProcess round = RoundProcess.start(OPTIONS, directory, ENDLESS, List.of(ffmGetppid()))) {
            round.nextLine();
            process = round.process();
        }

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysWhatTheJvmComplainedOf(@TempDir Path directory) throws Exception {
        try (RoundProcess round =
                RoundProcess.start(List.of("-XX:NoSuchOption"), directory, ENDLESS, List.of(ffmGetppid()))) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(round::nextLine))
                    .isInstanceOf(RoundFailedException.class)
                    .hasMessageContaining("status 1")
                    .hasMessageContaining("NoSuchOption");
        }
    }

    private static String ffmGetppid() {
        return Row.all()
                .map(Row::benchmark)
                .filter(name -> name.endsWith("Getppid.ffm"))
                .findFirst()
                .orElseThrow();
    }
}
