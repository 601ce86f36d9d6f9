package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.kernel.time.Timespec;
import java.lang.foreign.MemorySegment;

/**
 * How long poll(2) and select(2) wait: {@code poll_select_set_timeout} of fs/select.c, Linux 6.18.
 *
 * @param address where the program has it and finds what is left of it; 0 if nowhere
 * @param format how it is written there
 * @param deadline by {@link System#nanoTime}; {@link WaitingTask#FOREVER} for none
 * @param span whether there is time to wait at all
 * @param error 0, or why it cannot be
 */
record PollTimeout(long address, Format format, long deadline, Span span, long error) {

    private static final long NSEC_PER_SEC = 1_000_000_000;
    private static final long MOST_SECONDS = Long.MAX_VALUE / 4 / NSEC_PER_SEC;

    /** Whether there is time to wait at all. */
    enum Span {
        /** None: ask and answer. */
        ZERO,
        /** Some, or all there is. */
        SOME
    }

    /** A structure of seconds and parts of them. */
    enum Format {
        /** {@code struct timespec} with fields of 8 bytes. */
        TIMESPEC(8, 1),
        /** {@code struct timespec} with fields of 4 bytes. */
        TIMESPEC_32(4, 1),
        /** {@code struct timeval} with fields of 8 bytes. */
        TIMEVAL(8, 1000),
        /** {@code struct timeval} with fields of 4 bytes. */
        TIMEVAL_32(4, 1000);

        private final int width;
        private final long unit;

        Format(int width, long unit) {
            this.width = width;
            this.unit = unit;
        }

        /** {@return the {@code struct timeval} of a convention} */
        static Format timeval(Abi abi) {
            return abi == Abi.I386 ? TIMEVAL_32 : TIMEVAL;
        }

        /** {@return the first {@code struct timespec} of a convention} */
        static Format timespec(Abi abi) {
            return abi == Abi.I386 ? TIMESPEC_32 : TIMESPEC;
        }

        private long get(MemorySegment buffer, int field) {
            return width == Long.BYTES
                    ? buffer.get(Arguments.LONG, (long) field * width)
                    : buffer.get(Arguments.INT, (long) field * width);
        }

        private void set(MemorySegment buffer, int field, long value) {
            if (width == Long.BYTES) {
                buffer.set(Arguments.LONG, (long) field * width, value);
            } else {
                buffer.set(Arguments.INT, (long) field * width, (int) value);
            }
        }
    }

    /** {@return a wait of milliseconds that nobody is told the rest of; forever if negative} */
    static PollTimeout ofMillis(int millis) {
        return millis < 0 ? forever() : of(0, Format.TIMESPEC, millis / 1000, millis % 1000 * 1_000_000L);
    }

    /** {@return a wait until a known time} */
    static PollTimeout until(long deadline) {
        return new PollTimeout(0, Format.TIMESPEC, deadline, Span.SOME, 0);
    }

    /** {@return a wait without an end} */
    static PollTimeout forever() {
        return new PollTimeout(0, Format.TIMESPEC, WaitingTask.FOREVER, Span.SOME, 0);
    }

    /** {@return the wait that a program asks for; forever at address 0} */
    static PollTimeout fetch(Task current, long address, Format format) {
        if (address == 0) {
            return forever();
        }
        if (!Arguments.fetch(current, address, 2 * format.width)) {
            return new PollTimeout(address, format, 0, Span.ZERO, ErrorNumbers.EFAULT);
        }
        long seconds = format.get(current.buffer(), 0);
        long parts = format.get(current.buffer(), 1);
        // select(2) takes more than a second of microseconds.
        long perSecond = NSEC_PER_SEC / format.unit;
        return format.unit == 1
                ? of(address, format, seconds, parts)
                : of(address, format, seconds + parts / perSecond, parts % perSecond * format.unit);
    }

    /** {@return a wait for a time that nobody is told the rest of} */
    static PollTimeout of(Timespec time) {
        return of(0, Format.TIMESPEC, time.seconds(), time.nanos());
    }

    private static PollTimeout of(long address, Format format, long seconds, long nanos) {
        if (seconds < 0 || nanos < 0 || nanos >= NSEC_PER_SEC) {
            return new PollTimeout(address, format, 0, Span.ZERO, ErrorNumbers.EINVAL);
        }
        if (seconds == 0 && nanos == 0) {
            return new PollTimeout(address, format, 0, Span.ZERO, 0);
        }
        long span = Math.min(seconds, MOST_SECONDS) * NSEC_PER_SEC + nanos;
        return new PollTimeout(address, format, System.nanoTime() + span, Span.SOME, 0);
    }

    /** {@return whether it is over} */
    boolean isOver() {
        return span == Span.ZERO || (deadline != WaitingTask.FOREVER && deadline - System.nanoTime() <= 0);
    }

    /**
     * Tells the program what is left: {@code poll_select_finish}.
     *
     * @param current the calling task
     * @param result what the call answers
     * @return the same; −EINTR where the call cannot be made again, because the rest could not be told
     */
    long finish(Task current, long result) {
        if (address == 0 || span == Span.ZERO) {
            return result;
        }
        long left = Math.max(0, deadline - System.nanoTime());
        format.set(current.buffer(), 0, left / NSEC_PER_SEC);
        format.set(current.buffer(), 1, left % NSEC_PER_SEC / format.unit);
        boolean told = current.copyBufferToUser(address, 2 * format.width) == 0;
        return !told && result == ErrorNumbers.ERESTARTNOHAND ? ErrorNumbers.EINTR : result;
    }
}
