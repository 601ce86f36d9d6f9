package dev.trapgate.bench.call;

import dev.trapgate.abi.Syscall;
import dev.trapgate.cli.CostMeasurement.Effort;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is measured: one or two calls, the benchmarks of which make up a group of the report. */
public enum Operation {
    /** A native function that does nothing: what the way out of Java and back costs by itself. */
    EMPTY("empty", EmptyFunction.class, Effort.QUICK, 0),
    /** A call that does next to nothing in the kernel. */
    GETPPID(
            "getppid",
            Getppid.class,
            Effort.QUICK,
            ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L)),
    /** The process id. */
    GETPID("getpid", Getpid.class, Effort.STANDARD, ProcessHandle.current().pid()),
    /** {@code CLOCK_MONOTONIC}. */
    CLOCK_GETTIME("clock_gettime", ClockGettime.class, Effort.QUICK, 0),
    /** {@code CLOCK_REALTIME}. */
    CLOCK_REALTIME("clock_gettime-realtime", ClockGettimeOf.Realtime.class, Effort.STANDARD, 0),
    /** {@code CLOCK_MONOTONIC_COARSE}. */
    CLOCK_COARSE("clock_gettime-coarse", ClockGettimeOf.MonotonicCoarse.class, Effort.STANDARD, 0),
    /** {@code CLOCK_THREAD_CPUTIME_ID}, which the vDSO cannot read. */
    CLOCK_THREAD("clock_gettime-thread", ClockGettimeOf.ThreadCpuTime.class, Effort.STANDARD, 0),
    /** The time of day. */
    GETTIMEOFDAY("gettimeofday", Gettimeofday.class, Effort.STANDARD, 0),
    /** The time in seconds; 0 stands for any. */
    TIME("time", Time.class, Effort.STANDARD, 0),
    /** The CPU and the node that the thread is on. */
    GETCPU("getcpu", Getcpu.class, Effort.QUICK, 0),
    /** One byte from {@code /dev/zero}. */
    READ_1("read-1", Read.OneByte.class, Effort.QUICK, 1),
    /** 4 KiB from {@code /dev/zero}. */
    READ_4096("read-4096", Read.OnePage.class, Effort.QUICK, 4096),
    /** 64 KiB from {@code /dev/zero}. */
    READ_65536("read-65536", Read.SixtyFourKiB.class, Effort.STANDARD, 65_536),
    /** One byte to {@code /dev/null}. */
    WRITE_1("write-1", Write.class, Effort.QUICK, 1),
    /** {@code /dev/null} opened and closed. */
    OPENAT_CLOSE("openat+close", OpenatClose.class, Effort.QUICK, 0),
    /** {@code −1} closed: what an errno costs. */
    CLOSE("close-nothing", CloseNothing.class, Effort.STANDARD, -9),
    /** The status of {@code /dev/null} by its path. */
    STATX("statx", StatxPath.class, Effort.STANDARD, 0),
    /** The status of an open file. */
    FSTAT("fstat", Fstat.class, Effort.STANDARD, 0),
    /** A page mapped and taken away. */
    MMAP_MUNMAP("mmap+munmap", MmapMunmap.class, Effort.STANDARD, 0),
    /** A futex that nobody waits for. */
    FUTEX("futex-wake", FutexWake.class, Effort.STANDARD, 0),
    /** An epoll instance with nothing ready. */
    EPOLL_WAIT("epoll_wait", EpollWait.class, Effort.STANDARD, 0),
    /** An eventfd written and read. */
    EVENTFD("eventfd-write+read", EventfdWriteRead.class, Effort.STANDARD, 8),
    /** 16 random bytes. */
    GETRANDOM("getrandom-16", Getrandom.class, Effort.STANDARD, 16),
    /** One byte to another thread and back. */
    PIPE("pipe-ping-pong", PipePingPong.class, Effort.STANDARD, 1),
    /** A whole program that exits with 42. */
    EXIT("exit-42", Exit.class, Effort.STANDARD, 42);

    private final String label;
    private final Class<?> benchmarks;
    private final Effort from;
    private final long answer;

    Operation(String label, Class<?> benchmarks, Effort from, long answer) {
        this.label = label;
        this.benchmarks = benchmarks;
        this.from = from;
        this.answer = answer;
    }

    /** {@return the name in a report} */
    public String label() {
        return label;
    }

    /** {@return the least effort with which it is measured} */
    public Effort from() {
        return from;
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
            case GETPID -> List.of(Syscall.GETPID);
            case CLOCK_GETTIME, CLOCK_REALTIME, CLOCK_COARSE, CLOCK_THREAD -> List.of(Syscall.CLOCK_GETTIME);
            case GETTIMEOFDAY -> List.of(Syscall.GETTIMEOFDAY);
            case TIME -> List.of(Syscall.TIME);
            case GETCPU -> List.of(Syscall.GETCPU);
            case READ_1, READ_4096, READ_65536 -> List.of(Syscall.READ);
            case WRITE_1 -> List.of(Syscall.WRITE);
            case OPENAT_CLOSE -> List.of(Syscall.OPENAT, Syscall.CLOSE);
            case CLOSE -> List.of(Syscall.CLOSE);
            case STATX -> List.of(Syscall.STATX);
            case FSTAT -> List.of(Syscall.FSTAT);
            case MMAP_MUNMAP -> List.of(Syscall.MMAP, Syscall.MUNMAP);
            case FUTEX -> List.of(Syscall.FUTEX);
            case EPOLL_WAIT -> List.of(Syscall.EPOLL_WAIT);
            case EVENTFD, PIPE -> List.of(Syscall.WRITE, Syscall.READ);
            case GETRANDOM -> List.of(Syscall.GETRANDOM);
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
