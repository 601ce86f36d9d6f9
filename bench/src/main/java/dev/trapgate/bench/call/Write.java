package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.GlibcErrno;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallBatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writes one byte to {@code /dev/null}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Write extends IterationCounts {

    private static final int NUMBER = Syscall.WRITE.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.WRITE.number(Abi.I386);

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.GLIBC)
    public long glibc() {
        return OpenGates.Glibc.ENTRY.enter(NUMBER, Fixtures.NULL, OpenGates.Glibc.MEMORY.buffer(), 1, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL)
    public long libcSyscall() {
        return OpenGates.LibcSyscall.ENTRY.enter(
                NUMBER, Fixtures.NULL, OpenGates.LibcSyscall.MEMORY.buffer(), 1, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL)
    public long syscall() {
        return OpenGates.Syscall.ENTRY.enter(NUMBER, Fixtures.NULL, OpenGates.Syscall.MEMORY.buffer(), 1, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80)
    public long int80() {
        return OpenGates.Int80.ENTRY.enter(NUMBER_I386, Fixtures.NULL, OpenGates.Int80.MEMORY.buffer(), 1, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.JNR)
    public long jnr() {
        return OpenGates.Jnr.ENTRY.enter(NUMBER, Fixtures.NULL, OpenGates.Jnr.MEMORY.buffer(), 1, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_INT80, from = Effort.STANDARD)
    public long emulatedInt80() {
        return OpenGates.EmulatedInt80.ENTRY.enter(
                NUMBER_I386, OpenGates.EmulatedInt80.NULL, OpenGates.EmulatedInt80.MEMORY.buffer(), 1, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.STANDARD)
    public long emulatedSyscall() {
        return OpenGates.EmulatedSyscall.ENTRY.enter(
                NUMBER, OpenGates.EmulatedSyscall.NULL, OpenGates.EmulatedSyscall.MEMORY.buffer(), 1, 0, 0, 0);
    }

    @Benchmark
    @OperationsPerInvocation(Batches.SMALL)
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, batch = Batches.SMALL, from = Effort.STANDARD)
    public long smallBatch() {
        return Batches.enter(OpenGates.Syscall.ENTRY, InBatches.SMALL);
    }

    @Benchmark
    @OperationsPerInvocation(Batches.LARGE)
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, batch = Batches.LARGE)
    public long largeBatch() {
        return Batches.enter(OpenGates.Syscall.ENTRY, InBatches.LARGE);
    }

    @Benchmark
    @OperationsPerInvocation(Batches.LARGE)
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, batch = Batches.LARGE, from = Effort.STANDARD)
    public long emulatedLargeBatch() {
        return Batches.enter(OpenGates.EmulatedSyscall.ENTRY, InEmulatedBatches.LARGE);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.write(Fixtures.NULL, Fixtures.BUFFER_ADDRESS, 1);
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.write(Fixtures.NULL, Fixtures.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.FFM_ERRNO, gate = Gate.GLIBC, from = Effort.FULL)
    public long ffmErrno() {
        return GlibcErrno.write(Fixtures.NULL, Fixtures.BUFFER, 1);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.GLIBC)
    public long cGlibc() {
        return InC.GLIBC.run();
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.LIBC_SYSCALL)
    public long cLibcSyscall() {
        return InC.LIBC_SYSCALL.run();
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.SYSCALL)
    public long cSyscall() {
        return InC.SYSCALL.run();
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.INT80)
    public long cInt80() {
        return InC.INT80.run();
    }

    /** The batches, filled when the first of them is measured. */
    private static final class InBatches {
        static final SyscallBatch SMALL =
                Batches.of(Batches.SMALL, NUMBER, Fixtures.NULL, OpenGates.Syscall.MEMORY.buffer(), 1);
        static final SyscallBatch LARGE =
                Batches.of(Batches.LARGE, NUMBER, Fixtures.NULL, OpenGates.Syscall.MEMORY.buffer(), 1);
    }

    /** The emulated gate's batch, whose memory is the emulated machine's. */
    private static final class InEmulatedBatches {
        static final SyscallBatch LARGE = Batches.of(
                Batches.LARGE, NUMBER, OpenGates.EmulatedSyscall.NULL, OpenGates.EmulatedSyscall.MEMORY.buffer(), 1);
    }

    /** The loops, bound when the first of them is measured. */
    private static final class InC {
        static final CLoop GLIBC = CLoop.named("write_1_glibc", Fixtures.NULL, Fixtures.BUFFER_ADDRESS);
        static final CLoop LIBC_SYSCALL = CLoop.named("write_1_libc_syscall", Fixtures.NULL, Fixtures.BUFFER_ADDRESS);
        static final CLoop SYSCALL = CLoop.named("write_1_syscall", Fixtures.NULL, Fixtures.BUFFER_ADDRESS);
        static final CLoop INT80 = CLoop.named("write_1_int80", Fixtures.NULL, OpenGates.Int80.MEMORY.buffer());
    }
}
