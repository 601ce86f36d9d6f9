package dev.trapgate.bench;

import com.google.gson.Gson;
import dev.trapgate.Gates;
import dev.trapgate.bench.call.Row;
import dev.trapgate.entry.Gate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One round, in a JVM of its own: reads a schedule and the benchmarks' names from standard input, up to an empty line,
 * measures one after another by JMH, and writes a {@link RoundEvent} for each. It ends when its input does, for then
 * whoever started it is gone. The first line it writes is how the {@code SYSCALL} gate's stub ends in this JVM.
 */
final class RoundMain {

    private static final Gson GSON = new Gson();

    private final Schedule schedule;
    private final Sampler sampler;
    private final PrintStream out;
    private final Map<String, Row> rows = Row.all().collect(Collectors.toMap(Row::benchmark, Function.identity()));

    private RoundMain(Schedule schedule, PrintStream out) {
        this.schedule = schedule;
        this.sampler = new Sampler(schedule);
        this.out = out;
    }

    /**
     * Measures.
     *
     * @param arguments none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Schedule schedule = GSON.fromJson(in.readLine(), Schedule.class);
        List<String> benchmarks = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            benchmarks.add(line);
        }
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> endWith(in));
        out.println(ending());
        out.flush();
        RoundMain round = new RoundMain(schedule, out);
        benchmarks.stream().limit(1).forEach(round::settle);
        benchmarks.forEach(round::measure);
    }

    private static String ending() {
        return Gates.status(Gate.SYSCALL).findings().getOrDefault("return ending", "none");
    }

    private static void endWith(BufferedReader in) {
        try {
            in.transferTo(Writer.nullWriter());
        } catch (IOException gone) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(1);
    }

    private void settle(String benchmark) {
        try {
            new Runner(options(benchmark, Schedule.SETTLING)).runSingle();
        } catch (RunnerException fails) {
            // As it will again, when it is measured: there it is told.
        }
    }

    private void measure(String benchmark) {
        RoundEvent event;
        try {
            Row row = Objects.requireNonNull(rows.get(benchmark), benchmark);
            check(row);
            RunResult result = new Runner(options(benchmark, schedule.suitedTo(row))).runSingle();
            event = figures(benchmark, result, sampler.sample(row));
        } catch (RunnerException | ReflectiveOperationException | LinkageError | IllegalStateException problem) {
            event = RoundEvent.failed(benchmark, innermost(problem));
        }
        out.println(GSON.toJson(event));
        out.flush();
    }

    /** Makes the call once: whatever answers wrongly is not worth timing. */
    private static void check(Row row) throws ReflectiveOperationException {
        Object benchmarks = row.benchmarks().getDeclaredConstructor().newInstance();
        try {
            long answer = (long) row.benchmarks().getMethod(row.method()).invoke(benchmarks);
            long expected = row.answer();
            if (answer != expected) {
                throw new IllegalStateException("it answered " + answer + ", not " + expected);
            }
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException(thrown.getCause());
        }
    }

    private static Options options(String benchmark, Schedule schedule) {
        return new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark) + "$")
                .forks(0)
                .threads(1)
                .warmupIterations(schedule.warmups())
                .warmupTime(TimeValue.milliseconds(schedule.warmupMillis()))
                .measurementIterations(schedule.iterations())
                .measurementTime(TimeValue.milliseconds(schedule.iterationMillis()))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static RoundEvent figures(String benchmark, RunResult result, SortedMap<Long, Long> samples) {
        List<Double> nanosPerOp = new ArrayList<>();
        double bytes = 0;
        double cycles = 0;
        double operations = 0;
        for (IterationResult iteration : iterations(result)) {
            nanosPerOp.add(iteration.getPrimaryResult().getScore());
            Result<?> allocated = iteration.getSecondaryResults().get("allocatedBytes");
            bytes += allocated == null ? Double.NaN : allocated.getScore();
            cycles += count(iteration, "companionCycles")
                    .or(() -> count(iteration, "cycles"))
                    .orElse(0.0);
            operations += iteration.getMetadata().getAllOps();
        }
        return new RoundEvent(benchmark, nanosPerOp, bytes / operations, cycles / operations, samples, null);
    }

    /** {@return what was counted in an iteration; empty if nothing was} */
    private static Optional<Double> count(IterationResult iteration, String name) {
        Result<?> counted = iteration.getSecondaryResults().get(name);
        return Optional.ofNullable(counted).map(Result::getScore).filter(count -> count > 0);
    }

    private static Collection<IterationResult> iterations(RunResult result) {
        return result.getBenchmarkResults().iterator().next().getIterationResults();
    }

    private static String innermost(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
