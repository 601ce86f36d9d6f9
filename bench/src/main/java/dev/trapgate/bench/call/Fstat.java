package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bench.peer.JnrPosix;
import dev.trapgate.bindings.files_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;

/** Asks for the status of an open {@code /dev/zero}. */
public class Fstat extends ByEveryGate {
    private static final int NUMBER = Syscall.FSTAT.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.FSTAT64.number(Abi.I386);
    private static final LoopsInC LOOPS = LoopsInC.of("fstat", Fixtures.ZERO);

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER, Fixtures.ZERO, memory.buffer(), 0, 0, 0, 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER_I386, Fixtures.ZERO, memory.buffer(), 0, 0, 0, 0);
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.fstat(Fixtures.ZERO, Fixtures.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        return files_h.fstat(Fixtures.ZERO, Fixtures.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.fstat(Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        return JnaDirect.fstat(Fixtures.ZERO, Jna.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        return Jna.C.fstat(Fixtures.ZERO, Jna.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        return JnrFfi.C.fstat(Fixtures.ZERO, JnrFfi.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_POSIX, gate = Gate.GLIBC)
    public long jnrPosix() {
        return JnrPosix.fstat(Fixtures.ZERO);
    }

    @Benchmark
    @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "FileChannel.size")
    public long jdk() throws IOException {
        return JdkFiles.ZERO.size();
    }
}
