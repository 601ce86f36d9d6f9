package dev.trapgate.bench.call;

import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** The rows of an operation for which the vDSO has a function, too, and those of the emulated kernel. */
public abstract class ByVdso extends Promptly {

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.VDSO)
    public long vdso() {
        return call(OpenGates.Vdso.ENTRY, OpenGates.Vdso.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.VDSO, linkage = Linkage.CRITICAL)
    public long vdsoCritical() {
        return call(OpenGates.VdsoCritical.ENTRY, OpenGates.Vdso.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.FULL)
    public long emulatedSyscall() {
        return call(OpenGates.EmulatedSyscall.ENTRY, OpenGates.EmulatedSyscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_VDSO, from = Effort.FULL)
    public long emulatedVdso() {
        return call(OpenGates.EmulatedVdso.ENTRY, OpenGates.EmulatedVdso.MEMORY);
    }

    @Benchmark
    @OperationsPerInvocation(CLoop.COUNT)
    @Measured(caller = Caller.C, gate = Gate.VDSO)
    public long cVdso() {
        return answer(loops().run(Gate.VDSO));
    }
}
