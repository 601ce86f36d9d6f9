package dev.trapgate.thread;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How a thread is scheduled.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man7/sched.7.html">sched(7)</a>
 */
public record SchedulingPolicy(int number) {

    /** By its nice value. */
    public static final SchedulingPolicy SCHED_NORMAL = new SchedulingPolicy(0);
    /** Real time, until it blocks. */
    public static final SchedulingPolicy SCHED_FIFO = new SchedulingPolicy(1);
    /** Real time, in turns. */
    public static final SchedulingPolicy SCHED_RR = new SchedulingPolicy(2);
    /** By its nice value, as one that computes. */
    public static final SchedulingPolicy SCHED_BATCH = new SchedulingPolicy(3);
    /** When there is nothing else to do. */
    public static final SchedulingPolicy SCHED_IDLE = new SchedulingPolicy(5);
    /** By its deadline. */
    public static final SchedulingPolicy SCHED_DEADLINE = new SchedulingPolicy(6);

    /** {@return the C names, for example {@code SCHED_FIFO}} */
    @Override
    public String toString() {
        return ConstantNames.render("sched_policy", number, Abi.X86_64);
    }
}
