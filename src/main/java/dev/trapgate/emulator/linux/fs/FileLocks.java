package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The locks on one file: {@code struct file_lock_context} of fs/locks.c, Linux 6.18. */
final class FileLocks {

    /** What a request does when it is refused. */
    enum Sleep {
        /** It answers −EAGAIN. */
        NEVER,
        /** It waits: FL_SLEEP. */
        UNTIL_FREE
    }

    /** In the order of their start among those of one owner. */
    private final List<RecordLock> records = new ArrayList<>();

    private final Map<File, Integer> whole = new HashMap<>();
    private final WaitQueue changed = new WaitQueue();

    /** Begins without locks. */
    FileLocks() {}

    /** {@return a lock that is in a request's way, or null: {@code posix_test_lock}} */
    synchronized @Nullable RecordLock test(RecordLock request) {
        for (RecordLock lock : records) {
            boolean found = request.type() == RecordLock.F_UNLCK
                    ? lock.owner() == request.owner() && lock.overlaps(request)
                    : lock.conflictsWith(request);
            if (found) {
                return lock;
            }
        }
        return null;
    }

    /**
     * Sets or takes away a record lock: {@code do_lock_file_wait}.
     *
     * @param current the calling task
     * @param request the lock
     * @param sleep what to do when another is in its way
     * @return 0; −EAGAIN, −EDEADLK, or −ERESTARTSYS if a signal came while it waited
     */
    long set(Task current, RecordLock request, Sleep sleep) {
        BlockedLocks blocked = current.process().blockedLocks();
        WaitingTask waiter = new WaitingTask(current);
        changed.add(waiter, WaitQueue.Share.SHARED);
        try {
            while (true) {
                waiter.prepare();
                RecordLock blocker = trySet(request);
                if (blocker == null) {
                    return 0;
                }
                if (sleep == Sleep.NEVER) {
                    return ErrorNumbers.EAGAIN;
                }
                if (!blocked.block(request, blocker)) {
                    return ErrorNumbers.EDEADLK;
                }
                if (current.signalPending()) {
                    return ErrorNumbers.ERESTARTSYS;
                }
                waiter.schedule(WaitingTask.FOREVER);
                blocked.unblock(request);
            }
        } finally {
            blocked.unblock(request);
            changed.remove(waiter);
        }
    }

    /** {@return null once it is done, or the lock in its way: {@code posix_lock_inode}} */
    private @Nullable RecordLock trySet(RecordLock request) {
        synchronized (this) {
            RecordLock blocker = request.type() == RecordLock.F_UNLCK ? null : test(request);
            if (blocker != null) {
                return blocker;
            }
            replace(request);
        }
        changed.wakeUpAll(0);
        return null;
    }

    /** Cuts the request out of its owner's locks, and joins it with its neighbors of the same type. */
    private void replace(RecordLock request) {
        RecordLock merged = request;
        List<RecordLock> kept = new ArrayList<>();
        int place = -1;
        for (RecordLock lock : records) {
            boolean own = lock.owner() == request.owner();
            place = own && place < 0 ? kept.size() : place;
            if (own && lock.type() == request.type() && (lock.overlaps(merged) || lock.touches(merged))) {
                merged = merged.over(Math.min(lock.start(), merged.start()), Math.max(lock.end(), merged.end()));
            } else if (own && lock.overlaps(request)) {
                split(lock, request, kept);
            } else {
                kept.add(lock);
            }
        }
        if (request.type() != RecordLock.F_UNLCK) {
            insert(kept, merged, place < 0 ? kept.size() : place);
        }
        records.clear();
        records.addAll(kept);
    }

    private static void split(RecordLock lock, RecordLock request, List<RecordLock> kept) {
        if (lock.start() < request.start()) {
            kept.add(lock.over(lock.start(), request.start() - 1));
        }
        if (lock.end() > request.end()) {
            kept.add(lock.over(request.end() + 1, lock.end()));
        }
    }

    /** Among its owner's locks, which begin at a place, in the order of their start. */
    private static void insert(List<RecordLock> locks, RecordLock added, int place) {
        int at = place;
        while (at < locks.size()
                && locks.get(at).owner() == added.owner()
                && locks.get(at).start() < added.start()) {
            at++;
        }
        locks.add(at, added);
    }

    /**
     * Sets or takes away a lock on the whole file: {@code flock_lock_inode_wait}. One of another type is lost before.
     *
     * @param current the calling task
     * @param file the open file whose lock it is
     * @param type F_RDLCK, F_WRLCK or F_UNLCK
     * @param sleep what to do when another is in its way
     * @return 0; −EAGAIN, or −ERESTARTSYS if a signal came while it waited
     */
    long flock(Task current, File file, int type, Sleep sleep) {
        boolean lost;
        synchronized (this) {
            Integer had = whole.get(file);
            if (had != null && had == type) {
                return 0;
            }
            lost = whole.remove(file) != null;
        }
        if (lost) {
            changed.wakeUpAll(0);
        }
        if (type == RecordLock.F_UNLCK || tryFlock(file, type)) {
            return 0;
        }
        return sleep == Sleep.NEVER
                ? ErrorNumbers.EAGAIN
                : WaitingTask.waitEvent(current, changed, WaitQueue.Share.SHARED, () -> tryFlock(file, type));
    }

    private synchronized boolean tryFlock(File file, int type) {
        for (Map.Entry<File, Integer> other : whole.entrySet()) {
            boolean exclusive = type == RecordLock.F_WRLCK || other.getValue() == RecordLock.F_WRLCK;
            if (other.getKey() != file && exclusive) {
                return false;
            }
        }
        whole.put(file, type);
        return true;
    }

    /** Takes away the record locks of a table that lost a descriptor of the file: {@code locks_remove_posix}. */
    void removePosix(FilesStruct owner) {
        remove(owner);
    }

    /** Takes away what locks an open file had: {@code locks_remove_file}. */
    void removeFile(File file) {
        synchronized (this) {
            whole.remove(file);
        }
        remove(file);
    }

    private void remove(Object owner) {
        synchronized (this) {
            records.removeIf(lock -> lock.owner() == owner);
        }
        changed.wakeUpAll(0);
    }
}
