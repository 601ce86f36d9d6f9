package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host of files. */
class FitnessTest {

    private static final HostState QUIET = new HostState(OptionalDouble.of(0.1), 1000, 0, 0);

    @TempDir
    private Path root;

    private Fitness fitness;

    @BeforeEach
    void beAFitHost() throws IOException {
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance");
        write("proc/sys/kernel/osrelease", "6.18");
        write("boot/config-6.18", "CONFIG_SMP=y\n# CONFIG_KASAN is not set\nCONFIG_SLUB_DEBUG=y");
        fitness = new Fitness(new HostFiles(root), 2);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }

    private List<String> warnings() {
        return fitness.warnings(QUIET, QUIET);
    }

    @Test
    void findsNothingWrongWithAFitHost() {
        assertThat(warnings()).isEmpty();
    }

    @Test
    void findsNothingWrongWhereNothingIsTold() {
        Fitness silent = new Fitness(new HostFiles(root.resolve("absent")), 2);
        HostState unknown = HostState.observe(new HostFiles(root.resolve("absent")));

        assertThat(silent.warnings(unknown, unknown)).isEmpty();
    }

    @Test
    void warnsOfLoad() {
        HostState busy = new HostState(OptionalDouble.of(1.2), 1000, 0, 0);
        HostState busier = new HostState(OptionalDouble.of(2.5), 2000, 0, 0);

        assertThat(fitness.warnings(busy, QUIET)).singleElement().asString().contains("1.20 on 2 processors", "began");
        assertThat(fitness.warnings(QUIET, busier)).singleElement().asString().contains("2.50", "ended");
    }

    @Test
    void warnsOfStealAndOfHeat() {
        HostState after = new HostState(OptionalDouble.of(0.1), 2000, 20, 3);

        assertThat(fitness.warnings(QUIET, after))
                .satisfiesExactly(steal -> assertThat(steal).contains("2.0 %", "steal"), heat -> assertThat(heat)
                        .contains("3 times", "hot"));
    }

    @Test
    void warnsOfTheClockSource() throws IOException {
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet");

        assertThat(warnings()).singleElement().asString().contains("hpet", "tsc");
    }

    @Test
    void warnsOfAGovernorThatSavesPower() throws IOException {
        write("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave");

        assertThat(warnings()).singleElement().asString().contains("powersave");
    }

    @Test
    void warnsOfAKernelForFindingFaults() throws IOException {
        write("boot/config-6.18", "CONFIG_KASAN=y\nCONFIG_PROVE_LOCKING=y\nCONFIG_SMP=y");

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("CONFIG_KASAN, CONFIG_PROVE_LOCKING")
                .doesNotContain("SMP");
    }
}
