package dev.trapgate.bench.call;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** What is measured: one or two calls, the benchmarks of which make up a group of the report. */
public enum Operation {
    /** A native function that does nothing: what the way out of Java and back costs by itself. */
    EMPTY("empty", EmptyFunction.class, List.of(), result -> result == 0),
    /** A call that does next to nothing in the kernel. */
    GETPPID(
            "getppid",
            Getppid.class,
            List.of(Numbers.GETPPID),
            result ->
                    result == ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L)),
    /** {@code CLOCK_MONOTONIC}. */
    CLOCK_GETTIME("clock_gettime", ClockGettime.class, List.of(Numbers.CLOCK_GETTIME), result -> result == 0),
    /** The CPU and the node that the thread is on. */
    GETCPU("getcpu", Getcpu.class, List.of(Numbers.GETCPU), result -> result == 0),
    /** One byte from {@code /dev/zero}. */
    READ_1("read-1", Read.OneByte.class, List.of(Numbers.READ), result -> result == 1),
    /** 4 KiB from {@code /dev/zero}. */
    READ_4096("read-4096", Read.OnePage.class, List.of(Numbers.READ), result -> result == 4096),
    /** One byte to {@code /dev/null}. */
    WRITE_1("write-1", Write.OneByte.class, List.of(Numbers.WRITE), result -> result == 1),
    /** {@code /dev/null} opened and closed. */
    OPENAT_CLOSE("openat+close", OpenatClose.class, List.of(Numbers.OPENAT, Numbers.CLOSE), result -> result == 0);

    private final String label;
    private final Class<?> benchmarks;
    private final List<Numbers> calls;
    private final LongPredicate right;

    Operation(String label, Class<?> benchmarks, List<Numbers> calls, LongPredicate right) {
        this.label = label;
        this.benchmarks = benchmarks;
        this.calls = calls;
        this.right = right;
    }

    /** {@return the name in a report} */
    public String label() {
        return label;
    }

    /** {@return the system calls it consists of} */
    public List<Numbers> calls() {
        return calls;
    }

    /**
     * Says whether a benchmark did what it claims to.
     *
     * @param result what its last call answered
     * @return whether that is the right answer
     */
    public boolean isRight(long result) {
        return right.test(result);
    }

    /** {@return the rows of the report, Java's first and C's last} */
    public List<Row> rows() {
        return Arrays.stream(benchmarks.getMethods())
                .filter(method -> method.isAnnotationPresent(Measured.class))
                .map(method -> Row.of(this, benchmarks, method))
                .sorted(Comparator.comparing(Row::caller)
                        .thenComparing(row -> row.gate().map(Enum::ordinal).orElse(-1))
                        .thenComparing(row -> row.linkage().map(Enum::ordinal).orElse(-1))
                        .thenComparingInt(Row::depth))
                .toList();
    }

    /** {@return the names by which it can be asked for: its own, and that of its first call} */
    public Stream<String> names() {
        return Stream.concat(Stream.of(label), Stream.of(label.replaceFirst("[-+].*", "")))
                .distinct();
    }
}
