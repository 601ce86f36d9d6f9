package dev.trapgate.bench.call;

import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import org.openjdk.jmh.annotations.Benchmark;

/** The rows of an operation whose calls never sleep: by critical linkage, too. */
public abstract class Promptly extends ByEveryGate {

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.LIBC_SYSCALL, linkage = Linkage.CRITICAL, from = Effort.FULL)
    public long libcSyscallCritical() {
        return call(OpenGates.LibcSyscallCritical.ENTRY, OpenGates.LibcSyscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.SYSCALL, linkage = Linkage.CRITICAL)
    public long syscallCritical() {
        return call(OpenGates.SyscallCritical.ENTRY, OpenGates.Syscall.MEMORY);
    }
}
