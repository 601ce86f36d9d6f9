package dev.trapgate.emulator.linux.kernel.futex;

import java.util.function.LongSupplier;

/** Who waits on which futex: the hash table of kernel/futex/core.c. */
public final class Futexes {

    private static final int BUCKETS = 256;

    private final FutexBucket[] buckets = new FutexBucket[BUCKETS];

    /** Makes a table in which nobody waits. */
    public Futexes() {
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new FutexBucket(i);
        }
    }

    /** {@return where those wait who wait on a futex: {@code futex_hash}} */
    FutexBucket bucket(FutexKey key) {
        int hash = 31 * System.identityHashCode(key.owner()) + Long.hashCode(key.place() >>> 2);
        return buckets[(hash ^ hash >>> 16) & (BUCKETS - 1)];
    }

    /** {@return what something answers that is done with two buckets locked: {@code double_lock_hb}} */
    static long locked(FutexBucket one, FutexBucket other, LongSupplier work) {
        FutexBucket first = one.number() <= other.number() ? one : other;
        FutexBucket second = one.number() <= other.number() ? other : one;
        synchronized (first) {
            synchronized (second) {
                return work.getAsLong();
            }
        }
    }

    /** {@return how many tasks wait on all futexes} */
    public int waiters() {
        int sum = 0;
        for (FutexBucket bucket : buckets) {
            synchronized (bucket) {
                sum += bucket.size();
            }
        }
        return sum;
    }
}
