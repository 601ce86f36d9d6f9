package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bench.peer.JnrPosix;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.FileDescriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Opens {@code /dev/null} and closes it again: two calls count as one operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OpenatClose extends IterationCounts {

    private static final int OPENAT = Syscall.OPENAT.number(Abi.X86_64);
    private static final int CLOSE = Syscall.CLOSE.number(Abi.X86_64);
    private static final int OPENAT_I386 = Syscall.OPENAT.number(Abi.I386);
    private static final int CLOSE_I386 = Syscall.CLOSE.number(Abi.I386);
    private static final OpenFlags FLAGS = OpenFlags.O_RDONLY.or(OpenFlags.O_CLOEXEC);
    private static final LoopsInC LOOPS = LoopsInC.of(
            "openat_close", 0, gate -> gate == Gate.INT80 ? OpenGates.Int80.MEMORY.path() : Fixtures.PATH_ADDRESS);

    @Override
    public Optional<CLoop> loop(Gate gate) {
        return Optional.of(LOOPS.loop(gate));
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.GLIBC)
    public long glibc() {
        return openAndClose(OpenGates.Glibc.ENTRY, OpenGates.Glibc.MEMORY.path());
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL)
    public long libcSyscall() {
        return openAndClose(OpenGates.LibcSyscall.ENTRY, OpenGates.LibcSyscall.MEMORY.path());
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL)
    public long syscall() {
        return openAndClose(OpenGates.Syscall.ENTRY, OpenGates.Syscall.MEMORY.path());
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, duplicate = true)
    public long syscallAgain() {
        return openAndClose(OpenGates.Syscall.ENTRY, OpenGates.Syscall.MEMORY.path());
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80)
    public long int80() {
        SyscallEntry gate = OpenGates.Int80.ENTRY;
        long fd = gate.enter(OPENAT_I386, Fixtures.AT_FDCWD, OpenGates.Int80.MEMORY.path(), Fixtures.FLAGS, 0, 0, 0);
        return gate.enter(CLOSE_I386, fd, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.JNR)
    public long jnr() {
        return openAndClose(OpenGates.Jnr.ENTRY, OpenGates.Jnr.MEMORY.path());
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_INT80, from = Effort.STANDARD)
    public long emulatedInt80() {
        SyscallEntry gate = OpenGates.EmulatedInt80.ENTRY;
        long path = OpenGates.EmulatedInt80.MEMORY.path();
        long fd = gate.enter(OPENAT_I386, Fixtures.AT_FDCWD, path, Fixtures.FLAGS, 0, 0, 0);
        return gate.enter(CLOSE_I386, fd, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.STANDARD)
    public long emulatedSyscall() {
        return openAndClose(OpenGates.EmulatedSyscall.ENTRY, OpenGates.EmulatedSyscall.MEMORY.path());
    }

    private static long openAndClose(SyscallEntry gate, long path) {
        long fd = gate.enter(OPENAT, Fixtures.AT_FDCWD, path, Fixtures.FLAGS, 0, 0, 0);
        return gate.enter(CLOSE, fd, 0, 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.close(JniCalls.openat(Fixtures.AT_FDCWD, Fixtures.PATH_ADDRESS, Fixtures.FLAGS));
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.close(Glibc.openat(Fixtures.AT_FDCWD, Fixtures.PATH, Fixtures.FLAGS));
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.SYSCALL, from = Effort.STANDARD)
    public long typed() {
        try (FileDescriptor file = OpenGates.Typed.LINUX.fs().open("/dev/null", FLAGS)) {
            return Math.min(0, file.number());
        }
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnaDirect() {
        return JnaDirect.close(JnaDirect.openat(Fixtures.AT_FDCWD, Jna.PATH, Fixtures.FLAGS));
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jna() {
        return Jna.C.close(Jna.C.openat(Fixtures.AT_FDCWD, Jna.PATH, Fixtures.FLAGS));
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrFfi() {
        return JnrFfi.C.close(JnrFfi.C.openat(Fixtures.AT_FDCWD, JnrFfi.PATH, Fixtures.FLAGS));
    }

    @Benchmark
    @Measured(caller = Caller.JNR_POSIX, gate = Gate.GLIBC, from = Effort.STANDARD)
    public long jnrPosix() {
        return JnrPosix.C.close(JnrPosix.C.open("/dev/null", Fixtures.FLAGS, 0));
    }

    @Benchmark
    @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "FileChannel.open", from = Effort.STANDARD)
    public long jdk() throws IOException {
        FileChannel.open(JdkFiles.PATH, StandardOpenOption.READ).close();
        return 0;
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.GLIBC)
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
}
