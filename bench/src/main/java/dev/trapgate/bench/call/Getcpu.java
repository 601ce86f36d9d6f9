package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bindings.processes_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Asks which CPU and node the thread runs on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Getcpu extends IterationCounts {

    private static final int NUMBER = Syscall.GETCPU.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.GETCPU.number(Abi.I386);

    private static final MemorySegment NODE = Fixtures.BUFFER.asSlice(Integer.BYTES);
    private static final long NODE_ADDRESS = NODE.address();
    private static final LoopsInC LOOPS = LoopsInC.of("getcpu", 0);

    @Override
    public Optional<CLoop> loop(Gate gate) {
        return Optional.of(LOOPS.loop(gate));
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.GLIBC)
    public long glibc() {
        return getcpu(OpenGates.Glibc.ENTRY, NUMBER, OpenGates.Glibc.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL, from = Effort.STANDARD)
    public long libcSyscall() {
        return getcpu(OpenGates.LibcSyscall.ENTRY, NUMBER, OpenGates.LibcSyscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL, linkage = Linkage.CRITICAL, from = Effort.STANDARD)
    public long libcSyscallCritical() {
        return getcpu(OpenGates.LibcSyscallCritical.ENTRY, NUMBER, OpenGates.LibcSyscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL)
    public long syscall() {
        return getcpu(OpenGates.Syscall.ENTRY, NUMBER, OpenGates.Syscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, linkage = Linkage.CRITICAL)
    public long syscallCritical() {
        return getcpu(OpenGates.SyscallCritical.ENTRY, NUMBER, OpenGates.Syscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80)
    public long int80() {
        return getcpu(OpenGates.Int80.ENTRY, NUMBER_I386, OpenGates.Int80.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80, linkage = Linkage.CRITICAL, from = Effort.STANDARD)
    public long int80Critical() {
        return getcpu(OpenGates.Int80Critical.ENTRY, NUMBER_I386, OpenGates.Int80.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.VDSO)
    public long vdso() {
        return getcpu(OpenGates.Vdso.ENTRY, NUMBER, OpenGates.Vdso.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.VDSO, linkage = Linkage.CRITICAL)
    public long vdsoCritical() {
        return getcpu(OpenGates.VdsoCritical.ENTRY, NUMBER, OpenGates.Vdso.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.JNR, from = Effort.STANDARD)
    public long jnr() {
        return getcpu(OpenGates.Jnr.ENTRY, NUMBER, OpenGates.Jnr.MEMORY);
    }

    private static long getcpu(SyscallEntry gate, int number, GateMemory memory) {
        return gate.enter(number, memory.buffer(), memory.buffer() + Integer.BYTES, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_VDSO, from = Effort.STANDARD)
    public long emulatedVdso() {
        return getcpu(OpenGates.EmulatedVdso.ENTRY, NUMBER, OpenGates.EmulatedVdso.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.getcpu(Fixtures.BUFFER_ADDRESS, NODE_ADDRESS);
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.getcpu(Fixtures.BUFFER, NODE);
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.VDSO, from = Effort.STANDARD)
    public long typed() {
        OpenGates.Typed.LINUX.thread().getcpu(OpenGates.Typed.CPU);
        return OpenGates.Typed.CPU.node();
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jextract() {
        return processes_h.getcpu(Fixtures.BUFFER, NODE);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnaDirect() {
        return JnaDirect.getcpu(Jna.BUFFER, Jna.NEXT);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrFfi() {
        return JnrFfi.C.getcpu(JnrFfi.BUFFER, JnrFfi.NEXT);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.GLIBC)
    public long cGlibc() {
        return LOOPS.run(Gate.GLIBC);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.LIBC_SYSCALL, from = Effort.STANDARD)
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
    @Measured(caller = Caller.C, gate = Gate.VDSO)
    public long cVdso() {
        return LOOPS.run(Gate.VDSO);
    }
}
