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

/** Reads from {@code /dev/zero}. How much is a field, for it only passes through; the loops in C are each size's own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class Read extends IterationCounts {

    private static final int NUMBER = Syscall.READ.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.READ.number(Abi.I386);

    private final long size;
    private final LoopsInC loops;
    private final MemorySegment part;
    private final ByteBuffer direct;

    Read(long size) {
        this.size = size;
        this.part = Fixtures.BUFFER.asSlice(0, size);
        this.direct = ByteBuffer.allocateDirect((int) size);
        this.loops = LoopsInC.of("read_" + size, Fixtures.ZERO);
    }

    @Override
    public Optional<CLoop> loop(Gate gate) {
        return Optional.of(loops.loop(gate));
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.GLIBC, sampled = true)
    public long glibc() {
        return OpenGates.Glibc.ENTRY.enter(NUMBER, Fixtures.ZERO, OpenGates.Glibc.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL)
    public long libcSyscall() {
        return OpenGates.LibcSyscall.ENTRY.enter(
                NUMBER, Fixtures.ZERO, OpenGates.LibcSyscall.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, sampled = true)
    public long syscall() {
        return OpenGates.Syscall.ENTRY.enter(NUMBER, Fixtures.ZERO, OpenGates.Syscall.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80)
    public long int80() {
        return OpenGates.Int80.ENTRY.enter(NUMBER_I386, Fixtures.ZERO, OpenGates.Int80.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.JNR)
    public long jnr() {
        return OpenGates.Jnr.ENTRY.enter(NUMBER, Fixtures.ZERO, OpenGates.Jnr.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_INT80, from = Effort.STANDARD)
    public long emulatedInt80() {
        return OpenGates.EmulatedInt80.ENTRY.enter(
                NUMBER_I386, OpenGates.EmulatedInt80.ZERO, OpenGates.EmulatedInt80.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.STANDARD)
    public long emulatedSyscall() {
        return OpenGates.EmulatedSyscall.ENTRY.enter(
                NUMBER, OpenGates.EmulatedSyscall.ZERO, OpenGates.EmulatedSyscall.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC, sampled = true)
    public long jni() {
        return JniCalls.read(Fixtures.ZERO, Fixtures.BUFFER_ADDRESS, size);
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC, sampled = true)
    public long ffm() {
        return Glibc.read(Fixtures.ZERO, Fixtures.BUFFER, size);
    }

    @Benchmark
    @Measured(caller = Caller.FFM_ERRNO, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long ffmErrno() {
        return GlibcErrno.read(Fixtures.ZERO, Fixtures.BUFFER, size);
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.SYSCALL, from = Effort.STANDARD, sampled = true)
    public long typed() {
        return OpenGates.Typed.LINUX.io().read(OpenGates.Typed.ZERO, part);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jextract() {
        return files_h.read(Fixtures.ZERO, Fixtures.BUFFER, size);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC, sampled = true)
    public long jnaDirect() {
        return JnaDirect.read(Fixtures.ZERO, Jna.BUFFER, size);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jna() {
        return Jna.C.read(Fixtures.ZERO, Jna.BUFFER, size);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrFfi() {
        return JnrFfi.C.read(Fixtures.ZERO, JnrFfi.BUFFER, size);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_POSIX, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrPosix() {
        return JnrPosix.C.read(Fixtures.ZERO, direct, size);
    }

    @Benchmark
    @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "FileChannel.read", from = Effort.STANDARD, sampled = true)
    public long jdk() throws IOException {
        direct.clear();
        return JdkFiles.ZERO.read(direct);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.GLIBC, sampled = true)
    public long cGlibc() {
        return loops.run(Gate.GLIBC);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.LIBC_SYSCALL)
    public long cLibcSyscall() {
        return loops.run(Gate.LIBC_SYSCALL);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.SYSCALL, sampled = true)
    public long cSyscall() {
        return loops.run(Gate.SYSCALL);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.INT80)
    public long cInt80() {
        return loops.run(Gate.INT80);
    }

    /** One byte: what a read costs besides the data. */
    public static class OneByte extends Read {

        /** Reads that much. */
        public OneByte() {
            super(1);
        }
    }

    /** 4 KiB: the data counts as well. */
    public static class OnePage extends Read {

        /** Reads that much. */
        public OnePage() {
            super(4096);
        }
    }

    /** 64 KiB: the data counts most. */
    public static class SixtyFourKiB extends Read {

        /** Reads that much. */
        public SixtyFourKiB() {
            super(65_536);
        }
    }
}
