package dev.trapgate.bench.call;

import dev.trapgate.Linux;
import dev.trapgate.kernel.Pid;
import dev.trapgate.thread.CpuSet;

/**
 * The processor on which threads that wake each other take turns. Elsewhere it is chance whether they share one, and each wake-up
 * of a processor that is idle costs several times what the calls do.
 */
final class OneProcessor {

    private static final Linux LINUX = OpenGates.Typed.LINUX;
    private static final CpuSet ALLOWED =
            LINUX.thread().schedGetaffinity(LINUX.process().getpid());
    /** The first, which is also what loops.c takes. */
    private static final CpuSet FIRST = CpuSet.of(ALLOWED.stream().min().orElseThrow());

    private OneProcessor() {}

    /** Keeps the calling thread on it. */
    static void keepHere() {
        LINUX.thread().schedSetaffinity(Pid.SELF, FIRST);
    }

    /** Lets the calling thread run where it may. */
    static void letGo() {
        LINUX.thread().schedSetaffinity(Pid.SELF, ALLOWED);
    }
}
