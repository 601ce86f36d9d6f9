package dev.trapgate.trace;

import dev.trapgate.entry.SyscallBatch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * A call as it lies in a batch's memory.
 *
 * @param calls the batch, as {@link SyscallBatch} lays it out
 * @param index which of its calls
 */
record BatchedCall(MemorySegment calls, int index) {

    private static final int REGISTERS = 6;

    /** {@return its number} */
    int number() {
        return (int) word(0);
    }

    /** {@return its six arguments} */
    long[] arguments() {
        return IntStream.rangeClosed(1, REGISTERS)
                .mapToLong(place -> word((long) place * Long.BYTES))
                .toArray();
    }

    /** {@return its raw result, once it has been made} */
    long result() {
        return word(SyscallBatch.RESULT);
    }

    private long word(long offset) {
        return calls.get(ValueLayout.JAVA_LONG, (long) index * SyscallBatch.CALL_SIZE + offset);
    }
}
