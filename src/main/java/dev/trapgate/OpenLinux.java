package dev.trapgate;

import dev.trapgate.event.EventCalls;
import dev.trapgate.fs.FsCalls;
import dev.trapgate.io.IoCalls;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.pipe.PipeCalls;
import dev.trapgate.process.ProcessCalls;
import dev.trapgate.rand.RandCalls;
import dev.trapgate.system.SystemCalls;
import dev.trapgate.thread.ThreadCalls;
import dev.trapgate.time.TimeCalls;

/**
 * The subjects over one kernel. A record, whose fields the JIT compiler trusts.
 *
 * @param kernel the kernel
 * @param whenClosed what to switch off
 */
record OpenLinux(
        Kernel kernel,
        Runnable whenClosed,
        FsCalls fs,
        IoCalls io,
        PipeCalls pipe,
        EventCalls event,
        TimeCalls time,
        ProcessCalls process,
        ThreadCalls thread,
        RandCalls rand,
        SystemCalls system)
        implements Linux {

    static OpenLinux over(Kernel kernel, Runnable whenClosed) {
        return new OpenLinux(
                kernel,
                whenClosed,
                new FsCalls(kernel),
                new IoCalls(kernel),
                new PipeCalls(kernel),
                new EventCalls(kernel),
                new TimeCalls(kernel),
                new ProcessCalls(kernel),
                new ThreadCalls(kernel),
                new RandCalls(kernel),
                new SystemCalls(kernel));
    }

    @Override
    public void close() {
        whenClosed.run();
    }

    /** {@return by which gate} */
    @Override
    public String toString() {
        return "Linux by " + gate();
    }
}
