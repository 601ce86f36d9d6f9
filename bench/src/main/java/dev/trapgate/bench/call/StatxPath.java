package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bindings.files_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.fs.AtFlags;
import dev.trapgate.fs.StatxMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import org.openjdk.jmh.annotations.Benchmark;

/** Asks for the status of {@code /dev/null} by its path. */
public class StatxPath extends ByEveryGate {
    private static final int NUMBER = Syscall.STATX.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.STATX.number(Abi.I386);
    private static final int MASK = 0x7ff; // STATX_BASIC_STATS
    private static final LoopsInC LOOPS = LoopsInC.of("statx", 0, GateMemory::pathAndRoom);

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER, Fixtures.AT_FDCWD, memory.path(), 0, MASK, memory.buffer(), 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER_I386, Fixtures.AT_FDCWD, memory.path(), 0, MASK, memory.buffer(), 0);
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.FULL)
    public long emulatedSyscall() {
        return call(OpenGates.EmulatedSyscall.ENTRY, OpenGates.EmulatedSyscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.SYSCALL)
    public long typed() {
        OpenGates.Typed.LINUX
                .fs()
                .statx("/dev/null", AtFlags.NONE, StatxMask.STATX_BASIC_STATS, OpenGates.Typed.STATUS);
        return 0;
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.statx(Fixtures.AT_FDCWD, Fixtures.PATH, 0, MASK, Fixtures.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        return files_h.statx(Fixtures.AT_FDCWD, Fixtures.PATH, 0, MASK, Fixtures.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.statx(Fixtures.AT_FDCWD, Fixtures.PATH_ADDRESS, 0, MASK, Fixtures.BUFFER_ADDRESS);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        return JnaDirect.statx(Fixtures.AT_FDCWD, Jna.PATH, 0, MASK, Jna.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        return Jna.C.statx(Fixtures.AT_FDCWD, Jna.PATH, 0, MASK, Jna.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        return JnrFfi.C.statx(Fixtures.AT_FDCWD, JnrFfi.PATH, 0, MASK, JnrFfi.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "Files.readAttributes")
    public long jdk() throws IOException {
        return Files.readAttributes(JdkFiles.PATH, BasicFileAttributes.class).isOther() ? 0 : 1;
    }
}
