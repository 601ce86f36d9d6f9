package dev.trapgate.examples;

import dev.trapgate.Linux;
import dev.trapgate.kernel.Pid;
import dev.trapgate.thread.CpuSet;

/** Pins a thread to each processor in turn, and proves it by asking where it runs. */
final class PinThread {

    private PinThread() {}

    /** {@return the processors where the calling thread ran; afterwards it may run wherever it might before} */
    static int[] everywhere(Linux linux) {
        CpuSet allowed = linux.thread().schedGetaffinity(Pid.SELF);
        try {
            return allowed.stream()
                    .map(processor -> {
                        linux.thread().schedSetaffinity(Pid.SELF, CpuSet.of(processor));
                        return linux.thread().getcpu().cpu();
                    })
                    .toArray();
        } finally {
            linux.thread().schedSetaffinity(Pid.SELF, allowed);
        }
    }

    public static void main(String[] arguments) {
        for (int processor : everywhere(Linux.host())) {
            System.out.println("ran on processor " + processor);
        }
    }
}
