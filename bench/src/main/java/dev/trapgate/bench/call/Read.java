package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.GlibcErrno;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads from {@code /dev/zero}. How much is a field, for it only passes through; the loops in C are each size's own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class Read extends IterationCounts {

    private static final int NUMBER = Syscall.READ.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.READ.number(Abi.I386);

    private final long size;

    Read(long size) {
        this.size = size;
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.GLIBC)
    public long glibc() {
        return OpenGates.Glibc.ENTRY.enter(NUMBER, Fixtures.ZERO, OpenGates.Glibc.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL)
    public long libcSyscall() {
        return OpenGates.LibcSyscall.ENTRY.enter(
                NUMBER, Fixtures.ZERO, OpenGates.LibcSyscall.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL)
    public long syscall() {
        return OpenGates.Syscall.ENTRY.enter(NUMBER, Fixtures.ZERO, OpenGates.Syscall.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.INT80)
    public long int80() {
        return OpenGates.Int80.ENTRY.enter(NUMBER_I386, Fixtures.ZERO, OpenGates.Int80.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.JNR)
    public long jnr() {
        return OpenGates.Jnr.ENTRY.enter(NUMBER, Fixtures.ZERO, OpenGates.Jnr.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_INT80, from = Effort.STANDARD)
    public long emulatedInt80() {
        return OpenGates.EmulatedInt80.ENTRY.enter(
                NUMBER_I386, OpenGates.EmulatedInt80.ZERO, OpenGates.EmulatedInt80.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.STANDARD)
    public long emulatedSyscall() {
        return OpenGates.EmulatedSyscall.ENTRY.enter(
                NUMBER, OpenGates.EmulatedSyscall.ZERO, OpenGates.EmulatedSyscall.MEMORY.buffer(), size, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.read(Fixtures.ZERO, Fixtures.BUFFER_ADDRESS, size);
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.read(Fixtures.ZERO, Fixtures.BUFFER, size);
    }

    @Benchmark
    @Measured(caller = Caller.FFM_ERRNO, gate = Gate.GLIBC, from = Effort.FULL)
    public long ffmErrno() {
        return GlibcErrno.read(Fixtures.ZERO, Fixtures.BUFFER, size);
    }

    /** One byte: what a read costs besides the data. */
    public static class OneByte extends Read {

        /** Reads that much. */
        public OneByte() {
            super(1);
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.GLIBC)
        public long cGlibc() {
            return OneByteInC.GLIBC.run();
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.LIBC_SYSCALL)
        public long cLibcSyscall() {
            return OneByteInC.LIBC_SYSCALL.run();
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.SYSCALL)
        public long cSyscall() {
            return OneByteInC.SYSCALL.run();
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.INT80)
        public long cInt80() {
            return OneByteInC.INT80.run();
        }

        /** The loops, bound when the first of them is measured. */
        private static final class OneByteInC {
            static final CLoop GLIBC = CLoop.named("read_1_glibc", Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
            static final CLoop LIBC_SYSCALL =
                    CLoop.named("read_1_libc_syscall", Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
            static final CLoop SYSCALL = CLoop.named("read_1_syscall", Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
            static final CLoop INT80 = CLoop.named("read_1_int80", Fixtures.ZERO, OpenGates.Int80.MEMORY.buffer());
        }
    }

    /** 4 KiB: the data counts as well. */
    public static class OnePage extends Read {

        /** Reads that much. */
        public OnePage() {
            super(4096);
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.GLIBC)
        public long cGlibc() {
            return OnePageInC.GLIBC.run();
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.LIBC_SYSCALL)
        public long cLibcSyscall() {
            return OnePageInC.LIBC_SYSCALL.run();
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.SYSCALL)
        public long cSyscall() {
            return OnePageInC.SYSCALL.run();
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.INT80)
        public long cInt80() {
            return OnePageInC.INT80.run();
        }

        /** The loops, bound when the first of them is measured. */
        private static final class OnePageInC {
            static final CLoop GLIBC = CLoop.named("read_4096_glibc", Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
            static final CLoop LIBC_SYSCALL =
                    CLoop.named("read_4096_libc_syscall", Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
            static final CLoop SYSCALL = CLoop.named("read_4096_syscall", Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
            static final CLoop INT80 = CLoop.named("read_4096_int80", Fixtures.ZERO, OpenGates.Int80.MEMORY.buffer());
        }
    }

    /** 64 KiB: the data counts most. */
    public static class SixtyFourKiB extends Read {

        /** Reads that much. */
        public SixtyFourKiB() {
            super(65_536);
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.GLIBC)
        public long cGlibc() {
            return SixtyFourKiBInC.GLIBC.run();
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.LIBC_SYSCALL)
        public long cLibcSyscall() {
            return SixtyFourKiBInC.LIBC_SYSCALL.run();
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.SYSCALL)
        public long cSyscall() {
            return SixtyFourKiBInC.SYSCALL.run();
        }

        @Benchmark
        @OperationsPerInvocation(CLoop.COUNT)
        @Measured(caller = Caller.C, gate = Gate.INT80)
        public long cInt80() {
            return SixtyFourKiBInC.INT80.run();
        }

        /** The loops, bound when the first of them is measured. */
        private static final class SixtyFourKiBInC {
            static final CLoop GLIBC = CLoop.named("read_65536_glibc", Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
            static final CLoop LIBC_SYSCALL =
                    CLoop.named("read_65536_libc_syscall", Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
            static final CLoop SYSCALL = CLoop.named("read_65536_syscall", Fixtures.ZERO, Fixtures.BUFFER_ADDRESS);
            static final CLoop INT80 = CLoop.named("read_65536_int80", Fixtures.ZERO, OpenGates.Int80.MEMORY.buffer());
        }
    }
}
