package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostComparisonTest {

    private static final String C_ROW = """
            {"call": "getppid", "caller": "c", "gate": "SYSCALL", "linkage": null, "depth": 0,
             "nsPerOp": %s, "error": 2.0, "baseline": "c SYSCALL",
             "ratio": 1.0, "ratioLowest": 1.0, "ratioHighest": 1.0}""";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static String javaRow(double nanos, double lowest, double ratio, double highest) {
        return String.format(Locale.ROOT, """
                {"call": "getppid", "caller": "java", "gate": "SYSCALL", "linkage": "ordinary", "depth": 0, "batch": 64,
                 "nsPerOp": %s, "error": 5.0, "baseline": "c SYSCALL",
                 "ratio": %s, "ratioLowest": %s, "ratioHighest": %s}""", nanos, ratio, lowest, highest);
    }

    private Path report(String name, String kernel, String... rows) throws IOException {
        String text = "{\"host\": {\"cpu\": \"one\", \"kernel\": \"" + kernel + "\"}, \"rows\": ["
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
    void saysWhatHasChangedByMoreThanTheSpread() throws IOException {
        Path before = report("before.json", "6.1", javaRow(130, 1.05, 1.1, 1.15), C_ROW.formatted("118.0"));
        Path after = report("after.json", "6.18", javaRow(104, 0.85, 0.9, 0.95), C_ROW.formatted("119.0"));

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
        Path before = report("before.json", "6.18", javaRow(130, 1.05, 1.1, 1.15));
        Path after = report("after.json", "6.18", javaRow(138, 1.1, 1.2, 1.3));

        assertThat(compare(before, after)).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .contains("both were measured in the same environment")
                .containsPattern("130\\.0 +138\\.0 +~ +1\\.10 +1\\.20 +~");
    }

    @Test
    void namesRowsThatOnlyOneReportHas() throws IOException {
        Path before = report("before.json", "6.18", javaRow(130, 1.05, 1.1, 1.15));
        Path after = report("after.json", "6.18", C_ROW.formatted("118.0"));

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
        Path good = report("good.json", "6.18", javaRow(130, 1.05, 1.1, 1.15));

        assertRefused(good, directory.resolve("absent.json"), "there is no such file");
        assertRefused(good, Files.writeString(directory.resolve("empty.json"), ""), "it has no object");
        assertRefused(good, Files.writeString(directory.resolve("list.json"), "[1]"), "is not what");
        assertRefused(good, Files.writeString(directory.resolve("cut.json"), "{\"host\": {"), "is not what");
        assertRefused(good, report("nameless.json", "6.18", "{\"nsPerOp\": 1}"), "row 1 names no call");
        assertRefused(good, report("null.json", "6.18", "null"), "row 1 names no call");
        assertRefused(good, Files.write(directory.resolve("binary.json"), new byte[] {(byte) 0xff, 0}), "not text");
        assertRefused(good, directory, "cannot read");
    }

    private void assertRefused(Path before, Path after, String reason) {
        err.getBuffer().setLength(0);
        assertThat(compare(before, after)).as(reason).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains(reason).contains(after.getFileName().toString());
    }

    @Test
    void takesTwoFilesAndNothingElse() throws IOException {
        Path good = report("good.json", "6.18", javaRow(130, 1.05, 1.1, 1.15));

        assertThat(run("cost", "--compare", good.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(run("cost", "--quick", "--compare", good.toString(), good.toString()))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("--compare takes two files and no other option");
    }
}
