package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bindings.clocks_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;

/** Reads the time in seconds. A row answers 0 if the time is one. */
public class Time extends ByVdso {
    private static final int NUMBER = Syscall.TIME.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.TIME.number(Abi.I386);
    private static final LoopsInC LOOPS = LoopsInC.of("time", 0);

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER, 0, 0, 0, 0, 0, 0) > 0 ? 0 : 1;
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER_I386, 0, 0, 0, 0, 0, 0) > 0 ? 0 : 1;
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    @Override
    protected long answer(long time) {
        return time > 0 ? 0 : 1;
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.time(MemorySegment.NULL) > 0 ? 0 : 1;
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        return clocks_h.time(MemorySegment.NULL) > 0 ? 0 : 1;
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.time() > 0 ? 0 : 1;
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        return JnaDirect.time(null) > 0 ? 0 : 1;
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        return Jna.C.time(null) > 0 ? 0 : 1;
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        return JnrFfi.C.time(null) > 0 ? 0 : 1;
    }
}
