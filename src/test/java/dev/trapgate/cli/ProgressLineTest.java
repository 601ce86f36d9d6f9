package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.cli.ProgressLine.Device;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final StringWriter written = new StringWriter();
    private long now = 5;

    @Test
    void writesOverItsLineOnATerminalAndTakesItOffAtTheEnd() {
        try (ProgressLine progress = line(Device.TERMINAL)) {
            progress.accept("a long line");
            progress.accept("short");
        }

        assertThat(written).hasToString("\r\033[Ka long line\r\033[Kshort\r\033[K");
    }

    @Test
    void leavesATerminalAloneThatWasToldNothing() {
        line(Device.TERMINAL).close();

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void tellsAPipeTheFirstLineAndThenOnlyNowAndThen() {
        try (ProgressLine progress = line(Device.STREAM)) {
            progress.accept("one");
            now += ProgressLine.STREAM_PAUSE_NANOS - 1;
            progress.accept("two");
            now += 1;
            progress.accept("three");
            progress.accept("four");
        }

        assertThat(written.toString().lines()).containsExactly("one", "three");
    }

    private ProgressLine line(Device device) {
        return new ProgressLine(new PrintWriter(written), device, () -> now);
    }
}
