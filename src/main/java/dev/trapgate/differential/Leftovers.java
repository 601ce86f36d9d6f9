package dev.trapgate.differential;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a native play leaves in its process that does not end with its thread: System V objects, queues, timers. */
final class Leftovers {

    private static final Set<Syscall> SYSTEM_V = EnumSet.of(
            Syscall.MSGGET, Syscall.SEMGET, Syscall.SHMGET, Syscall.MSGCTL, Syscall.SEMCTL, Syscall.SHMCTL, Syscall.IPC);
    private static final Set<Syscall> INTERVAL = EnumSet.of(Syscall.SETITIMER, Syscall.ALARM);

    private final Set<String> queues = new LinkedHashSet<>();
    private final List<Long> segments = new ArrayList<>();
    private boolean hasObjects;
    private boolean hasIntervalTimers;
    private int timers;

    /** Takes note of a message queue that is about to be opened, perhaps made. */
    void queue(String name) {
        queues.add(name);
    }

    /** Takes note of what a call answered. */
    void answered(Syscall call, long result) {
        hasObjects |= SYSTEM_V.contains(call);
        hasIntervalTimers |= INTERVAL.contains(call);
        timers += call == Syscall.TIMER_CREATE ? 1 : 0;
        if (call == Syscall.SHMAT && !Errno.isError(result)) {
            segments.add(result);
        }
    }

    /** {@return names that message queues may have} */
    Set<String> queues() {
        return queues;
    }

    /** {@return where segments of shared memory may be attached} */
    List<Long> segments() {
        return segments;
    }

    /** {@return whether there may be System V objects, or ids that are not the first} */
    boolean hasObjects() {
        return hasObjects || !queues.isEmpty();
    }

    /** {@return whether an interval timer may run} */
    boolean hasIntervalTimers() {
        return hasIntervalTimers;
    }

    /** {@return one more than the highest id that a POSIX timer can have} */
    int timers() {
        return timers;
    }
}
