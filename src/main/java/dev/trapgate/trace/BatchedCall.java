package dev.trapgate.trace;

import dev.trapgate.entry.SyscallBatch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * A call as it lies in a batch's memory, answered.
 *
 * @param number its number
 * @param result its raw result
 * @param arguments its six arguments
 */
record BatchedCall(int number, long result, long[] arguments) {

    private static final int REGISTERS = 6;

    /**
     * Reads a call.
     *
     * @param calls the batch, as {@link SyscallBatch} lays it out
     * @param index which of its calls
     */
    static BatchedCall at(MemorySegment calls, int index) {
        long start = (long) index * SyscallBatch.CALL_SIZE;
        long[] arguments = IntStream.rangeClosed(1, REGISTERS)
                .mapToLong(place -> word(calls, start + (long) place * Long.BYTES))
                .toArray();
        return new BatchedCall((int) word(calls, start), word(calls, start + SyscallBatch.RESULT), arguments);
    }

    private static long word(MemorySegment calls, long offset) {
        return calls.get(ValueLayout.JAVA_LONG, offset);
    }
}
