package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostComparisonTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static String row(String caller, double nanos, double ratio) {
        return String.format(Locale.ROOT, """
                {"call": "getppid", "caller": "%1$s", "label": "%1$s batch of 64", "gate": "SYSCALL", "linkage": "ordinary",
                 "batch": 64, "nsPerOp": %2$s, "nsByRound": %3$s, "baseline": "c SYSCALL",
                 "ratio": %4$s, "ratioByRound": %5$s}""", caller, nanos, rounds(nanos), ratio, rounds(ratio));
    }

    private static String javaRow(double nanos, double ratio) {
        return row("java", nanos, ratio);
    }

    private static String cRow(double nanos) {
        return String.format(Locale.ROOT, """
                {"call": "getppid", "caller": "c", "gate": "SYSCALL", "linkage": null, "nsPerOp": %s, "nsByRound": %s,
                 "baseline": "c SYSCALL", "ratio": 1.0, "ratioByRound": [1, 1, 1, 1, 1]}""", nanos, rounds(nanos));
    }

    /** Five rounds around a median, two percent apart. */
    private static List<Double> rounds(double median) {
        return List.of(0.98 * median, 1.02 * median, median, 0.96 * median, 1.04 * median);
    }

    private Path report(String name, String kernel, String... rows) throws IOException {
        String text = "{\"version\": 1, \"host\": {\"cpu\": \"one\", \"kernel\": \"" + kernel + "\"}, \"rows\": ["
                + String.join(", ", rows) + "]}";
        return Files.writeString(directory.resolve(name), text);
    }

    private int compare(Path before, Path after) {
        return run("cost", "--compare", before.toString(), after.toString());
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void saysWhatHasChangedByMoreThanChance() throws IOException {
        Path before = report("before.json", "6.1", javaRow(130, 1.1), cRow(118));
        Path after = report("after.json", "6.18", javaRow(104, 0.9), cRow(119));

        assertThat(compare(before, after)).isEqualTo(ExitStatus.DIFFERED);
        assertThat(out.toString())
                .containsPattern("kernel +before +6\\.1\n +after +6\\.18\n")
                .containsPattern(
                        "getppid +java batch of 64 +SYSCALL +ordinary +130\\.0 +104\\.0 +−20 % +1\\.10 +0\\.90 +−18 %")
                .containsPattern("getppid +c +SYSCALL +118\\.0 +119\\.0 +~\n")
                .doesNotContain("cpu");
    }

    @Test
    void doesNotTakeNoiseForAChange() throws IOException {
        Path before = report("before.json", "6.18", javaRow(130, 1.1));
        Path after = report("after.json", "6.18", javaRow(133, 1.12));

        assertThat(compare(before, after)).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .contains("both were measured in the same environment")
                .containsPattern("130\\.0 +133\\.0 +~ +1\\.10 +1\\.12 +~");
    }

    @Test
    void doesNotCallAChangeWhatIsLessThanTheNoiseFloor() throws IOException {
        Path before = report("before.json", "6.18", javaRow(130, 1.1));
        Path after = report("after.json", "6.18", javaRow(150, 1.27));
        Files.writeString(after, Files.readString(after).replace("\"host\"", """
                "noiseFloor": {"median": 1.2, "lowest": 1.1, "highest": 1.3}, "host\""""));

        assertThat(compare(before, after)).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).containsPattern("130\\.0 +150\\.0 +~");
    }

    @Test
    void saysWhereThereAreTooFewRounds() throws IOException {
        String hasty =
                "{\"call\": \"getppid\", \"caller\": \"c\", \"gate\": \"SYSCALL\", \"nsPerOp\": 5, \"nsByRound\": [5, 6]}";
        Path before = report("before.json", "6.18", hasty);

        assertThat(compare(before, before)).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).containsPattern("getppid +c +SYSCALL +5\\.00 +5\\.00 +\\?");
    }

    @Test
    void namesRowsThatOnlyOneReportHas() throws IOException {
        Path before = report("before.json", "6.18", javaRow(130, 1.1));
        Path after = report("after.json", "6.18", cRow(118));

        assertThat(compare(before, after)).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .contains("only before: getppid by java batch of 64 SYSCALL ordinary")
                .contains("only after: getppid by c SYSCALL");
    }

    @Test
    void takesRowsThatWereNotMeasured() throws IOException {
        String hindered = "{\"call\": \"getppid\", \"caller\": \"jni\", \"gate\": \"GLIBC\", \"nsPerOp\": null}";
        Path before = report("before.json", "6.18", hindered);
        Path after = report("after.json", "6.18", hindered);

        assertThat(compare(before, after)).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).containsPattern("getppid +jni +GLIBC +– +–");
    }

    @Test
    void refusesWhatIsNoReport() throws IOException {
        Path good = report("good.json", "6.18", javaRow(130, 1.1));

        assertRefused(good, directory.resolve("absent.json"), "there is no such file");
        assertRefused(good, Files.writeString(directory.resolve("empty.json"), ""), "it has no object");
        assertRefused(good, Files.writeString(directory.resolve("list.json"), "[1]"), "is not what");
        assertRefused(good, Files.writeString(directory.resolve("cut.json"), "{\"host\": {"), "is not what");
        assertRefused(good, report("nameless.json", "6.18", "{\"nsPerOp\": 1}"), "row 1 names no call");
        assertRefused(good, report("null.json", "6.18", "null"), "row 1 names no call");
        assertRefused(good, report("empty-rows.json", "6.18"), "it has no rows");
        assertRefused(good, report("twice.json", "6.18", cRow(1), cRow(1)), "row 2 is there twice");
        assertRefused(good, report("negative.json", "6.18", cRow(-1)), "row 1 took no time that can be");
        assertRefused(good, versioned("future.json", "\"version\": 2"), "version 2", "reads version 1");
        assertRefused(good, versioned("past.json", "\"v\": 1"), "measure again");
        assertRefused(good, Files.write(directory.resolve("binary.json"), new byte[] {(byte) 0xff, 0}), "not text");
        assertRefused(good, directory, "cannot read");
    }

    private Path versioned(String name, String version) throws IOException {
        Path report = report(name, "6.18", cRow(118));
        return Files.writeString(report, Files.readString(report).replace("\"version\": 1", version));
    }

    private void assertRefused(Path before, Path after, String... reasons) {
        err.getBuffer().setLength(0);
        assertThat(compare(before, after)).as(reasons[0]).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString())
                .contains(reasons)
                .contains(after.getFileName().toString());
    }

    @Test
    void takesTwoFilesAndNothingElse() throws IOException {
        Path good = report("good.json", "6.18", javaRow(130, 1.1));

        assertThat(run("cost", "--compare", good.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(run("cost", "--quick", "--compare", good.toString(), good.toString()))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("--compare takes two files and no other option");
    }
}
