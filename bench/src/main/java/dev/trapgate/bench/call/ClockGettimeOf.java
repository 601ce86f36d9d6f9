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
import dev.trapgate.time.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;

/** Reads further clocks. Which one is a method, which the compiler inlines. */
public abstract class ClockGettimeOf extends ByVdso {
    private static final int NUMBER = Syscall.CLOCK_GETTIME.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.CLOCK_GETTIME.number(Abi.I386);

    /** {@return the clock's number} */
    protected abstract int clock();

    /** {@return the clock, typed} */
    protected abstract Clock typedClock();

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER, clock(), memory.buffer(), 0, 0, 0, 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER_I386, clock(), memory.buffer(), 0, 0, 0, 0);
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.VDSO)
    public long typed() {
        OpenGates.Typed.LINUX.time().clockGettime(typedClock(), OpenGates.Typed.TIME);
        return 0;
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.clockGettime(clock(), Fixtures.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        return clocks_h.clock_gettime(clock(), Fixtures.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.clockGettime(clock(), Fixtures.BUFFER_ADDRESS);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        return JnaDirect.clock_gettime(clock(), Jna.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        return Jna.C.clock_gettime(clock(), Jna.BUFFER);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        return JnrFfi.C.clock_gettime(clock(), JnrFfi.BUFFER);
    }

    /** {@code CLOCK_REALTIME}. */
    public static class Realtime extends ClockGettimeOf {

        private static final LoopsInC LOOPS = LoopsInC.of("clock_realtime", 0);

        @Override
        protected int clock() {
            return 0;
        }

        @Override
        protected Clock typedClock() {
            return Clock.CLOCK_REALTIME;
        }

        @Override
        protected LoopsInC loops() {
            return LOOPS;
        }

        @Benchmark
        @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "System.currentTimeMillis")
        public long currentTimeMillis() {
            return System.currentTimeMillis() > 0 ? 0 : 1;
        }

        @Benchmark
        @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "Instant.now")
        public long instantNow() {
            return Instant.now().getEpochSecond() > 0 ? 0 : 1;
        }
    }

    /** {@code CLOCK_MONOTONIC_COARSE}: as of the last tick. */
    public static class MonotonicCoarse extends ClockGettimeOf {

        private static final LoopsInC LOOPS = LoopsInC.of("clock_monotonic_coarse", 0);

        @Override
        protected int clock() {
            return 6;
        }

        @Override
        protected Clock typedClock() {
            return Clock.CLOCK_MONOTONIC_COARSE;
        }

        @Override
        protected LoopsInC loops() {
            return LOOPS;
        }
    }

    /** {@code CLOCK_THREAD_CPUTIME_ID}, which the vDSO cannot read: it asks the kernel. */
    public static class ThreadCpuTime extends ClockGettimeOf {

        private static final LoopsInC LOOPS = LoopsInC.of("clock_thread_cputime", 0);

        @Override
        protected int clock() {
            return 3;
        }

        @Override
        protected Clock typedClock() {
            return Clock.CLOCK_THREAD_CPUTIME_ID;
        }

        @Override
        protected LoopsInC loops() {
            return LOOPS;
        }

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        @Benchmark
        @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "ThreadMXBean")
        public long threadCpuTime() {
            return THREADS.getCurrentThreadCpuTime() > 0 ? 0 : 1;
        }
    }
}
