package dev.trapgate.thread;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.Timespec;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sleeping until a word of memory changes, and waking those who do: what locks are made of.
 *
 * <p>The word is changed by a {@code VarHandle}; the calls are for when what it stands for cannot be had at once. A virtual
 * thread that waits blocks its carrier.
 *
 * @param kernel whose calls
 * @see <a href="https://man7.org/linux/man-pages/man2/futex.2.html">futex(2)</a>
 */
public record FutexCalls(Kernel kernel) {

    private static final Call FUTEX = Call.of(Syscall.FUTEX, Syscall.FUTEX_TIME64);
    private static final Call FUTEX_WAITV = Call.of(Syscall.FUTEX_WAITV);

    private static final int WAKE = 1;
    private static final int CMP_REQUEUE = 4;
    private static final int WAIT_BITSET = 9;
    private static final int WAKE_BITSET = 10;
    private static final int SHARED_U32 = 2;
    private static final int CLOCK_MONOTONIC = 1;
    private static final long WAITER = 24;
    private static final long WAITER_ADDRESS = 8;
    private static final long WAITER_FLAGS = 16;
    private static final int MOST_WAITERS = 128;

    /** Every bit of a set of waiters: FUTEX_BITSET_MATCH_ANY. */
    public static final int ANY = -1;

    /** How waiting ended. */
    public enum Wait {
        /** Someone called wake, or the kernel woke without one: look at the word. */
        WOKEN,
        /** The word did not have the expected value. */
        CHANGED,
        /** Time ran out. */
        TIMED_OUT
    }

    /**
     * A futex, and what it is expected to be.
     *
     * @param futex 4 bytes, at a multiple of 4
     * @param expected the value that lets the thread sleep
     */
    public record Expectation(Futex futex, int expected) {}

    /**
     * Sleeps as long as a word has a value, until it is woken, as {@code FUTEX_WAIT}.
     *
     * @param futex the word
     * @param expected the value that lets the thread sleep
     * @return how it ended: never {@link Wait#TIMED_OUT}
     * @throws SyscallException EINTR if a signal came first; EFAULT
     */
    public Wait await(Futex futex, int expected) {
        return await(futex, expected, ANY);
    }

    /**
     * Sleeps as long as a word has a value, until it is woken by one of some bits, as {@code FUTEX_WAIT_BITSET}.
     *
     * @param futex the word
     * @param expected the value that lets the thread sleep
     * @param bits by which bits it can be woken, not 0
     * @return how it ended: never {@link Wait#TIMED_OUT}
     * @throws SyscallException EINTR if a signal came first; EFAULT; EINVAL for no bits
     */
    public Wait await(Futex futex, int expected, int bits) {
        return waitBitset(futex, expected, 0, bits);
    }

    /**
     * Sleeps as long as a word has a value, until it is woken or a clock shows a time, as {@code FUTEX_WAIT_BITSET}.
     *
     * @param futex the word
     * @param expected the value that lets the thread sleep
     * @param deadline by CLOCK_MONOTONIC, since its origin
     * @return how it ended
     * @throws SyscallException EINTR if a signal came first; EFAULT
     */
    public Wait awaitUntil(Futex futex, int expected, Duration deadline) {
        try (Scratch scratch = kernel.scratch()) {
            long time = scratch.room(Timespec.SIZE, Long.BYTES);
            Timespec.write(scratch.at(time, Timespec.SIZE), 0, deadline);
            return waitBitset(futex, expected, time, ANY);
        }
    }

    private Wait waitBitset(Futex futex, int expected, long time, int bits) {
        long address = address(futex);
        int operation = WAIT_BITSET | futex.sharing().flag();
        try {
            long answer = kernel.enter(FUTEX, address, operation, expected, time, 0, bits);
            return ended(answer, address, operation, expected, time, 0, bits);
        } finally {
            Reference.reachabilityFence(futex);
        }
    }

    private Wait ended(long answer, long... arguments) {
        if (answer == -Errno.EAGAIN.number()) {
            return Wait.CHANGED;
        }
        if (answer == -Errno.ETIMEDOUT.number()) {
            return Wait.TIMED_OUT;
        }
        if (Errno.isError(answer)) {
            throw kernel.failure(FUTEX, answer, arguments);
        }
        return Wait.WOKEN;
    }

    /**
     * Wakes threads that wait for a word, as {@code FUTEX_WAKE}.
     *
     * @param futex the word
     * @param count how many at most, 0 or more
     * @return how many were woken
     */
    public int wake(Futex futex, int count) {
        return onWord(futex, WAKE | futex.sharing().flag(), requireCount(count), 0, 0, 0);
    }

    /**
     * Wakes threads that wait for a word with some bits, as {@code FUTEX_WAKE_BITSET}.
     *
     * @param futex the word
     * @param count how many at most, 0 or more
     * @param bits one of which a thread must have waited with
     * @return how many were woken
     * @throws SyscallException EINVAL for no bits
     */
    public int wake(Futex futex, int count, int bits) {
        return onWord(futex, WAKE_BITSET | futex.sharing().flag(), requireCount(count), 0, 0, bits);
    }

    /**
     * Wakes some threads that wait for a word and has others wait for another word, as {@code FUTEX_CMP_REQUEUE}: not all need run
     * for one of them to get a lock.
     *
     * @param futex the word
     * @param expected what it must be
     * @param wake how many to wake at most, 0 or more
     * @param to the other word
     * @param requeue how many are to wait for that at most, 0 or more
     * @return how many were woken and requeued; empty if the word was not what it must be
     */
    public OptionalInt requeue(Futex futex, int expected, int wake, Futex to, int requeue) {
        if (futex.sharing() != to.sharing()) {
            throw new IllegalArgumentException(
                    "both words are private or both shared, not " + futex.sharing() + " and " + to.sharing());
        }
        long from = address(futex);
        long other = address(to);
        int operation = CMP_REQUEUE | futex.sharing().flag();
        try {
            long answer =
                    kernel.enter(FUTEX, from, operation, requireCount(wake), requireCount(requeue), other, expected);
            if (answer == -Errno.EAGAIN.number()) {
                return OptionalInt.empty();
            }
            if (Errno.isError(answer)) {
                throw kernel.failure(FUTEX, answer, from, operation, wake, requeue, other, expected);
            }
            return OptionalInt.of((int) answer);
        } finally {
            Reference.reachabilityFence(futex);
            Reference.reachabilityFence(to);
        }
    }

    private static int requireCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a count of " + count + " threads is negative");
        }
        return count;
    }

    private int onWord(Futex futex, int operation, long count, long a4, long a5, long a6) {
        long address = address(futex);
        try {
            return (int) kernel.call(FUTEX, address, operation, count, a4, a5, a6);
        } finally {
            Reference.reachabilityFence(futex);
        }
    }

    /**
     * Sleeps as long as all of several words have their values, until one of them is woken or a clock shows a time, as
     * {@code futex_waitv(2)}.
     *
     * @param words 1 to 128 of them
     * @param deadline by CLOCK_MONOTONIC, since its origin
     * @return which of them was woken, from 0; empty if time ran out
     * @throws SyscallException EAGAIN if one has another value; EINTR; ENOSYS before Linux 5.16
     * @see <a href="https://docs.kernel.org/userspace-api/futex2.html">futex2</a>
     */
    public OptionalInt awaitAny(List<Expectation> words, Duration deadline) {
        if (words.isEmpty() || words.size() > MOST_WAITERS) {
            throw new IllegalArgumentException(words.size() + " words: 1 to 128 can be waited for at once");
        }
        long size = WAITER * words.size();
        try (Scratch scratch = kernel.scratch()) {
            long waiters = scratch.zeroed(size, Long.BYTES);
            write(words, scratch.at(waiters, size));
            long time = scratch.room(Timespec.SIZE, Long.BYTES);
            Timespec.write(scratch.at(time, Timespec.SIZE), 0, deadline);
            long answer = kernel.enter(FUTEX_WAITV, waiters, words.size(), 0, time, CLOCK_MONOTONIC, 0);
            if (answer == -Errno.ETIMEDOUT.number()) {
                return OptionalInt.empty();
            }
            if (Errno.isError(answer)) {
                throw kernel.failure(FUTEX_WAITV, answer, waiters, words.size(), 0, time, CLOCK_MONOTONIC, 0);
            }
            return OptionalInt.of((int) answer);
        } finally {
            Reference.reachabilityFence(words);
        }
    }

    private void write(List<Expectation> words, MemorySegment waiters) {
        long at = 0;
        for (Expectation word : words) {
            waiters.set(Layouts.LONG, at, Integer.toUnsignedLong(word.expected()));
            waiters.set(Layouts.LONG, at + WAITER_ADDRESS, address(word.futex()));
            waiters.set(
                    Layouts.INT,
                    at + WAITER_FLAGS,
                    SHARED_U32 | word.futex().sharing().flag());
            at += WAITER;
        }
    }

    /** Asked before every call: the word's memory may be closed, or confined to another thread. */
    private long address(Futex futex) {
        return futex.addressFor(kernel);
    }
}
