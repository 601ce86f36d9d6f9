package dev.trapgate.emulator.linux.fs;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who waits for whose record lock: {@code blocked_hash} of fs/locks.c, Linux 6.18, to find deadlocks. */
public final class BlockedLocks {

    private static final int MAX_DEADLK_ITERATIONS = 10;

    private final IdentityHashMap<RecordLock, Object> blockers = new IdentityHashMap<>();

    /** Begins with nobody waiting. */
    public BlockedLocks() {}

    /**
     * Notes that a request waits, unless that would be forever: {@code posix_locks_deadlock}.
     *
     * @param request the request
     * @param blocker the lock in its way
     * @return whether it may wait; open file descriptions may always
     */
    synchronized boolean block(RecordLock request, RecordLock blocker) {
        if (!request.isOfd() && leadsTo(blocker.owner(), request.owner())) {
            return false;
        }
        blockers.put(request, blocker.owner());
        return true;
    }

    private boolean leadsTo(Object from, Object owner) {
        Object next = from;
        for (int i = 0; i <= MAX_DEADLK_ITERATIONS && next != null; i++) {
            next = waitsFor(next);
            if (next == owner) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object waitsFor(Object owner) {
        for (Map.Entry<RecordLock, Object> waiting : blockers.entrySet()) {
            if (waiting.getKey().owner() == owner) {
                return waiting.getValue();
            }
        }
        return null;
    }

    /** Notes that a request waits no more. */
    synchronized void unblock(RecordLock request) {
        blockers.remove(request);
    }
}
