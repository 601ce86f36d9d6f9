package dev.trapgate.bench.page;

import dev.trapgate.bench.Median;
import dev.trapgate.bench.page.OperationView.ChartView;
import dev.trapgate.cli.CostDocument;
import dev.trapgate.cli.CostDocument.Figures;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.Sample;
import dev.trapgate.cli.CostDocument.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a report says, in plain words. Each is worked out from the rows; what cannot be told from them is left out. */
final class Findings {

    /** Where glibc needs less than this part of what entering the kernel takes, it does not enter it: the vDSO answers. */
    private static final double VDSO_BELOW = 0.5;

    private static final int FEW = 4;

    private final Map<String, List<Row>> calls;
    private final double noise;
    private final Optional<Spread> noiseFloor;
    private final List<Peer> besideRaw;

    /**
     * A finding.
     *
     * @param title what it is about
     * @param text a sentence or two
     */
    record Finding(String title, String text) {}

    /**
     * Reads a report.
     *
     * @param document the report
     */
    Findings(CostDocument document) {
        this.calls = document.rows().stream()
                .filter(row -> row.figures().isPresent() && !row.isTwin())
                .collect(Collectors.groupingBy(row -> row.key().call(), LinkedHashMap::new, Collectors.toList()));
        this.noiseFloor = document.noiseFloor();
        this.noise = noiseFloor.map(floor -> Math.abs(floor.median() - 1)).orElse(0.0);
        this.besideRaw = peers();
    }

    /** {@return what can be said} */
    List<Finding> all() {
        List<Finding> all = new ArrayList<>();
        add(all, "What wins", winners());
        add(all, "Beside the bare instruction", besideRaw());
        add(all, "Where no kernel is entered", vdso());
        add(all, "When to batch", batches());
        add(all, "When critical is worth it", critical());
        add(all, "What errno costs", errno());
        add(all, "int 0x80", int80());
        add(all, "The slowest calls", tails());
        add(all, "What is no difference", noiseFloor.map(Findings::floor));
        return all;
    }

    private static void add(List<Finding> all, String title, Optional<String> text) {
        text.ifPresent(found -> all.add(new Finding(title, found)));
    }

    private static Optional<Row> find(List<Row> rows, Predicate<Row> wanted) {
        return rows.stream().filter(wanted).findFirst();
    }

    private static boolean isPlain(Row row) {
        return row.depth() == 0 && row.batch() == 1;
    }

    private static boolean is(Row row, String kind, String gate) {
        return isPlain(row)
                && row.kind().equals(kind)
                && row.key().gate().equals(gate)
                && !row.key().isCritical();
    }

    private static Optional<Row> raw(List<Row> rows) {
        return find(rows, row -> is(row, "java", "SYSCALL"));
    }

    private Optional<String> winners() {
        List<String> losses = new ArrayList<>();
        List<String> without = new ArrayList<>();
        int contests = 0;
        for (Map.Entry<String, List<Row>> call : calls.entrySet()) {
            Optional<Row> ours = fastest(call.getValue(), Family.TRAPGATE);
            Optional<Row> theirs = fastest(call.getValue(), Family.JAVA);
            if (ours.isPresent() && theirs.isPresent()) {
                contests++;
                Contrast contrast = Contrast.of(theirs.get(), ours.get());
                if (contrast.isFaster(noise)) {
                    losses.add(theirs.get().key().title() + " on " + call.getKey() + " ("
                            + Numbers.ratio(contrast.times()) + " of Trapgate's time)");
                }
                call.getValue().stream()
                        .filter(row -> Family.of(row) == Family.JAVA && !makesTheCall(row, call.getValue()))
                        .forEach(row -> without.add(row.key().title() + " on " + call.getKey()));
            }
        }
        return contests == 0
                ? Optional.empty()
                : Optional.of("From Java, Trapgate is the fastest way or as fast as any in "
                        + (contests - losses.size())
                        + " of " + contests + " operations."
                        + (losses.isEmpty() ? "" : " Clearly faster: " + Words.some(losses) + ".")
                        + (without.isEmpty()
                                ? ""
                                : " Left out, for the answer is kept and no call made: " + Words.some(without) + "."));
    }

    /** {@return whether a row makes the call that the others make: one without a gate does not, where there are gates} */
    private static boolean makesTheCall(Row row, List<Row> rows) {
        return !row.key().gate().isEmpty()
                || rows.stream().allMatch(other -> other.key().gate().isEmpty());
    }

    private static Optional<Row> fastest(List<Row> rows, Family family) {
        return rows.stream()
                .filter(row -> Family.of(row) == family && isPlain(row) && makesTheCall(row, rows))
                .min(Comparator.comparingDouble(row -> row.nanos().orElseThrow()));
    }

    private boolean entersTheKernel(List<Row> rows) {
        Optional<Row> glibc = find(rows, row -> is(row, "c", "GLIBC"));
        Optional<Row> instruction = find(rows, row -> is(row, "c", "SYSCALL"));
        return glibc.isPresent()
                && instruction.isPresent()
                && Contrast.of(glibc.get(), instruction.get()).times() >= VDSO_BELOW;
    }

    private Optional<String> besideRaw() {
        List<String> peers = besideRaw.stream()
                .filter(peer -> Words.IN_THE_SUMMARY.contains(peer.name()))
                .map(peer -> peer.name() + " " + Numbers.ratio(Median.of(peer.times())) + range(peer.times()))
                .toList();
        return peers.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Where the kernel is entered, others take so many times what the bare syscall instruction takes"
                                + " from Java: " + Words.list(peers)
                                + ". The middle of the operations; in brackets the range.");
    }

    /**
     * How a way compares with the bare instruction from Java.
     *
     * @param name the way's
     * @param family what kind of way it is
     * @param times how many times as long it takes, for each operation that enters the kernel
     */
    private record Peer(String name, Family family, List<Double> times) {

        private Spread spread() {
            return new Spread(Collections.min(times), Median.of(times), Collections.max(times));
        }
    }

    private List<Peer> peers() {
        Map<String, Peer> peers = new LinkedHashMap<>();
        calls.values().stream().filter(this::entersTheKernel).forEach(rows -> raw(rows)
                .ifPresent(raw -> rows.stream()
                        .filter(row -> isPlain(row) && !row.key().isCritical() && !row.equals(raw))
                        .forEach(row -> Words.peer(row).ifPresent(name -> peers.computeIfAbsent(
                                        name, first -> new Peer(name, Family.of(row), new ArrayList<>()))
                                .times()
                                .add(Contrast.of(row, raw).times())))));
        return peers.values().stream()
                .sorted(Comparator.comparingDouble(peer -> Median.of(peer.times())))
                .toList();
    }

    /** {@return a chart of all ways beside the bare instruction from Java; empty if there is nothing to compare} */
    Optional<ChartView> chart() {
        RowChart chart = RowChart.ofRatios();
        besideRaw.forEach(peer -> chart.add(peer.name(), peer.family(), peer.spread()));
        return chart.isEmpty()
                ? Optional.empty()
                : Optional.of(OperationView.view(
                        "summary-chart",
                        "Every way beside Trapgate's bare instruction",
                        "Operations that enter the kernel: times the time of the syscall instruction from Java (dashed). The mark is"
                                + " the middle of the operations, its whiskers the lowest and the highest of them.",
                        chart.series(),
                        chart.draw("summary-chart")));
    }

    private static String range(List<Double> times) {
        return times.size() < 2
                ? ""
                : " (" + Numbers.fixed(Collections.min(times)) + "–" + Numbers.fixed(Collections.max(times)) + ")";
    }

    private Optional<String> vdso() {
        List<String> found = new ArrayList<>();
        calls.forEach((call, rows) -> {
            Optional<Row> glibc = find(rows, row -> is(row, "c", "GLIBC"));
            Optional<Row> best = rows.stream()
                    .filter(row -> row.kind().equals("java") && row.key().gate().equals("VDSO"))
                    .min(Comparator.comparingDouble(row -> row.nanos().orElseThrow()));
            if (glibc.isPresent() && best.isPresent() && !entersTheKernel(rows)) {
                found.add(call + " takes " + time(glibc.get()) + " in C, " + time(best.get()) + " from Java"
                        + raw(rows)
                                .map(raw -> ", and " + time(raw) + " by the instruction")
                                .orElse(""));
            }
        });
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("The vDSO answers without the kernel: " + Words.some(found) + ".");
    }

    private Optional<String> batches() {
        List<String> found = new ArrayList<>();
        calls.forEach((call, rows) -> raw(rows).ifPresent(single -> rows.stream()
                .filter(row -> row.batch() > 1 && row.key().gate().equals("SYSCALL"))
                .max(Comparator.comparingInt(Row::batch))
                .ifPresent(batch ->
                        found.add(call + ", " + batch.batch() + " at a time: " + gain(Contrast.of(batch, single)) + " ("
                                + time(batch) + " a call, " + time(single) + " one by one)"))));
        return found.isEmpty() ? Optional.empty() : Optional.of("Per call, " + Words.some(found) + ".");
    }

    private String gain(Contrast contrast) {
        if (contrast.isFaster(noise)) {
            return "saves " + Words.percent(1 - contrast.times());
        }
        return contrast.isSlower(noise)
                ? "costs " + Words.percent(contrast.times() - 1) + " more"
                : "no clear difference";
    }

    private Optional<String> critical() {
        Map<String, List<Contrast>> ways = new LinkedHashMap<>();
        calls.forEach((call, rows) -> rows.stream()
                .filter(row -> row.key().isCritical())
                .forEach(row -> ordinary(row, rows)
                        .ifPresent(ordinary -> ways.computeIfAbsent(way(row), first -> new ArrayList<>())
                                .add(Contrast.of(row, ordinary)))));
        List<String> found = ways.entrySet().stream()
                .map(way -> way.getKey() + " " + times(way.getValue()))
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Critical against ordinary linkage, the middle of the operations: " + String.join("; ", found)
                                + ". A critical call holds up every safepoint until it is back: only for calls that never sleep.");
    }

    private String times(List<Contrast> contrasts) {
        long clear =
                contrasts.stream().filter(contrast -> contrast.isFaster(noise)).count();
        return Numbers.ratio(Median.of(contrasts.stream().map(Contrast::times).toList())) + ", clearly faster in "
                + clear + " of " + contrasts.size();
    }

    private static String way(Row row) {
        return row.key().caller()
                + (row.key().gate().isEmpty() ? "" : " " + row.key().gate());
    }

    private static Optional<Row> ordinary(Row critical, List<Row> rows) {
        return find(
                rows,
                row -> row.key().caller().equals(critical.key().caller())
                        && row.key().gate().equals(critical.key().gate())
                        && !row.key().isCritical());
    }

    private Optional<String> errno() {
        List<Contrast> contrasts = new ArrayList<>();
        calls.values().forEach(rows -> find(rows, row -> is(row, "ffm+errno", "GLIBC"))
                .ifPresent(with -> find(rows, row -> is(row, "ffm", "GLIBC"))
                        .ifPresent(without -> contrasts.add(Contrast.of(with, without)))));
        if (contrasts.isEmpty()) {
            return Optional.empty();
        }
        long clear =
                contrasts.stream().filter(contrast -> contrast.isSlower(noise)).count();
        return Optional.of("A downcall to glibc that captures errno takes "
                + Numbers.ratio(
                        Median.of(contrasts.stream().map(Contrast::times).toList()))
                + " the time of one that does not, in the middle of " + contrasts.size()
                + " operations; clearly more in " + clear
                + ". The bare instruction answers −errno by itself.");
    }

    private Optional<String> int80() {
        List<Double> times = calls.values().stream()
                .flatMap(rows -> {
                    Optional<Row> old = find(rows, row -> is(row, "c", "INT80"));
                    Optional<Row> now = find(rows, row -> is(row, "c", "SYSCALL"));
                    return old.isPresent() && now.isPresent()
                            ? Stream.of(Contrast.of(old.get(), now.get()).times())
                            : Stream.empty();
                })
                .toList();
        return times.isEmpty()
                ? Optional.empty()
                : Optional.of("In C, int $0x80 takes " + Numbers.ratio(Median.of(times)) + range(times)
                        + " the time of syscall on this host.");
    }

    private Optional<String> tails() {
        List<String> found = calls.values().stream()
                .flatMap(List::stream)
                .filter(row -> row.kind().equals("java"))
                .flatMap(row -> row.figures().flatMap(Figures::sample).map(sample -> tail(row, sample)).stream())
                .limit(FEW)
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of("Of single calls, " + Words.some(found) + ".");
    }

    private static String tail(Row row, Sample sample) {
        return row.key().call() + " by " + row.key().title() + ": 99 % within " + Numbers.time(sample.p99())
                + ", 999 in 1000 within " + Numbers.time(sample.p999()) + ", the slowest " + Numbers.time(sample.max());
    }

    private static String floor(Spread floor) {
        return "Rows that were measured twice differ by " + Numbers.ratio(floor.median()) + " in the middle, "
                + Numbers.fixed(floor.lowest()) + "–" + Numbers.fixed(floor.highest())
                + " from round to round. A ratio closer to 1 than that means nothing.";
    }

    private static String time(Row row) {
        return Numbers.time(row.nanos().orElseThrow());
    }
}
