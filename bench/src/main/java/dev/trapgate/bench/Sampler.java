package dev.trapgate.bench;

import dev.trapgate.bench.call.Caller;
import dev.trapgate.bench.call.IterationCounts;
import dev.trapgate.bench.call.Row;
import dev.trapgate.bench.peer.CLoop;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Times a row's single calls: Java's by {@link SampleLoop}, C's by the like in C, both by the same clock. What reading the
 * clock costs by itself, the median of samples of nothing, is taken off each.
 */
final class Sampler {

    private static final int BATCH = 2000;
    private static final MethodHandle NOTHING = MethodHandles.constant(long.class, 0L);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Schedule schedule;
    private final Map<Caller, Long> clockCosts = new EnumMap<>(Caller.class);

    /**
     * Prepares.
     *
     * @param schedule how long to sample
     */
    Sampler(Schedule schedule) {
        this.schedule = schedule;
    }

    /**
     * Times a row.
     *
     * @param row the row
     * @return how many calls took how many nanoseconds; empty if the row is not one to sample
     * @throws ReflectiveOperationException if the benchmark cannot be made
     */
    SortedMap<Long, Long> sample(Row row) throws ReflectiveOperationException {
        if (!row.sampled() || schedule.sampleMillis() == 0) {
            return new TreeMap<>();
        }
        IterationCounts benchmarks =
                (IterationCounts) row.benchmarks().getDeclaredConstructor().newInstance();
        return row.caller() == Caller.C ? inC(benchmarks, row) : inJava(benchmarks, row);
    }

    private SortedMap<Long, Long> inJava(IterationCounts benchmarks, Row row) throws ReflectiveOperationException {
        MethodHandle method = MethodHandles.lookup()
                .unreflect(row.benchmarks().getMethod(row.method()))
                .bindTo(benchmarks);
        return samples(over(method), clockCost(Caller.JAVA, () -> over(NOTHING)));
    }

    private static Consumer<long[]> over(MethodHandle call) {
        ToLongFunction<long[]> loop = SampleLoop.over(call);
        return nanos -> {
            long unused = loop.applyAsLong(nanos);
        };
    }

    private SortedMap<Long, Long> inC(IterationCounts benchmarks, Row row) {
        CLoop loop = benchmarks
                .loop(row.gate().orElseThrow())
                .orElseThrow(() -> new IllegalStateException("there is no loop in C to sample"));
        return samples(loop::sample, clockCost(Caller.C, () -> CLoop.named("empty")::sample));
    }

    /** {@return what reading the clock twice costs, by samples of nothing, made once} */
    private long clockCost(Caller caller, Supplier<Consumer<long[]>> nothing) {
        return clockCosts.computeIfAbsent(caller, first -> new Samples(samples(nothing.get(), 0)).percentile(50));
    }

    private SortedMap<Long, Long> samples(Consumer<long[]> source, long clockCost) {
        fill(source, schedule.sampleMillis(), new TreeMap<>());
        SortedMap<Long, Long> counts = new TreeMap<>();
        fill(source, schedule.sampleMillis(), counts);
        return less(counts, clockCost);
    }

    private static void fill(Consumer<long[]> source, int millis, SortedMap<Long, Long> counts) {
        long[] nanos = new long[BATCH];
        long start = System.nanoTime();
        do {
            source.accept(nanos);
            Arrays.stream(nanos).forEach(each -> counts.merge(each, 1L, Long::sum));
        } while (System.nanoTime() - start < millis * NANOS_PER_MILLI);
    }

    private static SortedMap<Long, Long> less(SortedMap<Long, Long> counts, long clockCost) {
        SortedMap<Long, Long> less = new TreeMap<>();
        counts.forEach((nanos, count) -> less.merge(Math.max(0, nanos - clockCost), count, Long::sum));
        return less;
    }
}
