package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * What adjtimex(2) reads and writes: kernel/time/ntp.c, Linux 6.18. The clock is as good as the host's, so that frequency,
 * tick and offset are kept and told but do not move it; a step does.
 */
final class Ntp {

    private static final int ADJ_FREQUENCY = 2;
    private static final int ADJ_MAXERROR = 4;
    private static final int ADJ_ESTERROR = 8;
    private static final int ADJ_STATUS = 0x10;
    private static final int ADJ_TIMECONST = 0x20;
    private static final int ADJ_TAI = 0x80;
    private static final int ADJ_SETOFFSET = 0x100;
    private static final int ADJ_MICRO = 0x1000;
    private static final int ADJ_NANO = 0x2000;
    private static final int ADJ_TICK = 0x4000;
    private static final int ADJ_ADJTIME = 0x8000;
    private static final int ADJ_OFFSET_SINGLESHOT = 1;
    private static final int ADJ_OFFSET_READONLY = 0x2000;
    private static final int STA_UNSYNC = 0x40;
    private static final int STA_NANO = 0x2000;
    private static final int STA_CLOCKERR = 0x1000;
    private static final int STA_READ_ONLY = 0xff00;
    private static final int TIME_ERROR = 5;
    private static final long MOST_FREQUENCY = 500L << 16;
    private static final long PHASE_LIMIT = 16_000_000;
    private static final long MOST_CONSTANT = 10;
    private static final long MICRO_CONSTANT = 4;
    private static final long MOST_TAI_OFFSET = 100_000;
    private static final long LEAST_TICK = 9000;
    private static final long MOST_TICK = 11_000;
    private static final long USEC_PER_SEC = 1_000_000;
    private static final long NSEC_PER_SEC = Timekeeper.NSEC_PER_SEC;
    private static final long MOST_SCALABLE = Long.MAX_VALUE / 65_536;

    private long frequency;
    private long maxError = PHASE_LIMIT;
    private long estimatedError = PHASE_LIMIT;
    private long constant = 2;
    private long tick = 10_000;
    private int status = STA_UNSYNC;
    private volatile int taiOffset;

    int taiOffset() {
        return taiOffset;
    }

    /**
     * Changes what the structure says is to be changed, and fills it with what is: {@code do_adjtimex}.
     *
     * @param current the calling task
     * @param timex the program's structure
     * @return the clock's state, TIME_OK or TIME_ERROR, or an error
     */
    synchronized long adjust(Task current, Timex timex) {
        Timekeeper clocks = current.process().timekeeper();
        long refused = validate(current, timex);
        if (refused != 0) {
            return refused;
        }
        int modes = timex.modes();
        if ((modes & ADJ_SETOFFSET) != 0) {
            long nanos = (modes & ADJ_NANO) != 0 ? timex.micros() : timex.micros() * (NSEC_PER_SEC / USEC_PER_SEC);
            if (!clocks.setRealtime(clocks.realtime() + timex.seconds() * NSEC_PER_SEC + nanos)) {
                return ErrorNumbers.EINVAL;
            }
        }
        if ((modes & ADJ_ADJTIME) == 0) {
            change(timex, modes);
        }
        fill(timex, clocks.realtime());
        return (status & (STA_UNSYNC | STA_CLOCKERR)) != 0 ? TIME_ERROR : 0;
    }

    /** {@code timekeeping_validate_timex}. */
    private static long validate(Task current, Timex timex) {
        int modes = timex.modes();
        boolean able = current.credentials().capable(Capability.CAP_SYS_TIME);
        if ((modes & ADJ_ADJTIME) != 0) {
            if ((modes & ADJ_OFFSET_SINGLESHOT) == 0) {
                return ErrorNumbers.EINVAL;
            }
            if ((modes & ADJ_OFFSET_READONLY) == 0 && !able) {
                return ErrorNumbers.EPERM;
            }
        } else if (modes != 0 && !able) {
            return ErrorNumbers.EPERM;
        } else if ((modes & ADJ_TICK) != 0 && (timex.tick() < LEAST_TICK || timex.tick() > MOST_TICK)) {
            return ErrorNumbers.EINVAL;
        }
        if ((modes & ADJ_SETOFFSET) != 0) {
            long most = (modes & ADJ_NANO) != 0 ? NSEC_PER_SEC : USEC_PER_SEC;
            if (!able) {
                return ErrorNumbers.EPERM;
            }
            if (timex.micros() < 0 || timex.micros() >= most) {
                return ErrorNumbers.EINVAL;
            }
        }
        boolean scalable = Math.abs(timex.frequency()) <= MOST_SCALABLE;
        return (modes & ADJ_FREQUENCY) != 0 && !scalable ? ErrorNumbers.EINVAL : 0;
    }

    /** {@code process_adjtimex_modes}. */
    private void change(Timex timex, int modes) {
        if ((modes & ADJ_STATUS) != 0) {
            status = (status & STA_READ_ONLY) | (timex.status() & ~STA_READ_ONLY);
        }
        if ((modes & ADJ_NANO) != 0) {
            status |= STA_NANO;
        }
        if ((modes & ADJ_MICRO) != 0) {
            status &= ~STA_NANO;
        }
        if ((modes & ADJ_FREQUENCY) != 0) {
            frequency = Math.clamp(timex.frequency(), -MOST_FREQUENCY, MOST_FREQUENCY);
        }
        if ((modes & ADJ_MAXERROR) != 0) {
            maxError = Math.clamp(timex.maxError(), 0, PHASE_LIMIT);
        }
        if ((modes & ADJ_ESTERROR) != 0) {
            estimatedError = Math.clamp(timex.estimatedError(), 0, PHASE_LIMIT);
        }
        if ((modes & ADJ_TIMECONST) != 0) {
            long wanted = Math.clamp(timex.constant(), 0, MOST_CONSTANT);
            constant = (status & STA_NANO) != 0 ? wanted : Math.min(wanted + MICRO_CONSTANT, MOST_CONSTANT);
        }
        if ((modes & ADJ_TAI) != 0 && timex.constant() >= 0 && timex.constant() <= MOST_TAI_OFFSET) {
            taiOffset = (int) timex.constant();
        }
        if ((modes & ADJ_TICK) != 0) {
            tick = timex.tick();
        }
    }

    private void fill(Timex timex, long now) {
        long fraction = now % NSEC_PER_SEC;
        timex.fill(
                new long[] {0, frequency, maxError, estimatedError},
                status,
                new long[] {
                    constant,
                    1,
                    MOST_FREQUENCY,
                    now / NSEC_PER_SEC,
                    (status & STA_NANO) != 0 ? fraction : fraction / 1000,
                    tick
                },
                taiOffset);
    }
}
