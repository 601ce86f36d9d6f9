package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;

/** Sleeping: kernel/time/hrtimer.c, posix-timers.c and posix-cpu-timers.c, Linux 6.18. */
public final class SleepCalls {

    private static final int TIMER_ABSTIME = 1;
    /** How long a sleep at most lasts at once, far from where {@link System#nanoTime} overflows: 73 years. */
    private static final long FOREVER = Long.MAX_VALUE / 4;
    /** How long a sleeper for CPU time waits before it looks again, in nanoseconds. */
    private static final long CPU_TIME_STEP = 1_000_000;

    private SleepCalls() {}

    /**
     * What is left of a sleep goes there.
     *
     * @param address where to; 0 if the program does not want to know
     * @param width how wide the fields are
     */
    private record Remaining(long address, Width width) {}

    /** {@code nanosleep(2)} with 64-bit fields. */
    public static long nanosleep(Task current, PtRegs regs) {
        return nanosleep(current, regs, Width.BITS_64);
    }

    /** {@code nanosleep(2)} with 32-bit fields. */
    public static long nanosleep32(Task current, PtRegs regs) {
        return nanosleep(current, regs, Width.BITS_32);
    }

    private static long nanosleep(Task current, PtRegs regs, Width width) {
        Timespec time = Timespec.from(current, regs, regs.argument(1), width);
        if (time == null) {
            return ErrorNumbers.EFAULT;
        }
        if (!time.isValid()) {
            return ErrorNumbers.EINVAL;
        }
        return sleepFor(current, time.toNanos(), new Remaining(regs.argument(2), width));
    }

    /** {@code clock_nanosleep(2)} with 64-bit fields. */
    public static long clockNanosleep(Task current, PtRegs regs) {
        return clockNanosleep(current, regs, Width.BITS_64);
    }

    /** {@code clock_nanosleep(2)} with 32-bit fields. */
    public static long clockNanosleep32(Task current, PtRegs regs) {
        return clockNanosleep(current, regs, Width.BITS_32);
    }

    private static long clockNanosleep(Task current, PtRegs regs, Width width) {
        int clock = (int) regs.argument(1);
        if (!ClockCalls.isKnown(clock)) {
            return ErrorNumbers.EINVAL;
        }
        if (!canSleep(clock)) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        Timespec time = Timespec.from(current, regs, regs.argument(3), width);
        if (time == null) {
            return ErrorNumbers.EFAULT;
        }
        if (!time.isValid()) {
            return ErrorNumbers.EINVAL;
        }
        boolean absolute = ((int) regs.argument(2) & TIMER_ABSTIME) != 0;
        Remaining remaining = new Remaining(absolute ? 0 : regs.argument(4), width);
        int cpuClock = ClockCalls.cpuClock(clock);
        if (cpuClock < 0) {
            return sleepByCpuTime(current, cpuClock, time.toNanos(), absolute, remaining);
        }
        return absolute ? sleepUntil(current, clock, time.toNanos()) : sleepFor(current, time.toNanos(), remaining);
    }

    private static boolean canSleep(int clock) {
        return switch (clock) {
            case Timekeeper.CLOCK_REALTIME,
                    Timekeeper.CLOCK_MONOTONIC,
                    Timekeeper.CLOCK_BOOTTIME,
                    Timekeeper.CLOCK_TAI,
                    Timekeeper.CLOCK_PROCESS_CPUTIME_ID -> true;
            default -> clock < 0 && !CpuClocks.isDynamic(clock);
        };
    }

    private static long sleepFor(Task current, long nanos, Remaining remaining) {
        return sleepTo(current, System.nanoTime() + Math.min(nanos, FOREVER), remaining);
    }

    private static long sleepTo(Task current, long deadline, Remaining remaining) {
        if (current.sleepUntil(deadline)) {
            return 0;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return 0;
        }
        long fault = tell(current, left, remaining);
        if (fault != 0) {
            return fault;
        }
        current.setRestart((task, regs) -> sleepTo(task, deadline, remaining));
        return ErrorNumbers.ERESTART_RESTARTBLOCK;
    }

    private static long tell(Task current, long left, Remaining remaining) {
        return remaining.address() == 0 ? 0 : Timespec.put(current, remaining.address(), left, remaining.width());
    }

    /** Until a clock shows a time, which it may do at once when it is set. */
    private static long sleepUntil(Task current, int clock, long until) {
        Timekeeper clocks = current.process().timekeeper();
        WaitingTask sleeper = new WaitingTask(current);
        sleeper.schedule(clocks, () -> System.nanoTime() + Math.clamp(until - clocks.read(clock), 0, FOREVER));
        if (until - clocks.read(clock) > 0) {
            return ErrorNumbers.ERESTARTNOHAND;
        }
        clocks.hrtimers().runExpired();
        return 0;
    }

    /** {@code posix_cpu_nsleep}: until others have used so much of a processor. */
    private static long sleepByCpuTime(Task current, int clock, long nanos, boolean absolute, Remaining remaining) {
        if (CpuClocks.isOwnThread(current, clock) || !CpuClocks.exists(current, clock)) {
            return ErrorNumbers.EINVAL;
        }
        long start = absolute ? 0 : CpuClocks.read(current, clock);
        return sleepByCpuTimeTo(current, clock, start + Math.min(nanos, FOREVER), absolute, remaining);
    }

    private static long sleepByCpuTimeTo(Task current, int clock, long until, boolean absolute, Remaining remaining) {
        while (CpuClocks.read(current, clock) < until) {
            if (current.sleepUntil(System.nanoTime() + CPU_TIME_STEP)) {
                continue;
            }
            if (absolute) {
                return ErrorNumbers.ERESTARTNOHAND;
            }
            long fault = tell(current, Math.max(0, until - CpuClocks.read(current, clock)), remaining);
            if (fault != 0) {
                return fault;
            }
            current.setRestart((task, regs) -> sleepByCpuTimeTo(task, clock, until, false, remaining));
            return ErrorNumbers.ERESTART_RESTARTBLOCK;
        }
        return 0;
    }
}
