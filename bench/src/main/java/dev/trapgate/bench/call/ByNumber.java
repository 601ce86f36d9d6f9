package dev.trapgate.bench.call;

import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The rows of an operation through every gate that takes any call's number, and of C through the same. The entries are
 * {@code static final} here as everywhere: the compiler inlines {@link #call} into each row, and sees one gate in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class ByNumber extends IterationCounts {

    /**
     * Makes the operation's calls.
     *
     * @param gate a gate to the x86-64 table
     * @param memory memory of the gate's own
     * @return what the last one answers
     */
    protected abstract long call(SyscallEntry gate, GateMemory memory);

    /**
     * Makes the operation's calls by the i386 table.
     *
     * @param gate a gate to it
     * @param memory memory of the gate's own
     * @return what the last one answers
     */
    protected abstract long callI386(SyscallEntry gate, GateMemory memory);

    /** {@return the operation's loops in C} */
    protected abstract LoopsInC loops();

    @Override
    public Optional<CLoop> loop(Gate gate) {
        return Optional.of(loops().loop(gate));
    }

    /**
     * Says whether what a loop in C answered is right.
     *
     * @param answered what its last call answered
     * @return the operation's answer if it is
     */
    protected long answer(long answered) {
        return answered;
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL)
    public long libcSyscall() {
        return call(OpenGates.LibcSyscall.ENTRY, OpenGates.LibcSyscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL)
    public long syscall() {
        return call(OpenGates.Syscall.ENTRY, OpenGates.Syscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80, from = Effort.FULL)
    public long int80() {
        return callI386(OpenGates.Int80.ENTRY, OpenGates.Int80.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.JNR)
    public long jnr() {
        return call(OpenGates.Jnr.ENTRY, OpenGates.Jnr.MEMORY);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.LIBC_SYSCALL)
    public long cLibcSyscall() {
        return answer(loops().run(Gate.LIBC_SYSCALL));
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.SYSCALL)
    public long cSyscall() {
        return answer(loops().run(Gate.SYSCALL));
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.INT80, from = Effort.FULL)
    public long cInt80() {
        return answer(loops().run(Gate.INT80));
    }
}
