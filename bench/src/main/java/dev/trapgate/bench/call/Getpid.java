package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bench.peer.JnrPosix;
import dev.trapgate.bindings.processes_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import org.openjdk.jmh.annotations.Benchmark;

/** Asks for the process id. */
public class Getpid extends Promptly {
    private static final int NUMBER = Syscall.GETPID.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.GETPID.number(Abi.I386);
    private static final LoopsInC LOOPS = LoopsInC.of("getpid", 0);

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER, 0, 0, 0, 0, 0, 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER_I386, 0, 0, 0, 0, 0, 0);
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.SYSCALL)
    public long typed() {
        return OpenGates.Typed.LINUX.process().getpid().value();
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.getpid();
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        return processes_h.getpid();
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.getpid();
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        return JnaDirect.getpid();
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        return Jna.C.getpid();
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        return JnrFfi.C.getpid();
    }

    @Benchmark
    @Measured(caller = Caller.JNR_POSIX, gate = Gate.GLIBC)
    public long jnrPosix() {
        return JnrPosix.C.getpid();
    }

    /** A field: the JDK asks the kernel once, and so no gate is passed here. */
    @Benchmark
    @Measured(caller = Caller.JDK, by = "ProcessHandle.pid")
    public long jdk() {
        return ProcessHandle.current().pid();
    }
}
