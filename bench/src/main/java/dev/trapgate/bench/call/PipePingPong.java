package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Sends a byte to another thread and waits for it to come back: four calls, two on either side, and each thread wakes the other.
 * The other thread makes its calls as this one does, on the same processor.
 */
public class PipePingPong extends ByEveryGate {
    private static final int WRITE = Syscall.WRITE.number(Abi.X86_64);
    private static final int READ = Syscall.READ.number(Abi.X86_64);
    private static final int WRITE_I386 = Syscall.WRITE.number(Abi.I386);
    private static final int READ_I386 = Syscall.READ.number(Abi.I386);
    private static final LoopsInC LOOPS = LoopsInC.of("pipe", 0);

    private @Nullable Pipes started;

    /** The measuring thread joins the others on their processor. */
    @Setup(Level.Trial)
    public void keepHere() {
        OneProcessor.keepHere();
    }

    /** The measuring thread may be another row's next. */
    @TearDown(Level.Trial)
    public void letGo() {
        OneProcessor.letGo();
    }

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return pingPong(gate, READ, WRITE, memory.buffer());
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return pingPong(gate, READ_I386, WRITE_I386, memory.buffer());
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    private long pingPong(SyscallEntry gate, int read, int write, long buffer) {
        Pipes pipes = pipes(each -> gate.enter(read, each.thereOut(), buffer + 1, 1, 0, 0, 0) == 1
                && gate.enter(write, each.backIn(), buffer + 1, 1, 0, 0, 0) == 1);
        gate.enter(write, pipes.thereIn(), buffer, 1, 0, 0, 0);
        return gate.enter(read, pipes.backOut(), buffer, 1, 0, 0, 0);
    }

    /** {@return the pipes to the other thread, which is started when it is first asked for} */
    private Pipes pipes(Predicate<Pipes> turn) {
        Pipes pipes = started;
        if (pipes == null) {
            pipes = Pipes.toPartner(turn);
            started = pipes;
        }
        return pipes;
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        Pipes pipes = pipes(each -> Glibc.read(each.thereOut(), Fixtures.BUFFER, 1) == 1
                && Glibc.write(each.backIn(), Fixtures.BUFFER, 1) == 1);
        Glibc.write(pipes.thereIn(), Fixtures.BUFFER, 1);
        return Glibc.read(pipes.backOut(), Fixtures.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        Pipes pipes = pipes(each -> JniCalls.read(each.thereOut(), Fixtures.BUFFER_ADDRESS, 1) == 1
                && JniCalls.write(each.backIn(), Fixtures.BUFFER_ADDRESS, 1) == 1);
        JniCalls.write(pipes.thereIn(), Fixtures.BUFFER_ADDRESS, 1);
        return JniCalls.read(pipes.backOut(), Fixtures.BUFFER_ADDRESS, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        Pipes pipes = pipes(each -> JnaDirect.read(each.thereOut(), Jna.BUFFER, 1) == 1
                && JnaDirect.write(each.backIn(), Jna.BUFFER, 1) == 1);
        JnaDirect.write(pipes.thereIn(), Jna.BUFFER, 1);
        return JnaDirect.read(pipes.backOut(), Jna.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        Pipes pipes = pipes(each ->
                Jna.C.read(each.thereOut(), Jna.BUFFER, 1) == 1 && Jna.C.write(each.backIn(), Jna.BUFFER, 1) == 1);
        Jna.C.write(pipes.thereIn(), Jna.BUFFER, 1);
        return Jna.C.read(pipes.backOut(), Jna.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        Pipes pipes = pipes(each -> JnrFfi.C.read(each.thereOut(), JnrFfi.BUFFER, 1) == 1
                && JnrFfi.C.write(each.backIn(), JnrFfi.BUFFER, 1) == 1);
        JnrFfi.C.write(pipes.thereIn(), JnrFfi.BUFFER, 1);
        return JnrFfi.C.read(pipes.backOut(), JnrFfi.BUFFER, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JDK, gate = Gate.GLIBC, by = "nio Pipe")
    public long jdk() throws IOException {
        return JdkPipes.pingPong();
    }
}
