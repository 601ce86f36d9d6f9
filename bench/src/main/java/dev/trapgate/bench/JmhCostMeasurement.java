package dev.trapgate.bench;

import dev.trapgate.bench.call.Operation;
import dev.trapgate.bench.call.Row;
import dev.trapgate.cli.CostDocument;
import dev.trapgate.cli.CostFailedException;
import dev.trapgate.cli.CostMeasurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Measures by {@link Rounds}, and reports. */
public final class JmhCostMeasurement implements CostMeasurement {

    /** For the service loader. */
    public JmhCostMeasurement() {}

    @Override
    public List<String> calls() {
        return Stream.of(Operation.values())
                .flatMap(Operation::names)
                .distinct()
                .toList();
    }

    @Override
    public String measure(Request request, Consumer<String> progress) throws CostFailedException, InterruptedException {
        return CostJson.of(measure(request, Schedule.of(request.effort()), progress));
    }

    @Override
    public Forms forms(CostDocument document) {
        return new CostForms(document);
    }

    /**
     * Measures by a schedule of one's own.
     *
     * @param request what to measure
     * @param schedule how long
     * @param progress is told how far the measurement is
     * @return what was found
     * @throws CostFailedException if nothing could be measured
     * @throws InterruptedException if the thread is interrupted before the first round
     */
    CostReport measure(Request request, Schedule schedule, Consumer<String> progress)
            throws CostFailedException, InterruptedException {
        List<Row> rows = rows(request);
        progress.accept("compiling the C loops and opening the gates");
        try {
            Path directory = Files.createTempDirectory("trapgate-cost-");
            Thread cleaner = new Thread(() -> NativeLibraries.delete(directory));
            Runtime.getRuntime().addShutdownHook(cleaner);
            try {
                return measure(rows, schedule, directory, progress);
            } finally {
                NativeLibraries.delete(directory);
                ShutdownHooks.remove(cleaner);
            }
        } catch (IOException refused) {
            throw new CostFailedException("cannot measure: " + refused);
        }
    }

    private static CostReport measure(List<Row> rows, Schedule schedule, Path directory, Consumer<String> progress)
            throws IOException, CostFailedException {
        Environment environment = Environment.observe();
        NativeLibraries libraries = new NativeLibraries(directory);
        Survey survey = new Survey(libraries);
        Measurements measurements = new Measurements();
        rows.forEach(row -> survey.reasonAgainst(row).ifPresent(reason -> measurements.hinder(row, reason)));
        Rounds rounds = new Rounds(schedule, RoundProcess.jvmOptions(libraries), directory, measurements);
        rounds.run(rows, progress);
        if (measurements.isEmpty()) {
            throw new CostFailedException("nothing could be measured: "
                    + measurements.hindrance(rows.getFirst()).orElse("no rows"));
        }
        return new CostReport(environment.after(rounds), rows, measurements);
    }

    /** {@return what is to be measured} An operation asked for by name is, also with less effort than it is else measured with. */
    static List<Row> rows(Request request) {
        boolean named = !request.calls().isEmpty();
        return Arrays.stream(Operation.values())
                .filter(operation -> !named || operation.names().anyMatch(request.calls()::contains))
                .flatMap(operation ->
                        rows(operation, named ? request.effort().atLeast(operation.from()) : request.effort()))
                .toList();
    }

    private static Stream<Row> rows(Operation operation, Effort effort) {
        return operation.rows().stream().filter(row -> row.from().compareTo(effort) <= 0);
    }
}
