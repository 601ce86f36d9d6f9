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
import dev.trapgate.bindings.processes_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.host.i386.CompanionWay;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Asks for the parent's process id: a call that does next to nothing in the kernel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Getppid extends IterationCounts {

    private static final int NUMBER = Syscall.GETPPID.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.GETPPID.number(Abi.I386);
    private static final LoopsInC LOOPS = LoopsInC.of("getppid", 0);

    @Override
    public Optional<CLoop> loop(Gate gate) {
        return Optional.of(LOOPS.loop(gate));
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.GLIBC, sampled = true)
    public long glibc() {
        return OpenGates.Glibc.ENTRY.enter(NUMBER, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL)
    public long libcSyscall() {
        return OpenGates.LibcSyscall.ENTRY.enter(NUMBER, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL, linkage = Linkage.CRITICAL, from = Effort.STANDARD)
    public long libcSyscallCritical() {
        return OpenGates.LibcSyscallCritical.ENTRY.enter(NUMBER, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, sampled = true)
    public long syscall() {
        return OpenGates.Syscall.ENTRY.enter(NUMBER, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, duplicate = true)
    public long syscallAgain() {
        return OpenGates.Syscall.ENTRY.enter(NUMBER, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, linkage = Linkage.CRITICAL)
    public long syscallCritical() {
        return OpenGates.SyscallCritical.ENTRY.enter(NUMBER, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80)
    public long int80() {
        return OpenGates.Int80.ENTRY.enter(NUMBER_I386, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80, linkage = Linkage.CRITICAL, from = Effort.STANDARD)
    public long int80Critical() {
        return OpenGates.Int80Critical.ENTRY.enter(NUMBER_I386, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.JNR, sampled = true)
    public long jnr() {
        return OpenGates.Jnr.ENTRY.enter(NUMBER, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_INT80, from = Effort.STANDARD)
    public long emulatedInt80() {
        return OpenGates.EmulatedInt80.ENTRY.enter(NUMBER_I386, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSENTER, from = Effort.STANDARD)
    public long emulatedSysenter() {
        return OpenGates.EmulatedSysenter.ENTRY.enter(NUMBER_I386, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.STANDARD)
    public long emulatedSyscall() {
        return OpenGates.EmulatedSyscall.ENTRY.enter(NUMBER, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, depth = SixFrames.DEPTH, sampled = true)
    public long syscallAtDepth() {
        return SixFrames.syscall1();
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
        return JniCalls.getppid();
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC, sampled = true)
    public long ffm() {
        return Glibc.getppid();
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC, depth = SixFrames.DEPTH, sampled = true)
    public long ffmAtDepth() {
        return SixFrames.ffm1();
    }

    @Benchmark
    @Measured(caller = Caller.FFM_ERRNO, gate = Gate.GLIBC)
    public long ffmErrno() {
        return GlibcErrno.getppid();
    }

    @Benchmark
    @OperationsPerInvocation(CompanionLoops.SLOW)
    @Measured(caller = Caller.I386, gate = Gate.I386_INT80)
    public long i386Int80() {
        return OpenGates.I386.LOOPS.run(CompanionWay.INT80, CompanionLoops.SLOW, NUMBER_I386, 0);
    }

    @Benchmark
    @OperationsPerInvocation(CompanionLoops.FAST)
    @Measured(caller = Caller.I386, gate = Gate.I386_VSYSCALL)
    public long i386Vsyscall() {
        return OpenGates.I386.LOOPS.run(CompanionWay.KERNEL_VSYSCALL, CompanionLoops.FAST, NUMBER_I386, 0);
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.SYSCALL, sampled = true)
    public long typed() {
        return OpenGates.Typed.LINUX.process().getppid().value();
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jextract() {
        return processes_h.getppid();
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC, sampled = true)
    public long jnaDirect() {
        return JnaDirect.getppid();
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jna() {
        return Jna.C.getppid();
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrFfi() {
        return JnrFfi.C.getppid();
    }

    @Benchmark
    @Measured(caller = Caller.JNR_POSIX, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrPosix() {
        return JnrPosix.C.getppid();
    }

    @Benchmark
    @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "ProcessHandle.parent", from = Effort.STANDARD)
    public long jdk() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
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
        static final SyscallBatch SMALL = Batches.of(Batches.SMALL, NUMBER, 0, 0, 0);
        static final SyscallBatch LARGE = Batches.of(Batches.LARGE, NUMBER, 0, 0, 0);
    }

    /** The emulated gate's batch, whose memory is the emulated machine's. */
    private static final class InEmulatedBatches {
        static final SyscallBatch LARGE = Batches.of(Batches.LARGE, NUMBER, 0, 0, 0);
    }
}
