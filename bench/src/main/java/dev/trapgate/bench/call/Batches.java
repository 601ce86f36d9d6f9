package dev.trapgate.bench.call;

import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.entry.SyscallEntry;
import java.lang.foreign.Arena;

/** Batches of equal calls. */
final class Batches {

    /** How many calls a small batch makes. */
    static final int SMALL = 16;
    /** How many calls a large batch makes. */
    static final int LARGE = 64;

    private Batches() {}

    /**
     * Fills a batch.
     *
     * @param size how many calls
     * @param number the call's number
     * @param a1 its first argument
     * @param a2 its second argument
     * @param a3 its third argument
     * @return the batch, which lives as long as the process
     */
    static SyscallBatch of(int size, int number, long a1, long a2, long a3) {
        SyscallBatch batch = new SyscallBatch(Arena.global(), size);
        for (int i = 0; i < size; i++) {
            batch.add(number, a1, a2, a3, 0, 0, 0);
        }
        return batch;
    }

    /**
     * Makes a batch's calls.
     *
     * @param entry the gate to go through
     * @param batch the batch
     * @return the last call's answer
     */
    static long enter(SyscallEntry entry, SyscallBatch batch) {
        int made = batch.enter(entry, SyscallBatch.OnError.STOP);
        return batch.result(made - 1);
    }
}
