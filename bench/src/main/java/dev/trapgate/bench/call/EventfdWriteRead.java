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
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import org.openjdk.jmh.annotations.Benchmark;

/** Adds 1 to an eventfd and takes it out again: two calls count as one operation. */
public class EventfdWriteRead extends ByEveryGate {
    private static final int WRITE = Syscall.WRITE.number(Abi.X86_64);
    private static final int READ = Syscall.READ.number(Abi.X86_64);
    private static final int WRITE_I386 = Syscall.WRITE.number(Abi.I386);
    private static final int READ_I386 = Syscall.READ.number(Abi.I386);
    private static final long SIZE = Long.BYTES;
    private static final int FD = OpenGates.Typed.COUNTER.number();
    private static final LoopsInC LOOPS = LoopsInC.of("eventfd", FD, EventfdWriteRead::one);

    /** {@return the address of a 1 that a gate can reach} */
    private static long one(Gate gate) {
        return gate == Gate.INT80 ? Below4GiB.ONE.address() : Fixtures.ONE_ADDRESS;
    }

    /** A 1 where {@code int $0x80} reaches it. */
    private static final class Below4GiB {
        static final UserBuffer ONE = make();

        private static UserBuffer make() {
            UserMemory.Scope scope = OpenGates.Int80.ENTRY.memory().open(); // for as long as there are benchmarks
            UserBuffer one = scope.allocate(Long.BYTES, Long.BYTES);
            one.segment().copyFrom(Fixtures.ONE);
            return one;
        }
    }

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        gate.enter(WRITE, FD, Fixtures.ONE_ADDRESS, SIZE, 0, 0, 0);
        return gate.enter(READ, FD, Fixtures.ONE_ADDRESS, SIZE, 0, 0, 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        gate.enter(WRITE_I386, FD, Below4GiB.ONE.address(), SIZE, 0, 0, 0);
        return gate.enter(READ_I386, FD, Below4GiB.ONE.address(), SIZE, 0, 0, 0);
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.SYSCALL)
    public long typed() {
        OpenGates.Typed.LINUX.event().add(OpenGates.Typed.COUNTER, 1);
        return OpenGates.Typed.LINUX.event().take(OpenGates.Typed.COUNTER) == 1 ? SIZE : 0;
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        Glibc.write(FD, Fixtures.ONE, SIZE);
        return Glibc.read(FD, Fixtures.ONE, SIZE);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        files_h.write(FD, Fixtures.ONE, SIZE);
        return files_h.read(FD, Fixtures.ONE, SIZE);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        JniCalls.write(FD, Fixtures.ONE_ADDRESS, SIZE);
        return JniCalls.read(FD, Fixtures.ONE_ADDRESS, SIZE);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        JnaDirect.write(FD, Jna.ONE, SIZE);
        return JnaDirect.read(FD, Jna.ONE, SIZE);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        Jna.C.write(FD, Jna.ONE, SIZE);
        return Jna.C.read(FD, Jna.ONE, SIZE);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        JnrFfi.C.write(FD, JnrFfi.ONE, SIZE);
        return JnrFfi.C.read(FD, JnrFfi.ONE, SIZE);
    }
}
