package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import java.lang.invoke.VarHandle;

/**
 * {@code membarrier(2)}: kernel/sched/membarrier.c, Linux 6.18. Java's own fence is enough: what a task writes before it
 * enters the kernel, every other sees that enters it later.
 */
public final class MembarrierCalls {

    private static final int QUERY = 0;
    private static final int GLOBAL = 1;
    private static final int GLOBAL_EXPEDITED = 1 << 1;
    private static final int PRIVATE_EXPEDITED = 1 << 3;
    private static final int PRIVATE_EXPEDITED_SYNC_CORE = 1 << 5;
    private static final int PRIVATE_EXPEDITED_RSEQ = 1 << 7;
    private static final int GET_REGISTRATIONS = 1 << 9;
    private static final int ALL = (1 << 10) - 1;
    private static final int REGISTRATIONS = 0x154;
    private static final int FLAG_CPU = 1;

    private MembarrierCalls() {}

    /** {@code membarrier(2)}. */
    public static long membarrier(Task current, PtRegs regs) {
        int command = (int) regs.argument(1);
        int flags = (int) regs.argument(2);
        boolean known = flags == 0 || (command == PRIVATE_EXPEDITED_RSEQ && flags == FLAG_CPU);
        if (!known) {
            return ErrorNumbers.EINVAL;
        }
        MmFlags own = current.process().mmFlags();
        return switch (command) {
            case QUERY -> ALL;
            case GLOBAL, GLOBAL_EXPEDITED -> barrier();
            case PRIVATE_EXPEDITED, PRIVATE_EXPEDITED_SYNC_CORE, PRIVATE_EXPEDITED_RSEQ ->
                // Each command's registration is the next bit.
                (own.membarrier() & (command << 1)) == 0 ? ErrorNumbers.EPERM : barrier();
            case GET_REGISTRATIONS -> own.membarrier();
            default -> register(own, command);
        };
    }

    private static long barrier() {
        VarHandle.fullFence();
        return 0;
    }

    private static long register(MmFlags own, int command) {
        if (Integer.bitCount(command) != 1 || (command & REGISTRATIONS) == 0) {
            return ErrorNumbers.EINVAL;
        }
        own.registerMembarrier(command);
        return 0;
    }
}
