package dev.trapgate.bench.call;

import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.bench.peer.Empty;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.entry.Linkage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Calls a native function that does nothing: what lies between Java and the gate costs that much by itself. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EmptyFunction extends IterationCounts {

    @Benchmark
    @Measured(caller = Caller.JNI)
    public long jni() {
        return JniCalls.empty();
    }

    @Benchmark
    @Measured(caller = Caller.FFM)
    public long ffm() {
        return Empty.ordinary();
    }

    @Benchmark
    @Measured(caller = Caller.FFM, linkage = Linkage.CRITICAL)
    public long ffmCritical() {
        return Empty.critical();
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C)
    public long c() {
        return InC.EMPTY.run();
    }

    /** The loop, bound when it is first measured. */
    private static final class InC {
        static final CLoop EMPTY = CLoop.named("empty");
    }
}
