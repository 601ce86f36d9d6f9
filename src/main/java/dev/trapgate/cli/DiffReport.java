package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.differential.CampaignReport;
import dev.trapgate.differential.DifferentialRunner;
import dev.trapgate.differential.Verdict;
import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code trapgate diff} found, as a table, as files and as JSON. */
final class DiffReport {

    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Generated> generated = new ArrayList<>();

    /** A campaign and its gates. */
    private record Generated(String left, String right, String abi, CampaignReport report) {}

    /** Adds a scenario that was written by hand. */
    void add(Verdict verdict) {
        verdicts.add(verdict);
    }

    /** Adds generated ones. */
    void add(DifferentialRunner runner, CampaignReport report) {
        generated.add(new Generated(
                runner.left().name(), runner.right().name(), runner.abi().displayName(), report));
    }

    /** {@return how many scenarios were played} */
    long cases() {
        return verdicts.size()
                + generated.stream().mapToLong(one -> one.report().cases()).sum();
    }

    /** {@return whether nothing differed that is not explained} */
    boolean isClean() {
        return count(Verdict.Outcome.DIFFERED) == 0
                && count(Verdict.Outcome.MISTAKEN) == 0
                && generated.stream().allMatch(one -> one.report().differed() == 0);
    }

    private long count(Verdict.Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }

    /**
     * Words the report.
     *
     * @param directory where the minimal scenarios are written to
     * @return the lines: for each pair of gates a table, and the minimal scenarios
     */
    List<String> lines(Path directory) {
        List<String> lines = new ArrayList<>();
        lines.add("written by hand: " + verdicts.size() + " played, " + count(Verdict.Outcome.AGREED) + " agreed, "
                + count(Verdict.Outcome.DIFFERED) + " differed, " + count(Verdict.Outcome.UNPLAYED) + " unplayed");
        for (Generated one : generated) {
            lines.add("");
            lines.addAll(lines(one, directory));
        }
        return lines;
    }

    private static List<String> lines(Generated one, Path directory) {
        CampaignReport report = one.report();
        List<String> lines = new ArrayList<>();
        lines.add(one.left() + " and " + one.right() + ": " + report.cases() + " generated, " + report.agreed()
                + " agreed, " + report.differed() + " differed, " + report.explained() + " explained, "
                + report.unplayedCases() + " unplayed, " + report.unstable() + " unstable");
        Columns table = new Columns(Columns.Side.LEFT, Columns.Side.RIGHT, Columns.Side.RIGHT, Columns.Side.RIGHT)
                .row("call", "cases", "agreed", "differed");
        report.rows()
                .forEach((call, row) -> table.row(
                        call,
                        String.valueOf(row.cases()),
                        String.valueOf(row.agreed()),
                        String.valueOf(row.differed())));
        lines.addAll(table.lines());
        report.unplayed().forEach((why, times) -> lines.add("unplayed " + times + " times: " + why));
        report.explanations().forEach((why, times) -> lines.add("explained " + times + " times: " + why));
        for (CampaignReport.Minimal minimal : report.minimal()) {
            lines.add("");
            lines.addAll(minimal.verdict().lines(one.left(), one.right()));
            lines.add("  play it again: trapgate diff --play " + saved(minimal, directory));
        }
        return lines;
    }

    private static Path saved(CampaignReport.Minimal minimal, Path directory) {
        String name =
                minimal.found().name().replace(' ', '-') + "-" + minimal.abi().displayName() + ".scenario";
        Path file = directory.resolve(name);
        try {
            Files.createDirectories(directory);
            Files.writeString(file, minimal.text());
            return file;
        } catch (IOException refused) {
            throw new UsageException("cannot write " + file + ": " + refused.getMessage() + "; choose another --save");
        }
    }

    /** {@return the report as JSON} */
    String json(long seed) {
        JsonObject document = new JsonObject();
        document.addProperty("seed", seed);
        document.addProperty("cases", cases());
        document.addProperty("agreed", sum(Verdict.Outcome.AGREED, CampaignReport::agreed));
        document.addProperty("explained", sum(null, CampaignReport::explained));
        document.addProperty("differed", sum(Verdict.Outcome.DIFFERED, CampaignReport::differed));
        document.addProperty("unstable", sum(null, CampaignReport::unstable));
        document.addProperty("unplayed", sum(Verdict.Outcome.UNPLAYED, CampaignReport::unplayedCases));
        JsonArray rows = new JsonArray();
        JsonArray differences = new JsonArray();
        JsonArray unplayed = new JsonArray();
        for (Generated one : generated) {
            one.report().rows().forEach((call, row) -> rows.add(row(one, call, row)));
            one.report().minimal().forEach(minimal -> differences.add(difference(one, minimal)));
        }
        unplayed().forEach((why, times) -> unplayed.add(unplayed(why, times)));
        document.add("rows", rows);
        document.add("differences", differences);
        document.add("unplayedReasons", unplayed);
        return JsonText.of(document);
    }

    private long sum(
            Verdict.@org.jspecify.annotations.Nullable Outcome outcome,
            java.util.function.ToLongFunction<CampaignReport> figure) {
        return (outcome == null ? 0 : count(outcome))
                + generated.stream()
                        .mapToLong(one -> figure.applyAsLong(one.report()))
                        .sum();
    }

    private Map<String, Long> unplayed() {
        Map<String, Long> all = new TreeMap<>();
        generated.forEach(one -> one.report().unplayed().forEach((why, times) -> all.merge(why, times, Long::sum)));
        verdicts.stream()
                .filter(verdict -> verdict.outcome() == Verdict.Outcome.UNPLAYED)
                .forEach(verdict -> all.merge(verdict.scenario().name() + ": " + verdict.why(), 1L, Long::sum));
        return all;
    }

    private static JsonObject row(Generated one, String call, CampaignReport.Row row) {
        JsonObject object = new JsonObject();
        object.addProperty("abi", one.abi());
        object.addProperty("left", one.left());
        object.addProperty("right", one.right());
        object.addProperty("call", call);
        object.addProperty("cases", row.cases());
        object.addProperty("agreed", row.agreed());
        object.addProperty("differed", row.differed());
        return object;
    }

    private static JsonObject difference(Generated one, CampaignReport.Minimal minimal) {
        JsonObject object = new JsonObject();
        object.addProperty("abi", one.abi());
        object.addProperty("user", minimal.verdict().user().toString());
        object.addProperty("found", minimal.found().name());
        object.addProperty("scenario", minimal.text());
        JsonArray lines = new JsonArray();
        minimal.verdict().lines(one.left(), one.right()).forEach(lines::add);
        object.add("difference", lines);
        return object;
    }

    private static JsonObject unplayed(String why, long times) {
        JsonObject object = new JsonObject();
        object.addProperty("reason", why);
        object.addProperty("times", times);
        return object;
    }
}
