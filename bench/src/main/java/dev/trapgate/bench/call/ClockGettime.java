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
import dev.trapgate.bindings.clocks_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.host.i386.CompanionWay;
import dev.trapgate.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads {@code CLOCK_MONOTONIC}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClockGettime extends IterationCounts {

    private static final int NUMBER = Syscall.CLOCK_GETTIME.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.CLOCK_GETTIME.number(Abi.I386);
    private static final LoopsInC LOOPS = LoopsInC.of("clock_gettime", 0);

    @Override
    public Optional<CLoop> loop(Gate gate) {
        return Optional.of(LOOPS.loop(gate));
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.GLIBC)
    public long glibc() {
        return OpenGates.Glibc.ENTRY.enter(
                NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.Glibc.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL)
    public long libcSyscall() {
        return OpenGates.LibcSyscall.ENTRY.enter(
                NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.LibcSyscall.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL, linkage = Linkage.CRITICAL, from = Effort.STANDARD)
    public long libcSyscallCritical() {
        return OpenGates.LibcSyscallCritical.ENTRY.enter(
                NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.LibcSyscall.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL)
    public long syscall() {
        return OpenGates.Syscall.ENTRY.enter(
                NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.Syscall.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, linkage = Linkage.CRITICAL)
    public long syscallCritical() {
        return OpenGates.SyscallCritical.ENTRY.enter(
                NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.Syscall.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80)
    public long int80() {
        return OpenGates.Int80.ENTRY.enter(
                NUMBER_I386, Fixtures.CLOCK_MONOTONIC, OpenGates.Int80.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80, linkage = Linkage.CRITICAL, from = Effort.STANDARD)
    public long int80Critical() {
        return OpenGates.Int80Critical.ENTRY.enter(
                NUMBER_I386, Fixtures.CLOCK_MONOTONIC, OpenGates.Int80.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.VDSO, sampled = true)
    public long vdso() {
        return OpenGates.Vdso.ENTRY.enter(NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.Vdso.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.VDSO, linkage = Linkage.CRITICAL, sampled = true)
    public long vdsoCritical() {
        return OpenGates.VdsoCritical.ENTRY.enter(
                NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.Vdso.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.VDSO, linkage = Linkage.CRITICAL, duplicate = true)
    public long vdsoCriticalAgain() {
        return OpenGates.VdsoCritical.ENTRY.enter(
                NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.Vdso.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.JNR, from = Effort.STANDARD)
    public long jnr() {
        return OpenGates.Jnr.ENTRY.enter(NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.Jnr.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.STANDARD)
    public long emulatedSyscall() {
        return OpenGates.EmulatedSyscall.ENTRY.enter(
                NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.EmulatedSyscall.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_VDSO, from = Effort.STANDARD)
    public long emulatedVdso() {
        return OpenGates.EmulatedVdso.ENTRY.enter(
                NUMBER, Fixtures.CLOCK_MONOTONIC, OpenGates.EmulatedVdso.MEMORY.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC, sampled = true)
    public long jni() {
        return JniCalls.clockGettime(Fixtures.CLOCK_MONOTONIC, Fixtures.BUFFER_ADDRESS);
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC, sampled = true)
    public long ffm() {
        return Glibc.clockGettime(Fixtures.CLOCK_MONOTONIC, Fixtures.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.FFM_ERRNO, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long ffmErrno() {
        return GlibcErrno.clockGettime(Fixtures.CLOCK_MONOTONIC, Fixtures.BUFFER);
    }

    @Benchmark
    @OperationsPerInvocation(CompanionLoops.SLOW)
    @Measured(caller = Caller.I386, gate = Gate.I386_INT80, from = Effort.STANDARD)
    public long i386Int80() {
        return OpenGates.I386.LOOPS.run(CompanionWay.INT80, CompanionLoops.SLOW, NUMBER_I386, Fixtures.CLOCK_MONOTONIC);
    }

    @Benchmark
    @OperationsPerInvocation(CompanionLoops.FAST)
    @Measured(caller = Caller.I386, gate = Gate.I386_VSYSCALL)
    public long i386Vsyscall() {
        return OpenGates.I386.LOOPS.run(
                CompanionWay.KERNEL_VSYSCALL, CompanionLoops.FAST, NUMBER_I386, Fixtures.CLOCK_MONOTONIC);
    }

    @Benchmark
    @OperationsPerInvocation(CompanionLoops.FAST)
    @Measured(caller = Caller.I386, gate = Gate.VDSO)
    public long i386Vdso() {
        return OpenGates.I386.LOOPS.run(
                CompanionWay.FUNCTION, CompanionLoops.FAST, InCompanion.CLOCK_GETTIME, Fixtures.CLOCK_MONOTONIC);
    }

    /** The 32-bit vDSO's function, looked up when it is first measured. */
    private static final class InCompanion {
        static final long CLOCK_GETTIME = OpenGates.I386.LOOPS.function("__vdso_clock_gettime");
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.VDSO, sampled = true)
    public long typed() {
        OpenGates.Typed.LINUX.time().clockGettime(Clock.CLOCK_MONOTONIC, OpenGates.Typed.TIME);
        return 0;
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jextract() {
        return clocks_h.clock_gettime(Fixtures.CLOCK_MONOTONIC, Fixtures.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC, from = Effort.STANDARD, sampled = true)
    public long jnaDirect() {
        return JnaDirect.clock_gettime(Fixtures.CLOCK_MONOTONIC, Jna.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jna() {
        return Jna.C.clock_gettime(Fixtures.CLOCK_MONOTONIC, Jna.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrFfi() {
        return JnrFfi.C.clock_gettime(Fixtures.CLOCK_MONOTONIC, JnrFfi.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "System.nanoTime", sampled = true)
    public long jdk() {
        return System.nanoTime() == Long.MIN_VALUE ? 1 : 0;
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
    @Measured(caller = Caller.C, gate = Gate.SYSCALL)
    public long cSyscall() {
        return LOOPS.run(Gate.SYSCALL);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.INT80)
    public long cInt80() {
        return LOOPS.run(Gate.INT80);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.VDSO, sampled = true)
    public long cVdso() {
        return LOOPS.run(Gate.VDSO);
    }
}
