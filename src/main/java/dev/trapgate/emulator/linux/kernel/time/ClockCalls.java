package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;

/** The clocks by number: kernel/time/posix-timers.c, Linux 6.18. */
public final class ClockCalls {

    private ClockCalls() {}

    /** {@code clock_gettime(2)} with 64-bit fields. Nothing is allocated. */
    public static long gettime(Task current, PtRegs regs) {
        return gettime(current, (int) regs.argument(1), regs.argument(2), Width.BITS_64);
    }

    /** {@code clock_gettime(2)} with 32-bit fields. */
    public static long gettime32(Task current, PtRegs regs) {
        return gettime(current, (int) regs.argument(1), regs.argument(2), Width.BITS_32);
    }

    private static long gettime(Task current, int clock, long to, Width width) {
        if (Timekeeper.isMachine(clock)) {
            return Timespec.put(current, to, current.process().timekeeper().read(clock), width);
        }
        int cpuClock = cpuClock(clock);
        if (cpuClock >= 0 || CpuClocks.isDynamic(cpuClock)) {
            return ErrorNumbers.EINVAL;
        }
        long nanos = CpuClocks.read(current, cpuClock);
        return nanos < 0 ? nanos : Timespec.put(current, to, nanos, width);
    }

    /** {@code clock_getres(2)} with 64-bit fields. */
    public static long getres(Task current, PtRegs regs) {
        return getres(current, (int) regs.argument(1), regs.argument(2), Width.BITS_64);
    }

    /** {@code clock_getres(2)} with 32-bit fields. */
    public static long getres32(Task current, PtRegs regs) {
        return getres(current, (int) regs.argument(1), regs.argument(2), Width.BITS_32);
    }

    private static long getres(Task current, int clock, long to, Width width) {
        int cpuClock = cpuClock(clock);
        boolean known = Timekeeper.isMachine(clock) || (cpuClock < 0 && CpuClocks.exists(current, cpuClock));
        if (!known) {
            return ErrorNumbers.EINVAL;
        }
        long resolution = cpuClock < 0 ? CpuClocks.resolution(cpuClock) : Timekeeper.resolution(clock);
        return to == 0 ? 0 : Timespec.put(current, to, resolution, width);
    }

    /** {@code clock_settime(2)} with 64-bit fields. */
    public static long settime(Task current, PtRegs regs) {
        return settime(current, regs, Width.BITS_64);
    }

    /** {@code clock_settime(2)} with 32-bit fields. */
    public static long settime32(Task current, PtRegs regs) {
        return settime(current, regs, Width.BITS_32);
    }

    private static long settime(Task current, PtRegs regs, Width width) {
        int clock = (int) regs.argument(1);
        if (clock > Timekeeper.CLOCK_REALTIME) {
            return ErrorNumbers.EINVAL;
        }
        Timespec time = Timespec.from(current, regs, regs.argument(2), width);
        if (time == null) {
            return ErrorNumbers.EFAULT;
        }
        if (clock == Timekeeper.CLOCK_REALTIME) {
            return TimeCalls.setClock(current, time);
        }
        boolean exists = !CpuClocks.isDynamic(clock) && CpuClocks.exists(current, clock);
        return exists ? ErrorNumbers.EPERM : ErrorNumbers.EINVAL;
    }

    /** {@code clock_adjtime(2)} with 64-bit fields. */
    public static long adjtime(Task current, PtRegs regs) {
        return adjtime(current, (int) regs.argument(1), regs.argument(2), Width.BITS_64);
    }

    /** {@code clock_adjtime(2)} with 32-bit fields. */
    public static long adjtime32(Task current, PtRegs regs) {
        return adjtime(current, (int) regs.argument(1), regs.argument(2), Width.BITS_32);
    }

    /** {@code adjtimex(2)} with 64-bit fields. */
    public static long adjtimex(Task current, PtRegs regs) {
        return adjtime(current, Timekeeper.CLOCK_REALTIME, regs.argument(1), Width.BITS_64);
    }

    /** {@code adjtimex(2)} with 32-bit fields. */
    public static long adjtimex32(Task current, PtRegs regs) {
        return adjtime(current, Timekeeper.CLOCK_REALTIME, regs.argument(1), Width.BITS_32);
    }

    private static long adjtime(Task current, int clock, long address, Width width) {
        Timex timex = Timex.from(current, address, width);
        if (timex == null) {
            return ErrorNumbers.EFAULT;
        }
        if (clock != Timekeeper.CLOCK_REALTIME) {
            boolean known = isKnown(clock) && !(clock < 0 && CpuClocks.isDynamic(clock));
            return known ? ErrorNumbers.EOPNOTSUPP : ErrorNumbers.EINVAL;
        }
        long state = current.process().timekeeper().ntp().adjust(current, timex);
        return state < 0 || timex.to(current, address) ? state : ErrorNumbers.EFAULT;
    }

    /** {@return whether a number is that of some clock, there or not: {@code clockid_to_kclock}} */
    static boolean isKnown(int clock) {
        return clock <= Timekeeper.CLOCK_BOOTTIME_ALARM || clock == Timekeeper.CLOCK_TAI;
    }

    /** {@return the negative number of a thread's or process's clock; 0 or more if a number means another} */
    static int cpuClock(int clock) {
        return switch (clock) {
            case Timekeeper.CLOCK_PROCESS_CPUTIME_ID -> CpuClocks.OWN_PROCESS;
            case Timekeeper.CLOCK_THREAD_CPUTIME_ID -> CpuClocks.OWN_THREAD;
            default -> clock;
        };
    }
}
