package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.kernel.sched.SchedAttributes;
import org.jspecify.annotations.Nullable;

/** A task that waits on a futex: {@code struct futex_q}. It is woken once it lies in no bucket. */
final class FutexQ {

    /** FUTEX_BITSET_MATCH_ANY. */
    static final int MATCH_ANY = -1;

    /** MAX_RT_PRIO: all that are not real-time tasks wait in the order they came. */
    private static final int ORDINARY = 100;

    private final WaitingTask waiter;
    private final int bitset;
    private final int priority;

    /** Guarded by the bucket that it lies in. */
    private FutexKey key;

    private volatile @Nullable FutexBucket bucket;

    /**
     * Makes one that does not wait yet.
     *
     * @param task the task
     * @param waiter how it sleeps
     * @param key on which futex
     * @param bitset which wake-ups are for it
     */
    FutexQ(Task task, WaitingTask waiter, FutexKey key, int bitset) {
        this.waiter = waiter;
        this.key = key;
        this.bitset = bitset;
        this.priority = priority(task.scheduling());
    }

    private static int priority(SchedAttributes scheduling) {
        int policy = scheduling.policy();
        boolean isRealTime = policy == SchedAttributes.FIFO || policy == SchedAttributes.RR;
        return isRealTime ? ORDINARY - 1 - scheduling.priority() : ORDINARY;
    }

    /** {@return on which futex it waits} */
    FutexKey key() {
        return key;
    }

    /** {@return whether a wake-up is for it} */
    boolean hears(FutexKey futex, int bits) {
        return key.equals(futex) && (bitset & bits) != 0;
    }

    /** {@return where it stands in the queue: a smaller number is woken first} */
    int priority() {
        return priority;
    }

    /** {@return the bucket it lies in; null once it was woken} */
    @Nullable
    FutexBucket bucket() {
        return bucket;
    }

    /** Says where it lies now. Called by buckets, locked. */
    void liesIn(FutexBucket now, FutexKey on) {
        key = on;
        bucket = now;
    }

    /** Wakes it: {@code futex_wake_mark}. Called with its bucket locked. */
    void wake() {
        FutexBucket from = bucket;
        if (from != null) {
            from.remove(this);
            bucket = null;
            waiter.wake(0);
        }
    }

    /**
     * Takes it out of its bucket, if it was not woken: {@code futex_unqueue}.
     *
     * @return whether it was still waiting
     */
    boolean unqueue() {
        FutexBucket at = bucket;
        while (at != null) {
            synchronized (at) {
                if (bucket == at) {
                    at.remove(this);
                    bucket = null;
                    return true;
                }
            }
            at = bucket;
        }
        return false;
    }
}
