package dev.trapgate.time;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.Timespec;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * Clocks and sleeping. Through a gate that has the vDSO, reading most clocks does not enter the kernel.
 *
 * @param kernel whose calls
 */
public record TimeCalls(Kernel kernel) {

    private static final Call CLOCK_GETTIME = Call.of(Syscall.CLOCK_GETTIME, Syscall.CLOCK_GETTIME64);
    private static final Call CLOCK_GETRES = Call.of(Syscall.CLOCK_GETRES, Syscall.CLOCK_GETRES_TIME64);
    private static final Call CLOCK_NANOSLEEP = Call.of(Syscall.CLOCK_NANOSLEEP, Syscall.CLOCK_NANOSLEEP_TIME64);

    private static final int TIMER_ABSTIME = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /**
     * Reads a clock, as {@code clock_gettime(2)}, without allocating.
     *
     * @param clock the clock
     * @param into what to fill: {@link Timespec#in} makes one
     * @throws SyscallException EINVAL if the kernel does not know the clock
     * @see <a href="https://man7.org/linux/man-pages/man2/clock_gettime.2.html">clock_gettime(2)</a>
     */
    public void clockGettime(Clock clock, Timespec into) {
        kernel.call(CLOCK_GETTIME, clock.number(), kernel.address(into.buffer(), Timespec.SIZE));
    }

    /**
     * Reads a clock, as {@code clock_gettime(2)}.
     *
     * @param clock the clock
     * @return nanoseconds since its origin; right for 292 years
     * @throws SyscallException EINVAL if the kernel does not know the clock
     */
    public long nanos(Clock clock) {
        return timespec(CLOCK_GETTIME, clock.number());
    }

    /**
     * {@return how fine a clock is, in nanoseconds, as {@code clock_getres(2)}}
     *
     * @param clock the clock
     */
    public long clockGetres(Clock clock) {
        return timespec(CLOCK_GETRES, clock.number());
    }

    private long timespec(Call call, int clock) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Timespec.SIZE, Long.BYTES);
            kernel.call(call, clock, address);
            return scratch.longAt(address) * NANOS_PER_SECOND + scratch.longAt(address + Long.BYTES);
        }
    }

    /**
     * Sleeps, as {@code clock_nanosleep(2)} on CLOCK_MONOTONIC; a virtual thread's carrier sleeps with it.
     *
     * @param duration how long, 0 or more
     * @return what is left of it: zero unless a signal came first
     */
    public Duration nanosleep(Duration duration) {
        return nanosleep(Clock.CLOCK_MONOTONIC, duration);
    }

    /**
     * Sleeps by a clock, as {@code clock_nanosleep(2)}.
     *
     * @param clock the clock
     * @param duration how long, 0 or more
     * @return what is left of it: zero unless a signal came first
     * @throws SyscallException EINVAL or EOPNOTSUPP if the clock is not one to sleep by
     */
    public Duration nanosleep(Clock clock, Duration duration) {
        try (Scratch scratch = kernel.scratch()) {
            long request = scratch.room(2 * Timespec.SIZE, Long.BYTES);
            MemorySegment two = scratch.at(request, 2 * Timespec.SIZE);
            Timespec.write(two, 0, duration);
            int number = clock.number();
            long left = request + Timespec.SIZE;
            long answer = kernel.enter(CLOCK_NANOSLEEP, number, 0, request, left, 0, 0);
            if (answer == 0) {
                return Duration.ZERO;
            }
            if (answer == -Errno.EINTR.number()) {
                return Duration.ofSeconds(
                        two.get(Layouts.LONG, Timespec.SIZE), two.get(Layouts.LONG, Timespec.SIZE + Long.BYTES));
            }
            throw kernel.failure(CLOCK_NANOSLEEP, answer, number, 0, request, left, 0, 0);
        }
    }

    /**
     * Sleeps until a clock shows a time, as {@code clock_nanosleep(2)} with TIMER_ABSTIME.
     *
     * @param clock the clock
     * @param time since the clock's origin
     * @throws SyscallException EINTR if a signal came first; EINVAL or EOPNOTSUPP if the clock is not one to sleep by
     */
    public void sleepUntil(Clock clock, Duration time) {
        try (Scratch scratch = kernel.scratch()) {
            long request = scratch.room(Timespec.SIZE, Long.BYTES);
            Timespec.write(scratch.at(request, Timespec.SIZE), 0, time);
            kernel.call(CLOCK_NANOSLEEP, clock.number(), TIMER_ABSTIME, request, 0);
        }
    }
}
