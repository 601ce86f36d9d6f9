package dev.trapgate.bench;

import com.google.gson.Gson;
import dev.trapgate.bench.call.Row;
import dev.trapgate.cli.CostFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Measures in rounds. Each is a JVM of its own, in which JMH measures every row once. The rows of one operation follow
 * one another, and every round begins with another operation and with another row of each, so that what drifts hits all
 * alike.
 */
final class Rounds {

    private static final Gson GSON = new Gson();
    private static final double NANOS_PER_SECOND = 1e9;

    private final Schedule schedule;
    private final List<String> jvmOptions;
    private final Path directory;
    private final Measurements measurements;
    private final List<String> endings = new ArrayList<>();

    private final HostState before = HostState.observe(new HostFiles(Path.of("/")));

    private long rowsDone;
    private boolean isCutShort;

    /**
     * Prepares.
     *
     * @param schedule how long to measure
     * @param jvmOptions the options of each round's JVM
     * @param directory where temporary files go
     * @param measurements where the figures go; rows that it already misses are left out
     */
    Rounds(Schedule schedule, List<String> jvmOptions, Path directory, Measurements measurements) {
        this.schedule = schedule;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.directory = directory;
        this.measurements = measurements;
    }

    /**
     * Measures. An interrupt ends it early, and is thereby dealt with.
     *
     * @param rows which rows, those of one operation together
     * @param progress is told how far the measurement is
     * @throws IOException if a JVM cannot be started
     * @throws CostFailedException if a JVM ends before it measures anything
     */
    void run(List<Row> rows, Consumer<String> progress) throws IOException, CostFailedException {
        try {
            runAll(rows, progress);
        } catch (InterruptedException cutShort) {
            // What was measured so far stays; whoever interrupts wants it written, and a file closes under an
            // interrupted thread.
            isCutShort = true;
        }
    }

    private void runAll(List<Row> rows, Consumer<String> progress)
            throws IOException, InterruptedException, CostFailedException {
        long start = System.nanoTime();
        for (int round = 0; round < schedule.rounds() && hasTimeFor(round, start); round++) {
            List<Row> order = order(rows, round);
            if (!order.isEmpty()) {
                run(round, order, new Watch(start, progress));
            }
        }
    }

    /** Whether a round that takes as long as those before would end within the budget. */
    private boolean hasTimeFor(int round, long start) {
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        return round == 0 || seconds + seconds / round <= schedule.budgetSeconds();
    }

    /** {@return how many rounds were begun, and of how many} */
    String count() {
        String count = endings.size() + " of " + schedule.rounds();
        if (isCutShort) {
            return count + ", the last cut short";
        }
        return endings.size() == schedule.rounds() ? count : count + ", for want of time";
    }

    /** {@return why there are fewer rounds than there should be, as a sentence; empty if there are not} */
    Optional<String> shortfall() {
        if (isCutShort) {
            return Optional.of("The run was cut short in round " + endings.size() + " of " + schedule.rounds()
                    + ": the figures are of what was finished by then.");
        }
        return endings.size() < schedule.rounds()
                ? Optional.of(
                        "Only " + endings.size() + " of " + schedule.rounds() + " rounds were made, for want of time.")
                : Optional.empty();
    }

    /** {@return the host's state before the first round} */
    HostState before() {
        return before;
    }

    private List<Row> order(List<Row> rows, int round) {
        Map<Object, List<Row>> byOperation = rows.stream()
                .filter(row -> !measurements.isHindered(row))
                .collect(Collectors.groupingBy(Row::operation, LinkedHashMap::new, Collectors.toList()));
        List<List<Row>> groups = byOperation.values().stream()
                .map(group -> turned(group, round))
                .collect(Collectors.toCollection(ArrayList::new));
        return turned(groups, round).stream().flatMap(List::stream).toList();
    }

    /** Turns a list so that over all rounds each part of it has come first. */
    private <T> List<T> turned(List<T> list, int round) {
        List<T> turned = new ArrayList<>(list);
        Collections.rotate(turned, -(round * list.size() / schedule.rounds()));
        return turned;
    }

    private void run(int round, List<Row> order, Watch watch)
            throws IOException, InterruptedException, CostFailedException {
        List<String> benchmarks = order.stream().map(Row::benchmark).toList();
        try (RoundProcess process = RoundProcess.start(jvmOptions, directory, schedule, benchmarks)) {
            endings.add(begin(process));
            boolean going = true;
            for (int index = 0; going && index < order.size(); index++) {
                watch.report(round, index, order);
                going = measure(order.get(index), round, process);
            }
        }
    }

    private static String begin(RoundProcess process) throws InterruptedException, CostFailedException {
        try {
            return process.nextLine();
        } catch (RoundFailedException failed) {
            throw new CostFailedException("the JVM to measure in " + failed.getMessage());
        }
    }

    /** {@return whether the round goes on} */
    private boolean measure(Row row, int round, RoundProcess process) throws InterruptedException {
        try {
            note(row, round, GSON.fromJson(process.nextLine(), RoundEvent.class));
            rowsDone++;
            return true;
        } catch (RoundFailedException failed) {
            measurements.hinder(row, "in round " + (round + 1) + " the JVM " + failed.getMessage());
            return false;
        }
    }

    private void note(Row row, int round, RoundEvent event) {
        if (!event.benchmark().equals(row.benchmark())) {
            throw new IllegalStateException("a round measured " + event.benchmark() + " instead of " + row.benchmark());
        }
        String failure = event.failure();
        if (failure == null) {
            measurements.add(
                    row,
                    round,
                    new RoundScore(event.nanosPerOp(), event.bytesPerOp(), event.cyclesPerOp(), event.samples()));
        } else {
            measurements.hinder(row, failure);
        }
    }

    /** {@return how the SYSCALL gate's stub ended in each round that was begun} */
    List<String> endings() {
        return List.copyOf(endings);
    }

    /** {@return the options of each round's JVM, those that only concern this run's files left out} */
    List<String> jvmOptions() {
        return jvmOptions.stream()
                .filter(option -> !option.contains(directory.toString()) && !option.contains("CompileCommandFile"))
                .toList();
    }

    /** Says how far the measurement is. */
    private final class Watch {

        private final long start;
        private final Consumer<String> progress;

        private Watch(long start, Consumer<String> progress) {
            this.start = start;
            this.progress = progress;
        }

        private void report(int round, int index, List<Row> order) {
            Row row = order.get(index);
            String line = "round %d of %d, row %d of %d: %s by %s"
                    .formatted(
                            round + 1,
                            schedule.rounds(),
                            index + 1,
                            order.size(),
                            row.operation().label(),
                            row.label());
            progress.accept(line + remaining((long) (schedule.rounds() - round) * order.size() - index));
        }

        private String remaining(long rowsLeft) {
            if (rowsDone == 0) {
                return "";
            }
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND / rowsDone * rowsLeft;
            return ", about %.0f s left".formatted(seconds);
        }
    }
}
