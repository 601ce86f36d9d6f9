package dev.trapgate.bench.call;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.stub.TimeStampCounter;

/** The time-stamp counter, where this process may read it by machine code of its own: as it may make system calls so. */
final class CycleCount {

    private static final boolean READABLE = Gates.status(Gate.SYSCALL).isOpen();

    private CycleCount() {}

    /** {@return the counter, read when all before is done; 0 if it cannot be read} */
    static long now() {
        return READABLE ? TimeStampCounter.read() : 0;
    }
}
