package dev.trapgate.bench.call;

import dev.trapgate.abi.Syscall;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is measured: one or two calls, the benchmarks of which make up a group of the report. */
public enum Operation {
    /** A native function that does nothing: what the way out of Java and back costs by itself. */
    EMPTY("empty", EmptyFunction.class, 0),
    /** A call that does next to nothing in the kernel. */
    GETPPID(
            "getppid",
            Getppid.class,
            ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L)),
    /** {@code CLOCK_MONOTONIC}. */
    CLOCK_GETTIME("clock_gettime", ClockGettime.class, 0),
    /** The CPU and the node that the thread is on. */
    GETCPU("getcpu", Getcpu.class, 0),
    /** One byte from {@code /dev/zero}. */
    READ_1("read-1", Read.OneByte.class, 1),
    /** 4 KiB from {@code /dev/zero}. */
    READ_4096("read-4096", Read.OnePage.class, 4096),
    /** One byte to {@code /dev/null}. */
    WRITE_1("write-1", Write.class, 1),
    /** {@code /dev/null} opened and closed. */
    OPENAT_CLOSE("openat+close", OpenatClose.class, 0),
    /** A whole program that exits with 42. */
    EXIT("exit-42", Exit.class, 42);

    private final String label;
    private final Class<?> benchmarks;
    private final long answer;

    Operation(String label, Class<?> benchmarks, long answer) {
        this.label = label;
        this.benchmarks = benchmarks;
        this.answer = answer;
    }

    /** {@return the name in a report} */
    public String label() {
        return label;
    }

    /** {@return what its last call answers if it does what it should} */
    public long answer() {
        return answer;
    }

    /** {@return the system calls it consists of} */
    public List<Syscall> calls() {
        return switch (this) {
            case EMPTY -> List.of();
            case GETPPID -> List.of(Syscall.GETPPID);
            case CLOCK_GETTIME -> List.of(Syscall.CLOCK_GETTIME);
            case GETCPU -> List.of(Syscall.GETCPU);
            case READ_1, READ_4096 -> List.of(Syscall.READ);
            case WRITE_1 -> List.of(Syscall.WRITE);
            case OPENAT_CLOSE -> List.of(Syscall.OPENAT, Syscall.CLOSE);
            case EXIT -> List.of(Syscall.EXIT);
        };
    }

    /**
     * {@return the rows of the report, Java's first, C's after them, and duplicates last: so they are as far from what they
     * repeat as other rows are from what they are compared with}
     */
    public List<Row> rows() {
        return Arrays.stream(benchmarks.getMethods())
                .filter(method -> method.isAnnotationPresent(Measured.class))
                .map(method -> Row.of(this, benchmarks, method))
                .sorted(Comparator.comparing(Row::duplicate)
                        .thenComparing(Row::caller)
                        .thenComparing(row -> row.gate().map(Enum::ordinal).orElse(-1))
                        .thenComparing(row -> row.linkage().map(Enum::ordinal).orElse(-1))
                        .thenComparingInt(Row::depth)
                        .thenComparingInt(Row::batch)
                        .thenComparing(Row::method))
                .toList();
    }

    /** {@return the names by which it can be asked for: its own, and that of its first call} */
    public Stream<String> names() {
        return Stream.concat(Stream.of(label), Stream.of(label.replaceFirst("[-+].*", "")))
                .distinct();
    }
}
