package dev.trapgate.emulator.linux.kernel;

import java.util.Arrays;

/**
 * Who waits for something to happen: {@code struct wait_queue_head} of kernel/sched/wait.c.
 *
 * <p>A waiter adds itself, looks whether it still has to wait, and only then sleeps; whoever makes the thing happen
 * wakes the queue afterwards. So no wake-up is lost.
 */
public final class WaitQueue {

    /** One who waits: {@code struct wait_queue_entry}. */
    public interface Waiter {

        /**
         * Hears that something happened. It is called with the queue locked and must not wait.
         *
         * @param key what happened, bits of POLL*, or 0 for anything
         * @return whether it will do something about it; counted for exclusive waiters
         */
        boolean wake(int key);
    }

    /** Whether one wake-up is for all who wait or for one. */
    public enum Share {
        /** All such waiters are woken. */
        SHARED,
        /** One such waiter is woken at a time: WQ_FLAG_EXCLUSIVE. */
        EXCLUSIVE
    }

    private record Entry(Waiter waiter, Share share) {}

    private static final Entry[] NOBODY = {};

    /**
     * Shared ones first, the latest of them in front; exclusive ones behind in the order they came. The array is never
     * changed, so that a wake-up goes through it while waiters come and leave.
     */
    private volatile Entry[] entries = NOBODY;

    /** Makes an empty queue. */
    public WaitQueue() {}

    /** Adds a waiter: {@code add_wait_queue} or {@code add_wait_queue_exclusive}. */
    public synchronized void add(Waiter waiter, Share share) {
        Entry[] before = entries;
        Entry[] after = new Entry[before.length + 1];
        int shared = share == Share.SHARED ? 1 : 0;
        System.arraycopy(before, 0, after, shared, before.length);
        after[shared == 1 ? 0 : before.length] = new Entry(waiter, share);
        entries = after;
    }

    /** Removes a waiter, if it is there: {@code remove_wait_queue}. After this it is not woken any more. */
    public synchronized void remove(Waiter waiter) {
        Entry[] before = entries;
        for (int i = 0; i < before.length; i++) {
            if (before[i].waiter() == waiter) {
                Entry[] after = before.length == 1 ? NOBODY : Arrays.copyOf(before, before.length - 1);
                System.arraycopy(before, i + 1, after, i, before.length - i - 1);
                entries = after;
                return;
            }
        }
    }

    /** {@return whether anybody waits: {@code waitqueue_active}} */
    public boolean isActive() {
        return entries.length > 0;
    }

    /** Wakes all shared waiters and one exclusive one, because of {@code key}: {@code wake_up_poll}. */
    public void wakeUp(int key) {
        wake(key, 1);
    }

    /** Wakes everybody: {@code wake_up_all}. */
    public void wakeUpAll(int key) {
        wake(key, Integer.MAX_VALUE);
    }

    private void wake(int key, int exclusive) {
        // Who comes later looks at what has changed by itself.
        if (isActive()) {
            wakeLocked(key, exclusive);
        }
    }

    private synchronized void wakeLocked(int key, int exclusive) {
        int left = exclusive;
        for (Entry entry : entries) {
            boolean woken = entry.waiter().wake(key);
            if (woken && entry.share() == Share.EXCLUSIVE && --left == 0) {
                return;
            }
        }
    }
}
