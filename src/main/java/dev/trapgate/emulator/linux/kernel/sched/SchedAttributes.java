package dev.trapgate.emulator.linux.kernel.sched;

/** How a thread is to be scheduled: {@code struct sched_entity} and its kin. */
public final class SchedAttributes {

    /** SCHED_NORMAL. */
    public static final int NORMAL = 0;
    /** SCHED_FIFO. */
    public static final int FIFO = 1;
    /** SCHED_RR. */
    public static final int RR = 2;
    /** SCHED_BATCH. */
    public static final int BATCH = 3;
    /** SCHED_IDLE. */
    public static final int IDLE = 5;
    /** SCHED_DEADLINE. */
    public static final int DEADLINE = 6;

    private static final long BASE_SLICE = 700_000;
    private static final int MOST_SCALED = 8;
    private static final long LEAST_SLICE = 100_000;
    private static final long MOST_SLICE = 100_000_000;

    private int policy;
    private int nice;
    private int priority;
    private boolean resetOnFork;
    private long customSlice;
    private SchedAttr deadline = new SchedAttr();
    private long affinity = Processors.online();
    private int ioPriority;

    /** Makes an ordinary thread's. */
    public SchedAttributes() {}

    /** {@return the same for a child, which may have to begin as an ordinary thread: {@code sched_fork}} */
    public synchronized SchedAttributes fork() {
        SchedAttributes copy = new SchedAttributes();
        boolean resets = resetOnFork;
        copy.policy = resets && (policy == FIFO || policy == RR || policy == DEADLINE) ? NORMAL : policy;
        copy.nice = resets ? Math.max(nice, 0) : nice;
        copy.priority = copy.policy == policy ? priority : 0;
        copy.customSlice = customSlice;
        copy.affinity = affinity;
        copy.ioPriority = ioPriority;
        return copy;
    }

    /** {@return SCHED_*} */
    public synchronized int policy() {
        return policy;
    }

    /** {@return the nice value, −20 to 19} */
    public synchronized int nice() {
        return nice;
    }

    /** Sets the nice value, −20 to 19. */
    public synchronized void setNice(int value) {
        nice = value;
    }

    /** {@return the real-time priority, 1 to 99; 0 of other policies} */
    public synchronized int priority() {
        return priority;
    }

    /** {@return whether children begin as ordinary threads} */
    public synchronized boolean resetsOnFork() {
        return resetOnFork;
    }

    /** Sets whether children begin as ordinary threads: {@code 0} for no. */
    public synchronized void setResetOnFork(long flag) {
        resetOnFork = flag != 0;
    }

    /** {@return how long a fair thread runs at once, in nanoseconds: the kernel's default if it did not ask} */
    public synchronized long slice() {
        int scale = 1 + Integer.numberOfTrailingZeros(Integer.highestOneBit(Math.min(MOST_SCALED, Processors.count())));
        return customSlice == 0 ? BASE_SLICE * scale : customSlice;
    }

    /** {@return the slice it asked for in nanoseconds, 0 if it did not} */
    public synchronized long customSlice() {
        return customSlice;
    }

    /** {@return what was set for SCHED_DEADLINE} */
    public synchronized SchedAttr deadline() {
        return deadline;
    }

    /** Sets policy and parameters, checked before: {@code __setscheduler_params}. */
    synchronized void set(int newPolicy, SchedAttr attr) {
        policy = newPolicy;
        if (newPolicy == DEADLINE) {
            deadline = attr;
        } else if (newPolicy == NORMAL || newPolicy == BATCH) {
            nice = attr.nice();
            customSlice = attr.runtime() == 0 ? 0 : Math.clamp(attr.runtime(), LEAST_SLICE, MOST_SLICE);
        }
        priority = attr.priority();
    }

    /** {@return whether it is a real-time thread} */
    public synchronized boolean isRealTime() {
        return policy == FIFO || policy == RR;
    }

    /** {@return the processors it may run on, as bits} */
    public synchronized long affinity() {
        return affinity;
    }

    /** Sets the processors it may run on, at least one. */
    public synchronized void setAffinity(long mask) {
        affinity = mask;
    }

    /** {@return the I/O priority that was set, 0 if none was} */
    public synchronized int ioPriority() {
        return ioPriority;
    }

    /** Sets the I/O priority. */
    public synchronized void setIoPriority(int value) {
        ioPriority = value & 0xffff;
    }
}
