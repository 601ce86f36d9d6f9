package dev.trapgate.emulator.linux.kernel;

import java.util.ArrayList;
import java.util.List;

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

    /** Shared ones first, the latest of them in front; exclusive ones behind in the order they came. */
    private final List<Entry> entries = new ArrayList<>(2);

    /** Makes an empty queue. */
    public WaitQueue() {}

    /** Adds a waiter: {@code add_wait_queue} or {@code add_wait_queue_exclusive}. */
    public synchronized void add(Waiter waiter, Share share) {
        Entry entry = new Entry(waiter, share);
        if (share == Share.SHARED) {
            entries.addFirst(entry);
        } else {
            entries.addLast(entry);
        }
    }

    /** Removes a waiter, if it is there: {@code remove_wait_queue}. */
    public synchronized void remove(Waiter waiter) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).waiter() == waiter) {
                entries.remove(i);
                return;
            }
        }
    }

    /** {@return whether anybody waits: {@code waitqueue_active}} */
    public synchronized boolean isActive() {
        return !entries.isEmpty();
    }

    /** Wakes all shared waiters and one exclusive one, because of {@code key}: {@code wake_up_poll}. */
    public void wakeUp(int key) {
        wake(key, 1);
    }

    /** Wakes everybody: {@code wake_up_all}. */
    public void wakeUpAll(int key) {
        wake(key, Integer.MAX_VALUE);
    }

    private synchronized void wake(int key, int exclusive) {
        int left = exclusive;
        // Waiters may leave the queue while they are woken: by index from a copy.
        if (entries.isEmpty()) {
            return;
        }
        for (Entry entry : entries.toArray(Entry[]::new)) {
            boolean woken = entry.waiter().wake(key);
            if (woken && entry.share() == Share.EXCLUSIVE && --left == 0) {
                return;
            }
        }
    }
}
