package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostStateTest {

    @Test
    void readsTheKernelsFiles(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(root.resolve("proc/loadavg"), "1.25 0.90 0.80 2/300 4711\n");
        Files.writeString(
                root.resolve("proc/stat"), "cpu  10 20 30 40 50 60 70 80 900 1000\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
        for (String cpu : new String[] {"cpu0", "cpu1"}) {
            Path throttle = root.resolve("sys/devices/system/cpu/" + cpu + "/thermal_throttle");
            Files.createDirectories(throttle);
            Files.writeString(throttle.resolve("core_throttle_count"), cpu.charAt(3) + "\n");
        }

        assertThat(HostState.observe(new HostFiles(root)))
                .isEqualTo(new HostState(OptionalDouble.of(1.25), 360, 80, 1));
    }

    @Test
    void findsTheShareThatWasStolen() {
        HostState before = new HostState(OptionalDouble.empty(), 1000, 10, 0);

        assertThat(before.stealPercent(new HostState(OptionalDouble.empty(), 1200, 15, 0)))
                .hasValue(2.5);
        assertThat(before.stealPercent(before)).isEmpty();
    }

    @Test
    void seesThisHost() {
        assertThat(HostState.observe(new HostFiles(Path.of("/"))).ticks()).isPositive();
    }
}
