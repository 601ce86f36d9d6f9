package dev.trapgate.thread;

import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * How a thread is scheduled, {@code struct sched_attr}.
 *
 * @param policy by what rule
 * @param flags SCHED_FLAG_ bits
 * @param nice −20 to 19, for SCHED_NORMAL and SCHED_BATCH
 * @param priority 1 to 99, for SCHED_FIFO and SCHED_RR; 0 for the others
 * @param runtime for SCHED_DEADLINE, processor time in each period; for the others since Linux 6.12 the slice
 * @param deadline for SCHED_DEADLINE, when it must have had it
 * @param period for SCHED_DEADLINE, how often
 * @see <a href="https://man7.org/linux/man-pages/man2/sched_setattr.2.html">sched_setattr(2)</a>
 */
public record SchedulingAttributes(
        SchedulingPolicy policy, long flags, int nice, int priority, Duration runtime, Duration deadline, Duration period) {

    private static final Fields FIELDS = Fields.of("sched_attr");

    static final long SIZE = FIELDS.size();

    private static final long POLICY = FIELDS.offset("sched_policy");
    private static final long FLAGS = FIELDS.offset("sched_flags");
    private static final long NICE = FIELDS.offset("sched_nice");
    private static final long PRIORITY = FIELDS.offset("sched_priority");
    private static final long RUNTIME = FIELDS.offset("sched_runtime");
    private static final long DEADLINE = FIELDS.offset("sched_deadline");
    private static final long PERIOD = FIELDS.offset("sched_period");

    /** {@return SCHED_NORMAL with a nice value} */
    public static SchedulingAttributes normal(int nice) {
        return of(SchedulingPolicy.SCHED_NORMAL, nice, 0);
    }

    /** {@return SCHED_BATCH with a nice value} */
    public static SchedulingAttributes batch(int nice) {
        return of(SchedulingPolicy.SCHED_BATCH, nice, 0);
    }

    /** {@return SCHED_FIFO with a priority of 1 to 99} */
    public static SchedulingAttributes fifo(int priority) {
        return of(SchedulingPolicy.SCHED_FIFO, 0, priority);
    }

    private static SchedulingAttributes of(SchedulingPolicy policy, int nice, int priority) {
        return new SchedulingAttributes(policy, 0, nice, priority, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    static SchedulingAttributes read(MemorySegment memory) {
        return new SchedulingAttributes(
                new SchedulingPolicy(memory.get(Layouts.INT, POLICY)),
                memory.get(Layouts.LONG, FLAGS),
                memory.get(Layouts.INT, NICE),
                memory.get(Layouts.INT, PRIORITY),
                Duration.ofNanos(memory.get(Layouts.LONG, RUNTIME)),
                Duration.ofNanos(memory.get(Layouts.LONG, DEADLINE)),
                Duration.ofNanos(memory.get(Layouts.LONG, PERIOD)));
    }

    void write(MemorySegment memory) {
        memory.set(Layouts.INT, 0, (int) SIZE);
        memory.set(Layouts.INT, POLICY, policy.number());
        memory.set(Layouts.LONG, FLAGS, flags);
        memory.set(Layouts.INT, NICE, nice);
        memory.set(Layouts.INT, PRIORITY, priority);
        memory.set(Layouts.LONG, RUNTIME, runtime.toNanos());
        memory.set(Layouts.LONG, DEADLINE, deadline.toNanos());
        memory.set(Layouts.LONG, PERIOD, period.toNanos());
    }
}
