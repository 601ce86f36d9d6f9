package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.cli.Screen;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CostTableTest {

    private final List<String> lines = lines(Screen.PLAIN);

    @Test
    void beginsWithWarningsAndTheEnvironment() {
        assertThat(lines).startsWith("warning: The load was high.", "", "cpu     A CPU", "kernel  Linux 1");
    }

    @Test
    void alignsARowUnderItsHeading() {
        String heading = line("getppid ");
        String row = line("  java +SYSCALL +ordinary");

        assertThat(row).containsPattern(" 165\\.0 .* 0\\.0 +1\\.10 +1\\.10–1\\.10 +0\\.69$");
        assertThat(row.indexOf("165.0") + "165.0".length()).isEqualTo(heading.indexOf("ns/op") + "ns/op".length());
        assertThat(row.indexOf("SYSCALL")).isEqualTo(heading.indexOf("gate"));
    }

    @Test
    void marksWhatOthersAreComparedWith() {
        assertThat(line("  c +SYSCALL ")).containsPattern(" 150\\.0 .* = ");
    }

    @Test
    void saysInTheRowWhyItIsMissing() {
        assertThat(line("  jni ")).contains("–").endsWith("there is no C compiler");
    }

    @Test
    void drawsBarsWhereThereIsRoom() {
        List<String> wide = lines(new Screen(200, true));

        assertThat(wide).anySatisfy(line -> assertThat(line).startsWith("  c ").endsWith("█"));
        assertThat(wide.getLast()).startsWith("bars ");
    }

    @Test
    void drawsNoBarsWhereThereIsNoRoomOrNoneAreWanted() {
        assertThat(lines(new Screen(100, true))).isEqualTo(lines);
        assertThat(lines(new Screen(200, false))).isEqualTo(lines);
        assertThat(String.join("", lines)).doesNotContain("█");
    }

    private static List<String> lines(Screen screen) {
        return new CostTable(SampleReport.document(), screen).lines();
    }

    private String line(String start) {
        return lines.stream()
                .filter(line -> Pattern.compile(start).matcher(line).lookingAt())
                .findFirst()
                .orElseThrow();
    }
}
