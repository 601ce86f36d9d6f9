package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import org.openjdk.jmh.annotations.Benchmark;

/** Wakes nobody: no thread waits. Glibc has no function for it but {@code syscall(2)}. */
public class FutexWake extends ByNumber {
    private static final int NUMBER = Syscall.FUTEX.number(Abi.X86_64);
    private static final int NUMBER_I386 = Syscall.FUTEX.number(Abi.I386);
    private static final int WAKE = 0x81; // FUTEX_WAKE|FUTEX_PRIVATE_FLAG
    private static final LoopsInC LOOPS = LoopsInC.of("futex", 0);

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER, memory.buffer(), WAKE, 1, 0, 0, 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        return gate.enter(NUMBER_I386, memory.buffer(), WAKE, 1, 0, 0, 0);
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
    @Measured(caller = Caller.FFM, gate = Gate.LIBC_SYSCALL)
    public long ffm() {
        return Glibc.syscall(NUMBER, Fixtures.BUFFER, WAKE, 1);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.LIBC_SYSCALL)
    public long jni() {
        return JniCalls.syscall(NUMBER, Fixtures.BUFFER_ADDRESS, WAKE, 1);
    }
}
