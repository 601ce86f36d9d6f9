package dev.trapgate.emulator.linux.kernel.sched;

/**
 * What sched_setattr(2) asks for: {@code struct sched_attr}.
 *
 * @param policy SCHED_*; −1 to leave it
 * @param flags SCHED_FLAG_* bits
 * @param nice −20 to 19
 * @param priority real-time priority
 * @param runtime nanoseconds: of SCHED_DEADLINE, or the slice of a fair thread
 * @param deadline nanoseconds
 * @param period nanoseconds
 */
public record SchedAttr(int policy, long flags, int nice, int priority, long runtime, long deadline, long period) {

    /** Leave the policy as it is: SETPARAM_POLICY. */
    public static final int SETPARAM_POLICY = -1;

    private static final long LEAST_RUNTIME = 1 << 10;
    private static final long LEAST_PERIOD = 100_000;
    private static final long MOST_PERIOD = (1L << 22) * 1000;

    /** Nothing. */
    public SchedAttr() {
        this(0, 0, 0, 0, 0, 0, 0);
    }

    /** {@return the same with another policy} */
    public SchedAttr withPolicy(int other) {
        return new SchedAttr(other, flags, nice, priority, runtime, deadline, period);
    }

    /** {@return whether the times make sense for SCHED_DEADLINE: {@code __checkparam_dl}} */
    public boolean isDeadline() {
        long effective = period == 0 ? deadline : period;
        boolean ordered = effective >= deadline && deadline >= runtime;
        boolean positive = deadline > 0 && period >= 0;
        return positive && runtime >= LEAST_RUNTIME && ordered && effective >= LEAST_PERIOD && effective <= MOST_PERIOD;
    }
}
