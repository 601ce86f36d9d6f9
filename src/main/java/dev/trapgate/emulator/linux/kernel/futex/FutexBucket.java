package dev.trapgate.emulator.linux.kernel.futex;

import java.util.ArrayList;
import java.util.List;

/** Who waits on futexes that hash to one place: {@code struct futex_hash_bucket}. Its monitor is its lock. */
final class FutexBucket {

    private final int number;

    /** By priority, and in the order they came. */
    private final List<FutexQ> chain = new ArrayList<>();

    FutexBucket(int number) {
        this.number = number;
    }

    /** {@return its place in the order in which two buckets are locked} */
    int number() {
        return number;
    }

    /** Adds one who waits, behind those of its priority: {@code plist_add}. */
    void add(FutexQ queued, FutexKey key) {
        int at = chain.size();
        while (at > 0 && chain.get(at - 1).priority() > queued.priority()) {
            at--;
        }
        chain.add(at, queued);
        queued.liesIn(this, key);
    }

    /** Removes one. */
    void remove(FutexQ queued) {
        chain.remove(queued);
    }

    /** {@return those who wait on a futex and hear a wake-up, in order; a copy} */
    List<FutexQ> waiters(FutexKey key, int bits) {
        return chain.stream().filter(queued -> queued.hears(key, bits)).toList();
    }

    /** {@return how many wait here} */
    int size() {
        return chain.size();
    }
}
