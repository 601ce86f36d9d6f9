package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.GlibcErrno;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bench.peer.JnrPosix;
import dev.trapgate.bindings.files_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
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
    private static final MemorySegment ONE = Fixtures.BUFFER.asSlice(0, 1);
    private static final ByteBuffer DIRECT = ByteBuffer.allocateDirect(1);
    private static final LoopsInC LOOPS = LoopsInC.of("write_1", Fixtures.NULL);

    @Override
    public Optional<CLoop> loop(Gate gate) {
        return Optional.of(LOOPS.loop(gate));
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.GLIBC, sampled = true)
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
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, sampled = true)
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
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC, sampled = true)
    public long jni() {
        return JniCalls.write(Fixtures.NULL, Fixtures.BUFFER_ADDRESS, 1);
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC, sampled = true)
    public long ffm() {
        return Glibc.write(Fixtures.NULL, Fixtures.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.FFM_ERRNO, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long ffmErrno() {
        return GlibcErrno.write(Fixtures.NULL, Fixtures.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.SYSCALL, from = Effort.STANDARD, sampled = true)
    public long typed() {
        return OpenGates.Typed.LINUX.io().write(OpenGates.Typed.NULL, ONE);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jextract() {
        return files_h.write(Fixtures.NULL, Fixtures.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC, sampled = true)
    public long jnaDirect() {
        return JnaDirect.write(Fixtures.NULL, Jna.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jna() {
        return Jna.C.write(Fixtures.NULL, Jna.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrFfi() {
        return JnrFfi.C.write(Fixtures.NULL, JnrFfi.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_POSIX, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrPosix() {
        return JnrPosix.C.write(Fixtures.NULL, DIRECT, 1L);
    }

    @Benchmark
    @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "FileChannel.write", from = Effort.STANDARD, sampled = true)
    public long jdk() throws IOException {
        DIRECT.clear();
        return JdkFiles.NULL.write(DIRECT);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.GLIBC, sampled = true)
    public long cGlibc() {
        return LOOPS.run(Gate.GLIBC);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.LIBC_SYSCALL)
    public long cLibcSyscall() {
        return LOOPS.run(Gate.LIBC_SYSCALL);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.SYSCALL, sampled = true)
    public long cSyscall() {
        return LOOPS.run(Gate.SYSCALL);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.INT80)
    public long cInt80() {
        return LOOPS.run(Gate.INT80);
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
}
