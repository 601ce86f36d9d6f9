package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bindings.events_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;

/** Looks for events, of which there are none: one descriptor is watched, and not ready. */
public class EpollWait extends ByEveryGate {
    private static final int NUMBER = Syscall.EPOLL_WAIT.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.EPOLL_WAIT.number(Abi.I386);
    private static final int MOST = 4;
    private static final int EPOLL = OpenGates.Typed.EPOLL.number();
    private static final LoopsInC LOOPS = LoopsInC.of("epoll_wait", EPOLL);

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER, EPOLL, memory.buffer(), MOST, 0, 0, 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER_I386, EPOLL, memory.buffer(), MOST, 0, 0, 0);
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.SYSCALL)
    public long typed() {
        return OpenGates.Typed.LINUX.event().epollWait(OpenGates.Typed.EPOLL, OpenGates.Typed.EVENTS, 0);
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.epollWait(EPOLL, Fixtures.BUFFER, MOST, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        return events_h.epoll_wait(EPOLL, Fixtures.BUFFER, MOST, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.epollWait(EPOLL, Fixtures.BUFFER_ADDRESS, MOST, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        return JnaDirect.epoll_wait(EPOLL, Jna.BUFFER, MOST, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        return Jna.C.epoll_wait(EPOLL, Jna.BUFFER, MOST, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        return JnrFfi.C.epoll_wait(EPOLL, JnrFfi.BUFFER, MOST, 0);
    }

    @Benchmark
    @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "Selector.selectNow")
    public long jdk() throws IOException {
        return JdkFiles.SELECTOR.selectNow();
    }
}
