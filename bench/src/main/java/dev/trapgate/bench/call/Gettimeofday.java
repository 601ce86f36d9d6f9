package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bench.peer.JnrPosix;
import dev.trapgate.bindings.clocks_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;

/** Reads the time of day, to a microsecond. */
public class Gettimeofday extends ByVdso {
    private static final int NUMBER = Syscall.GETTIMEOFDAY.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.GETTIMEOFDAY.number(Abi.I386);
    private static final LoopsInC LOOPS = LoopsInC.of("gettimeofday", 0);

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER, memory.buffer(), 0, 0, 0, 0, 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER_I386, memory.buffer(), 0, 0, 0, 0, 0);
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.gettimeofday(Fixtures.BUFFER, MemorySegment.NULL);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        return clocks_h.gettimeofday(Fixtures.BUFFER, MemorySegment.NULL);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.gettimeofday(Fixtures.BUFFER_ADDRESS);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        return JnaDirect.gettimeofday(Jna.BUFFER, null);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        return Jna.C.gettimeofday(Jna.BUFFER, null);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        return JnrFfi.C.gettimeofday(JnrFfi.BUFFER, null);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_POSIX, gate = Gate.GLIBC)
    public long jnrPosix() {
        return JnrPosix.gettimeofday();
    }
}
