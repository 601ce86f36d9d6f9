package dev.trapgate.emulator.linux.kernel;

/**
 * How many signals are queued for a process and its tasks: UCOUNT_RLIMIT_SIGPENDING, which the kernel counts for a user, who has
 * but one process here. Guarded by the process's lock for signals.
 */
final class SignalQuota {

    /** No limit. */
    static final long UNLIMITED = ResourceLimits.RLIM_INFINITY;

    private int queued;

    SignalQuota() {}

    /** {@return whether one more fits within a limit, compared as unsigned; it is counted then} */
    boolean take(long limit) {
        boolean fits = Long.compareUnsigned(queued, limit) < 0;
        queued += fits ? 1 : 0;
        return fits;
    }

    /** Forgets signals that were taken or are not wanted any more. */
    void give(int count) {
        queued -= count;
    }

    /** {@return how many are queued} */
    int queued() {
        return queued;
    }
}
