package dev.trapgate.bench.typed;

import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.trace.Tracing;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs that the JDK Flight Recorder could see a call: the same call by an entry that it cannot watch, by one that it
 * could while it is not running, while it records other events, and while it records this one.
 *
 * <p>{@code java -jar target/benchmarks.jar RecordedAndPlain -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class RecordedAndPlain {

    private static final SyscallEntry PLAIN = Gates.open(Gate.SYSCALL);
    private static final SyscallEntry RECORDED = Tracing.recorded(PLAIN);
    private static final Linux LINUX_PLAIN = Linux.over(PLAIN);
    private static final Linux LINUX_RECORDED = Linux.over(RECORDED);
    private static final SyscallEntry CLOCK = Gates.open(Gate.VDSO).critical();
    private static final SyscallEntry RECORDED_CLOCK = Tracing.recorded(CLOCK);
    private static final long TIME = CLOCK.memory().open().allocate(16, 8).address();
    private static final int CLOCK_GETTIME = Syscall.CLOCK_GETTIME.number(Abi.X86_64);
    private static final int GETPPID = Syscall.GETPPID.number(Abi.X86_64);

    /** The recorder runs, but does not want the event. */
    @State(Scope.Benchmark)
    public static class OthersRecorded {

        private final Recording recording = new Recording();

        /** Starts recording. */
        @Setup
        public void start() {
            recording.enable("jdk.GCPhasePause");
            recording.start();
        }

        /** Ends recording. */
        @TearDown
        public void stop() {
            recording.close();
        }
    }

    /** The recorder wants the event. */
    @State(Scope.Benchmark)
    public static class CallsRecorded {

        private final Recording recording = new Recording();

        /** Starts recording. */
        @Setup
        public void start() {
            recording.setMaxSize(1 << 20);
            recording.enable(Tracing.EVENT);
            recording.start();
        }

        /** Ends recording. */
        @TearDown
        public void stop() {
            recording.close();
        }
    }

    @Benchmark
    public long getppidPlain() {
        return PLAIN.enter(GETPPID, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    public long getppidRecordable() {
        return RECORDED.enter(GETPPID, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    public long getppidWhileOthersAreRecorded(OthersRecorded running) {
        return RECORDED.enter(GETPPID, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    public long getppidRecorded(CallsRecorded running) {
        return RECORDED.enter(GETPPID, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    public long clockGettimePlain() {
        return CLOCK.enter(CLOCK_GETTIME, 1, TIME, 0, 0, 0, 0);
    }

    @Benchmark
    public long clockGettimeRecordable() {
        return RECORDED_CLOCK.enter(CLOCK_GETTIME, 1, TIME, 0, 0, 0, 0);
    }

    @Benchmark
    public long typedPlain() {
        return LINUX_PLAIN.process().getppid().value();
    }

    @Benchmark
    public long typedRecordable() {
        return LINUX_RECORDED.process().getppid().value();
    }
}
