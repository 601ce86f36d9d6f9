package dev.trapgate;

import dev.trapgate.event.EventCalls;
import dev.trapgate.fs.FanotifyCalls;
import dev.trapgate.fs.FileCalls;
import dev.trapgate.fs.FsCalls;
import dev.trapgate.fs.InodeCalls;
import dev.trapgate.fs.InotifyCalls;
import dev.trapgate.fs.LinkCalls;
import dev.trapgate.fs.XattrCalls;
import dev.trapgate.io.DescriptorCalls;
import dev.trapgate.io.IoCalls;
import dev.trapgate.io.TerminalCalls;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.PathForm;
import dev.trapgate.mm.MmCalls;
import dev.trapgate.mm.UserfaultCalls;
import dev.trapgate.net.NetCalls;
import dev.trapgate.perf.PerfCalls;
import dev.trapgate.pipe.PipeCalls;
import dev.trapgate.process.ProcessCalls;
import dev.trapgate.process.SignalCalls;
import dev.trapgate.rand.RandCalls;
import dev.trapgate.security.CapabilityCalls;
import dev.trapgate.security.SeccompCalls;
import dev.trapgate.security.SecurityCalls;
import dev.trapgate.system.SystemCalls;
import dev.trapgate.thread.FutexCalls;
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
        FsCalls<String> fs,
        InodeCalls<String> inode,
        LinkCalls<String> link,
        FileCalls file,
        XattrCalls<String> xattr,
        InotifyCalls<String> inotify,
        FanotifyCalls<String> fanotify,
        IoCalls io,
        DescriptorCalls descriptor,
        TerminalCalls terminal,
        PipeCalls pipe,
        NetCalls net,
        EventCalls event,
        TimeCalls time,
        MmCalls mm,
        UserfaultCalls userfault,
        ProcessCalls process,
        ThreadCalls thread,
        FutexCalls futex,
        SignalCalls signal,
        PerfCalls perf,
        RandCalls rand,
        SystemCalls system,
        SecurityCalls security,
        SeccompCalls seccomp,
        CapabilityCalls capability)
        implements Linux {

    static OpenLinux over(Kernel kernel, Runnable whenClosed) {
        return new OpenLinux(
                kernel,
                whenClosed,
                new FsCalls<>(kernel, PathForm.STRING),
                new InodeCalls<>(kernel, PathForm.STRING),
                new LinkCalls<>(kernel, PathForm.STRING),
                new FileCalls(kernel),
                new XattrCalls<>(kernel, PathForm.STRING),
                new InotifyCalls<>(kernel, PathForm.STRING),
                new FanotifyCalls<>(kernel, PathForm.STRING),
                new IoCalls(kernel),
                new DescriptorCalls(kernel),
                new TerminalCalls(kernel),
                new PipeCalls(kernel),
                new NetCalls(kernel),
                new EventCalls(kernel),
                new TimeCalls(kernel),
                new MmCalls(kernel),
                new UserfaultCalls(kernel),
                new ProcessCalls(kernel),
                new ThreadCalls(kernel),
                new FutexCalls(kernel),
                new SignalCalls(kernel),
                new PerfCalls(kernel),
                new RandCalls(kernel),
                new SystemCalls(kernel),
                new SecurityCalls(kernel),
                new SeccompCalls(kernel),
                new CapabilityCalls(kernel));
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
