package dev.trapgate.bench.call;

import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.entry.Gate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** The rows of an operation for which glibc has a function, too. */
public abstract class ByEveryGate extends ByNumber {

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.GLIBC)
    public long glibc() {
        return call(OpenGates.Glibc.ENTRY, OpenGates.Glibc.MEMORY);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.GLIBC)
    public long cGlibc() {
        return answer(loops().run(Gate.GLIBC));
    }
}
