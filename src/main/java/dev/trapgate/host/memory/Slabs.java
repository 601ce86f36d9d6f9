package dev.trapgate.host.memory;

import java.util.BitSet;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/** Which of a region's slabs are taken: first fit, for any number of threads. */
final class Slabs {

    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet taken = new BitSet();
    private final int total;
    /** No slab before this one is free. */
    private int firstFree;

    Slabs(int total) {
        this.total = total;
    }

    /**
     * Takes the first run of free slabs that is long enough.
     *
     * @param count how many in a row, 1 or more
     * @return the first one's index; empty if there is no such run
     */
    OptionalInt take(long count) {
        lock.lock();
        try {
            int first = taken.nextClearBit(firstFree);
            firstFree = first;
            while (count <= total - first) {
                int obstacle = taken.nextSetBit(first);
                if (obstacle < 0 || obstacle - first >= count) {
                    taken.set(first, first + (int) count);
                    return OptionalInt.of(first);
                }
                first = taken.nextClearBit(obstacle);
            }
            return OptionalInt.empty();
        } finally {
            lock.unlock();
        }
    }

    void free(int first, int count) {
        lock.lock();
        try {
            taken.clear(first, first + count);
            firstFree = Math.min(firstFree, first);
        } finally {
            lock.unlock();
        }
    }
}
