package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
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
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.GLIBC)
    public long cGlibc() {
        return InC.GLIBC.run();
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.LIBC_SYSCALL)
    public long cLibcSyscall() {
        return InC.LIBC_SYSCALL.run();
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.SYSCALL)
    public long cSyscall() {
        return InC.SYSCALL.run();
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.INT80)
    public long cInt80() {
        return InC.INT80.run();
    }

    /** The loops, bound when the first of them is measured. */
    private static final class InC {
        static final CLoop GLIBC = CLoop.named("openat_close_glibc", 0, Fixtures.PATH_ADDRESS);
        static final CLoop LIBC_SYSCALL = CLoop.named("openat_close_libc_syscall", 0, Fixtures.PATH_ADDRESS);
        static final CLoop SYSCALL = CLoop.named("openat_close_syscall", 0, Fixtures.PATH_ADDRESS);
        static final CLoop INT80 = CLoop.named("openat_close_int80", 0, OpenGates.Int80.MEMORY.path());
    }
}
