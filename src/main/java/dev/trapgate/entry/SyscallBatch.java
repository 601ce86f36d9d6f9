package dev.trapgate.entry;

import dev.trapgate.abi.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * System calls to be made one after the other in one crossing, so that the JVM's way out and back is paid once for all of
 * them.
 *
 * <p>The calls lie in native memory, {@value #CALL_SIZE} bytes each: eight words of 64 bits in the host's byte order, the
 * number, the six arguments and, once the call is made, the kernel's answer. A batch may be entered any number of times,
 * through any entry of the ABI for which it was filled. It is for one thread at a time.
 *
 * <p>What is saved is the crossing, not the kernel's work. In return the thread is out of Java for as long as all the calls
 * take together: a call that sleeps keeps the answers of those before it from being seen, and nothing can be called off.
 *
 * @see SyscallEntry#enterAll
 */
public final class SyscallBatch {

    /** Bytes that one call takes. */
    public static final int CALL_SIZE = 64;

    /** Offset of a call's answer, in bytes. */
    public static final int RESULT = 56;

    /** What to do when a call answers an error: a result from −4095 to −1. */
    public enum OnError {
        /** Make the next call all the same. */
        GO_ON,
        /** Make no further call. */
        STOP
    }

    private static final int ARGUMENT = Long.BYTES;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    private final MemorySegment calls;
    private final int capacity;
    private int size;
    private int made;

    /**
     * Allocates an empty batch.
     *
     * @param arena what its memory lives as long as; once it is closed, every use of the batch throws
     *     {@link IllegalStateException}
     * @param capacity how many calls it can hold, 1 or more
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public SyscallBatch(Arena arena, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a batch holds 1 call or more, not " + capacity);
        }
        this.calls = arena.allocate(MemoryLayout.sequenceLayout((long) capacity * CALL_SIZE, ValueLayout.JAVA_BYTE)
                .withByteAlignment(CALL_SIZE));
        this.capacity = capacity;
    }

    /**
     * Adds a call behind the others.
     *
     * @param number its number in the ABI of the entry that will make it
     * @param a1 first argument
     * @param a2 second argument
     * @param a3 third argument
     * @param a4 fourth argument
     * @param a5 fifth argument
     * @param a6 sixth argument
     * @return its index
     * @throws IllegalStateException if the batch is full
     */
    public int add(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        if (size == capacity) {
            throw new IllegalStateException("this batch is full: it holds " + capacity
                    + (capacity == 1 ? " call" : " calls") + "; enter it and clear it, or make a larger one");
        }
        long call = (long) size * CALL_SIZE;
        calls.set(WORD, call, number);
        calls.set(WORD, call + ARGUMENT, a1);
        calls.set(WORD, call + 2 * ARGUMENT, a2);
        calls.set(WORD, call + 3 * ARGUMENT, a3);
        calls.set(WORD, call + 4 * ARGUMENT, a4);
        calls.set(WORD, call + 5 * ARGUMENT, a5);
        calls.set(WORD, call + 6 * ARGUMENT, a6);
        return size++;
    }

    /**
     * Changes an argument of a call for the next time the batch is entered.
     *
     * @param index the call's index
     * @param argument which argument, 1 to 6
     * @param value its new value
     * @throws IndexOutOfBoundsException if there is no such call or argument
     */
    public void set(int index, int argument, long value) {
        Objects.checkIndex(index, size);
        Objects.checkIndex(argument - 1, 6);
        calls.set(WORD, (long) index * CALL_SIZE + (long) argument * ARGUMENT, value);
    }

    /** Takes all calls away. */
    public void clear() {
        size = 0;
        made = 0;
    }

    /** {@return how many calls it holds} */
    public int size() {
        return size;
    }

    /** {@return how many calls it can hold} */
    public int capacity() {
        return capacity;
    }

    /**
     * Makes the calls, in the order in which they were added.
     *
     * @param entry the gate to go through
     * @param onError what to do when a call answers an error
     * @return how many calls were made: all, or with {@link OnError#STOP} those up to the first that failed, which is the
     *     last of them
     * @throws UnsupportedOperationException if the entry refuses a call; the calls before it have been made, and their
     *     results are not told
     */
    public int enter(SyscallEntry entry, OnError onError) {
        made = 0;
        made = size == 0 ? 0 : entry.enterAll(calls, size, onError);
        return made;
    }

    /**
     * Tells what a call answered.
     *
     * @param index the call's index
     * @return the kernel's answer, as {@link SyscallEntry#enter} gives it
     * @throws IndexOutOfBoundsException if the call has not been made since the batch was last cleared or entered
     */
    public long result(int index) {
        if (index < 0 || index >= made) {
            throw new IndexOutOfBoundsException("call " + index + " has no result: of " + size
                    + " calls in this batch, the first " + made + " have been made");
        }
        return calls.get(WORD, (long) index * CALL_SIZE + RESULT);
    }

    /** Makes calls one crossing each, which is what an entry does that has no loop of its own. */
    static int enterEach(SyscallEntry entry, MemorySegment calls, int count, OnError onError) {
        for (int made = 0; made < count; made++) {
            long call = (long) made * CALL_SIZE;
            long result = entry.enter(
                    (int) calls.get(WORD, call),
                    calls.get(WORD, call + ARGUMENT),
                    calls.get(WORD, call + 2 * ARGUMENT),
                    calls.get(WORD, call + 3 * ARGUMENT),
                    calls.get(WORD, call + 4 * ARGUMENT),
                    calls.get(WORD, call + 5 * ARGUMENT),
                    calls.get(WORD, call + 6 * ARGUMENT));
            calls.set(WORD, call + RESULT, result);
            if (onError == OnError.STOP && Errno.isError(result)) {
                return made + 1;
            }
        }
        return count;
    }
}
