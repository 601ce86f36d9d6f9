package dev.trapgate.kernel;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;

/**
 * A {@code struct __kernel_timespec}: seconds and nanoseconds, 64 bits each in every ABI.
 *
 * @param buffer its 16 bytes
 */
public record Timespec(UserBuffer buffer) {

    /** Its size in bytes. */
    public static final long SIZE = 16;

    private static final long NANOS = 8;

    /** {@return a zeroed one in memory that a kernel can fill} Its life ends with the scope. */
    public static Timespec in(UserMemory.Scope scope) {
        return new Timespec(scope.allocate(SIZE, Long.BYTES));
    }

    /** {@return seconds since the clock's origin, or of a duration} */
    public long seconds() {
        return buffer.segment().get(Layouts.LONG, 0);
    }

    /** {@return the rest, 0 to 999,999,999 nanoseconds} */
    public long nanoseconds() {
        return buffer.segment().get(Layouts.LONG, NANOS);
    }

    /** {@return all of it in nanoseconds; right for 292 years} */
    public long toNanos() {
        return seconds() * 1_000_000_000 + nanoseconds();
    }

    /** {@return it as a duration} */
    public Duration toDuration() {
        return Duration.ofSeconds(seconds(), nanoseconds());
    }

    /** {@return it as a time since 1970, for a clock that counts so} */
    public Instant toInstant() {
        return Instant.ofEpochSecond(seconds(), nanoseconds());
    }

    /**
     * Writes a duration as the kernel reads it.
     *
     * @param memory where to
     * @param offset at which byte
     * @param duration 0 or more
     */
    public static void write(MemorySegment memory, long offset, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a duration of " + duration + " is negative");
        }
        memory.set(Layouts.LONG, offset, duration.getSeconds());
        memory.set(Layouts.LONG, offset + NANOS, duration.getNano());
    }

    /** {@return for example {@code 12.000000345 s}} */
    @Override
    public String toString() {
        return String.format("%d.%09d s", seconds(), nanoseconds());
    }
}
