package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bindings.machine_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.rand.RandomFlags;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Gets 16 random bytes. */
public class Getrandom extends ByEveryGate {
    private static final int NUMBER = Syscall.GETRANDOM.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.GETRANDOM.number(Abi.I386);
    private static final int SIZE = 16;
    private static final LoopsInC LOOPS = LoopsInC.of("getrandom", 0);

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER, memory.buffer(), SIZE, 0, 0, 0, 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER_I386, memory.buffer(), SIZE, 0, 0, 0, 0);
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.VDSO)
    public long vdso() {
        return call(OpenGates.Vdso.ENTRY, OpenGates.Vdso.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.FULL)
    public long emulatedSyscall() {
        return call(OpenGates.EmulatedSyscall.ENTRY, OpenGates.EmulatedSyscall.MEMORY);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.VDSO)
    public long cVdso() {
        return loops().run(Gate.VDSO);
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.VDSO)
    public long typed() {
        return OpenGates.Typed.LINUX.rand().getrandom(OpenGates.Typed.SIXTEEN, RandomFlags.NONE);
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.getrandom(Fixtures.BUFFER, SIZE, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        return machine_h.getrandom(Fixtures.BUFFER, SIZE, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.getrandom(Fixtures.BUFFER_ADDRESS, SIZE, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        return JnaDirect.getrandom(Jna.BUFFER, SIZE, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        return Jna.C.getrandom(Jna.BUFFER, SIZE, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        return JnrFfi.C.getrandom(JnrFfi.BUFFER, SIZE, 0);
    }
}
