package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.cli.BusyboxRuns.Outcome;
import dev.trapgate.emulator.programs.Busybox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every applet of Debian's busybox-static, and what people do with them, shows natively and on the emulated machine the same, byte
 * by byte, and ends alike; or docs/busybox-ABI.md says that it does not. {@code -Ddev.trapgate.busybox.write=true} writes it.
 */
@Timeout(1800)
class BusyboxTableTest {

    private static final boolean WRITES = Boolean.getBoolean("dev.trapgate.busybox.write");
    private static final Path RESOURCES = Path.of("src/test/resources/dev/trapgate/cli");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern ROW = Pattern.compile("^\\| `?(.+?)`? \\| (?:.* \\| )?(alike|differs)\\b.*\\|$");
    private static final int MOST_SHOWN = 60;

    @TempDir
    private Path directory;

    /** What was tried, and what came of it. */
    private record Row(String what, String how, Outcome real, Outcome emulated) {

        boolean isAlike() {
            return real.equals(emulated);
        }

        String verdict() {
            return isAlike() ? "alike" : "differs";
        }

        /** The first line that differs, on both sides. */
        String difference() {
            if (isAlike()) {
                return "";
            }
            List<String> left = real.shown().lines().toList();
            List<String> right = emulated.shown().lines().toList();
            for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
                String one = i < left.size() ? left.get(i) : "";
                String other = i < right.size() ? right.get(i) : "";
                if (!one.equals(other)) {
                    return ": natively " + quoted(one) + ", here " + quoted(other);
                }
            }
            return ": status " + real.status() + " natively, " + emulated.status() + " here";
        }
    }

    private static String quoted(String line) {
        String short_ = line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line;
        String plain = short_.replaceAll("[^ -~…]", "?").replace('`', '\'').replace("|", "\\|");
        return plain.isEmpty() ? "nothing" : "`` " + plain + " ``";
    }

    private static List<String[]> lines(String file) throws IOException {
        return Files.readAllLines(RESOURCES.resolve(file)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .toList();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }

    private static Row row(BusyboxRuns runs, String what, String how, List<String> program) throws Exception {
        return new Row(what, how, runs.onThisMachine(program), runs.emulated(program));
    }

    private static String document(Busybox abi, List<Row> scripts, List<Row> applets) throws IOException {
        Map<String, String> why = new TreeMap<>();
        lines("busybox-applets.tsv").forEach(line -> why.put(line[0], line.length > 2 ? line[2] : ""));
        long alike = applets.stream().filter(Row::isAlike).count();
        long helped = applets.stream()
                .filter(row -> !why.getOrDefault(row.what(), "").isEmpty())
                .count();
        StringBuilder text = new StringBuilder();
        text.append("# busybox on the emulated machine: ")
                .append(abi.architecture())
                .append("\n\n");
        text.append(
                "Debian's busybox-static, natively and by the emulated kernel, over one tree of files: what it shows is "
                        + "compared byte by byte, and the exit status. `BusyboxTableTest` holds this table to what it finds; "
                        + "`-Ddev.trapgate.busybox.write=true` writes it.\n\n## What people do with it\n\n"
                        + "| what | result |\n|---|---|\n");
        scripts.forEach(row -> text.append("| ")
                .append(row.what())
                .append(" | ")
                .append(row.verdict())
                .append(row.difference())
                .append(" |\n"));
        text.append("\n## Every applet\n\n")
                .append(applets.size())
                .append(" applets: ")
                .append(alike)
                .append(" alike, ")
                .append(applets.size() - alike)
                .append(" different; of ")
                .append(helped)
                .append(
                        " only `--help` is tried, for the reason given.\n\n| applet | arguments | result |\n|---|---|---|\n");
        for (Row row : applets) {
            String reason = why.getOrDefault(row.what(), "");
            text.append("| `")
                    .append(row.what())
                    .append("` | ")
                    .append(row.how().isEmpty() ? "" : "`` " + row.how().replace("|", "\\|") + " ``")
                    .append(" | ")
                    .append(row.verdict())
                    .append(row.difference())
                    .append(reason.isEmpty() ? "" : " (" + reason + ")")
                    .append(" |\n");
        }
        return text.toString();
    }

    private static Map<String, String> verdicts(String document) {
        return document.lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (one, other) -> one, TreeMap::new));
    }

    @ParameterizedTest
    @EnumSource
    void isAsTheTableSays(Busybox abi) throws Exception {
        BusyboxRuns runs = new BusyboxRuns(abi.orSkip(), directory);
        List<Row> scripts = new ArrayList<>();
        for (String[] line : lines("busybox-scripts.tsv")) {
            String script =
                    line[1].replace("\\\\n", "\u0000").replace("\\n", "\n").replace("\u0000", "\\n");
            scripts.add(row(runs, line[0], "", List.of("/bin/busybox", "sh", "-c", script)));
        }
        List<Row> applets = new ArrayList<>();
        for (String[] line : lines("busybox-applets.tsv")) {
            List<String> program = new ArrayList<>(List.of("/bin/busybox", line[0]));
            program.addAll(words(line[1]));
            applets.add(row(runs, line[0], line[1], program));
        }
        List<String> listed = runs.onThisMachine(List.of("/bin/busybox", "--list"))
                .shown()
                .lines()
                .toList();
        assertThat(applets.stream().map(Row::what)).containsExactlyElementsOf(listed);

        Path file = Path.of("docs", "busybox-" + abi.architecture() + ".md");
        String found = document(abi, scripts, applets);
        if (WRITES) {
            Files.writeString(file, found, StandardCharsets.UTF_8);
        }
        assertThat(verdicts(found))
                .as("what is in " + file + "; run with -Ddev.trapgate.busybox.write=true and look at what has changed")
                .isEqualTo(verdicts(Files.readString(file)));
    }
}
