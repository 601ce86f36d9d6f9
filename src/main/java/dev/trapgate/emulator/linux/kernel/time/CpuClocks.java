package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.PidNamespace;
import dev.trapgate.emulator.linux.kernel.Pids;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of threads and processes, whose negative numbers hold an id: kernel/time/posix-cpu-timers.c, Linux 6.18. What
 * runs is all counted as user time.
 */
final class CpuClocks {

    /** CLOCK_PROCESS_CPUTIME_ID as such a number. */
    static final int OWN_PROCESS = makeId(2, 0);
    /** CLOCK_THREAD_CPUTIME_ID as such a number. */
    static final int OWN_THREAD = makeId(2, 4);

    private static final int ID_SHIFT = 3;
    private static final int PER_THREAD = 4;
    private static final int WHICH_MASK = 3;
    private static final int SCHED = 2;
    private static final int CLOCKFD = 3;

    private CpuClocks() {}

    private static int makeId(int which, int perThread) {
        return (-1 << ID_SHIFT) | perThread | which;
    }

    /** {@return whether a negative number names a clock by its descriptor, of which there are none here} */
    static boolean isDynamic(int clock) {
        return (clock & (PER_THREAD | WHICH_MASK)) == CLOCKFD;
    }

    /** {@return whether a clock's number is that of somebody who is there} */
    static boolean exists(Task current, int clock) {
        if ((clock & WHICH_MASK) == CLOCKFD) {
            return false;
        }
        int id = id(clock);
        if (id == 0) {
            return true;
        }
        if ((clock & PER_THREAD) != 0) {
            return Pids.task(current, id) != null;
        }
        return id == PidNamespace.INIT || current.process().globals().pids().process(id) != null;
    }

    /**
     * Reads such a clock.
     *
     * @param current the calling task
     * @param clock its number
     * @return nanoseconds, or −EINVAL
     */
    static long read(Task current, int clock) {
        int id = id(clock);
        // For reading, any thread's own id stands for its process.
        boolean own = id == current.tid() && (clock & PER_THREAD) == 0 && (clock & WHICH_MASK) != CLOCKFD;
        if (!own && !exists(current, clock)) {
            return ErrorNumbers.EINVAL;
        }
        long nanos = (clock & PER_THREAD) != 0 ? thread(current, id) : process(current, id);
        return (clock & WHICH_MASK) == SCHED ? nanos : nanos / Timekeeper.TICK * Timekeeper.TICK;
    }

    private static long thread(Task current, int id) {
        @Nullable Task task = Pids.task(current, id);
        return task == null ? 0 : task.cpuTime().nanos();
    }

    private static long process(Task current, int id) {
        if (id == 0 || id == current.tid()) {
            return current.process().cpuTime();
        }
        KernelProcess process = current.process().globals().pids().process(id);
        return process == null ? 0 : process.cpuTime();
    }

    /** {@return such a clock's resolution in nanoseconds} */
    static long resolution(int clock) {
        return (clock & WHICH_MASK) == SCHED ? 1 : Timekeeper.TICK;
    }

    /** {@return whether it is the calling thread's own clock, which stands while the thread sleeps} */
    static boolean isOwnThread(Task current, int clock) {
        int id = id(clock);
        return (clock & PER_THREAD) != 0 && (id == 0 || id == current.tid());
    }

    private static int id(int clock) {
        return ~(clock >> ID_SHIFT);
    }
}
