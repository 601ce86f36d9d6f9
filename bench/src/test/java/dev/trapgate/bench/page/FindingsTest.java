package dev.trapgate.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.bench.page.Findings.Finding;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.Spread;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private static final Row RAW = SampleDocument.row("getppid", "java", "SYSCALL", "ordinary", 1, 130);
    private static final Row C_GLIBC = SampleDocument.row("getppid", "c", "GLIBC", "", 1, 195);
    private static final Row C_INLINE = SampleDocument.row("getppid", "c", "SYSCALL", "", 1, 117);
    private static final Row JNI = SampleDocument.row("getppid", "jni", "GLIBC", "ordinary", 1, 260);

    private static Optional<String> finding(String title, Optional<Spread> noise, Row... rows) {
        return new Findings(SampleDocument.of(List.of(rows), noise))
                .all().stream()
                        .filter(found -> found.title().equals(title))
                        .map(Finding::text)
                        .findFirst();
    }

    private static Optional<String> finding(String title, Row... rows) {
        return finding(title, Optional.empty(), rows);
    }

    @Test
    void saysWhoWins() {
        assertThat(finding("What wins", RAW, JNI)).hasValueSatisfying(text -> assertThat(text)
                .contains("as fast as any in 1 of 1 operations.")
                .doesNotContain("Clearly faster"));
    }

    @Test
    void saysWhereAPeerWins() {
        Row fast = SampleDocument.row("getppid", "ffm", "GLIBC", "ordinary", 1, 65);

        assertThat(finding("What wins", RAW, fast)).hasValueSatisfying(text -> assertThat(text)
                .contains("in 0 of 1 operations.", "Clearly faster: ffm GLIBC on getppid (0.50× of Trapgate's time)"));
    }

    @Test
    void leavesOutWhatMakesNoCall() {
        Row kept = SampleDocument.row("getppid", "jdk", "", "ordinary", 1, 1);

        assertThat(finding("What wins", RAW, JNI, kept)).hasValueSatisfying(text -> assertThat(text)
                .contains("in 1 of 1 operations.", "Left out, for the answer is kept and no call made: jdk on getppid.")
                .doesNotContain("Clearly faster"));
    }

    @Test
    void doesNotCallClearWhatIsWithinTheNoise() {
        Row fast = SampleDocument.row("getppid", "ffm", "GLIBC", "ordinary", 1, 100);
        Optional<Spread> noise = Optional.of(new Spread(1.1, 1.3, 1.5));

        assertThat(finding("What wins", noise, RAW, fast))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("1 of 1 operations").doesNotContain("Clearly"));
    }

    @Test
    void comparesWithTheBareInstructionWhereTheKernelIsEntered() {
        assertThat(finding("Beside the bare instruction", RAW, C_GLIBC, C_INLINE, JNI))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("the same in C 0.90×, C through glibc 1.50× and JNI 2.00×"));
    }

    @Test
    void leavesOutOfThatWhatTheVdsoAnswers() {
        Row vdso = SampleDocument.row("getppid", "c", "GLIBC", "", 1, 20);

        assertThat(finding("Beside the bare instruction", RAW, vdso, C_INLINE, JNI))
                .isEmpty();
    }

    @Test
    void saysWhatABatchSaves() {
        Row batch = SampleDocument.row("getppid", "java", "SYSCALL", "ordinary", 64, 104);
        Row useless = SampleDocument.row("getppid", "java", "SYSCALL", "ordinary", 64, 129);

        assertThat(finding("When to batch", RAW, batch)).hasValueSatisfying(text -> assertThat(text)
                .contains("64 at a time: saves 20 % (104 ns a call, 130 ns one by one)"));
        assertThat(finding("When to batch", RAW, useless))
                .hasValueSatisfying(text -> assertThat(text).contains("no clear difference"));
    }

    @Test
    void saysWhetherCriticalIsWorthIt() {
        Row critical = SampleDocument.row("getppid", "java", "SYSCALL", "critical", 1, 104);

        assertThat(finding("When critical is worth it", RAW, critical)).hasValueSatisfying(text -> assertThat(text)
                .contains("java SYSCALL 0.80×, clearly faster in 1 of 1", "never sleep"));
    }

    @Test
    void leavesOutWhatItCannotTell() {
        assertThat(new Findings(SampleDocument.of(List.of(C_INLINE), Optional.empty())).all())
                .isEmpty();
    }
}
