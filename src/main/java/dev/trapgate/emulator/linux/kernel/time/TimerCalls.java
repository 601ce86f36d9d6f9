package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Pids;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** POSIX timers: kernel/time/posix-timers.c, Linux 6.18. */
final class TimerCalls {

    private static final int SIGEV_SIGNAL = 0;
    private static final int SIGEV_NONE = 1;
    private static final int SIGEV_THREAD = 2;
    private static final int SIGEV_THREAD_ID = 4;
    private static final int SIGEVENT_64 = 64;
    private static final int SIGEVENT_32 = 16;
    private static final int TIMER_ABSTIME = 1;

    private TimerCalls() {}

    private static ProcessTimers timers(Task current) {
        return current.process().timers();
    }

    // Making and deleting.

    /** {@code struct sigevent} of a program. */
    private record Asked(int kind, int signal, long value, int thread) {}

    /** {@code timer_create(2)}. */
    static long create(Task current, PtRegs regs) {
        Asked asked = null;
        if (regs.argument(2) != 0) {
            boolean wide = regs.abi() != Abi.I386;
            UserStructure given =
                    UserStructure.from(current.uaccess(), regs.argument(2), wide ? SIGEVENT_64 : SIGEVENT_32);
            if (given == null) {
                return ErrorNumbers.EFAULT;
            }
            int word = wide ? Long.BYTES : Integer.BYTES;
            int kind = given.get32(word + Integer.BYTES);
            asked = new Asked(kind, given.get32(word), given.getWord(0, word), given.get32(word + 2 * Integer.BYTES));
        }
        int clock = (int) regs.argument(1);
        if (!ClockCalls.isKnown(clock)) {
            return ErrorNumbers.EINVAL;
        }
        if (!hasTimers(clock)) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        synchronized (current.process().signalLock()) {
            return create(current, clock, asked, regs.argument(3));
        }
    }

    /** Clocks that only tell the time have none. */
    private static boolean hasTimers(int clock) {
        return switch (clock) {
            case Timekeeper.CLOCK_MONOTONIC_RAW, Timekeeper.CLOCK_REALTIME_COARSE, Timekeeper.CLOCK_MONOTONIC_COARSE ->
                false;
            default -> clock >= 0 || !CpuClocks.isDynamic(clock);
        };
    }

    private static long create(Task current, int clock, @Nullable Asked asked, long address) {
        long limit = current.process().limits().soft(Resource.RLIMIT_SIGPENDING);
        boolean chooses = current.attributes().isRestoringTimerIds();
        long id = chooses ? chosenId(current, address) : 0;
        if (id < 0) {
            return id;
        }
        ProcessTimers timers = timers(current);
        if (Long.compareUnsigned(timers.count(), limit) >= 0) {
            return ErrorNumbers.EAGAIN;
        }
        if (!chooses) {
            id = timers.takeId();
        } else if (!timers.takeId((int) id)) {
            return ErrorNumbers.EBUSY;
        }
        PosixTimer.Event event =
                asked == null ? new PosixTimer.Event(false, Signal.SIGALRM, id, null) : event(current, asked);
        if (event == null) {
            return ErrorNumbers.EINVAL;
        }
        if (!current.uaccess().putUser32(address, id)) {
            return ErrorNumbers.EFAULT;
        }
        if (clock == Timekeeper.CLOCK_REALTIME_ALARM || clock == Timekeeper.CLOCK_BOOTTIME_ALARM) {
            // There is no real-time clock that could wake the machine.
            return ErrorNumbers.EOPNOTSUPP;
        }
        int cpuClock = ClockCalls.cpuClock(clock);
        if (cpuClock < 0 && !CpuClocks.exists(current, cpuClock)) {
            return ErrorNumbers.EINVAL;
        }
        LongSupplier reader = cpuClock < 0 ? () -> CpuClocks.read(current, cpuClock) : null;
        timers.add(new PosixTimer(current.process(), (int) id, clock, event, reader));
        return 0;
    }

    /** {@return the id that the program wants, which PR_TIMER_CREATE_RESTORE_IDS allows; −EFAULT or −EINVAL} */
    private static long chosenId(Task current, long address) {
        UserStructure wanted = UserStructure.from(current.uaccess(), address, Integer.BYTES);
        if (wanted == null) {
            return ErrorNumbers.EFAULT;
        }
        return wanted.get32(0) < 0 ? ErrorNumbers.EINVAL : wanted.get32(0);
    }

    /** {@return what is to happen, or null if that cannot be: {@code good_sigevent}} */
    private static PosixTimer.@Nullable Event event(Task current, Asked asked) {
        Task target = null;
        switch (asked.kind()) {
            case SIGEV_NONE -> {
                return new PosixTimer.Event(true, asked.signal(), asked.value(), null);
            }
            case SIGEV_SIGNAL, SIGEV_THREAD -> {}
            case SIGEV_THREAD_ID -> {
                target = asked.thread() == 0 ? null : Pids.task(current, asked.thread());
                if (target == null) {
                    return null;
                }
            }
            default -> {
                return null;
            }
        }
        boolean valid = asked.signal() > 0 && asked.signal() <= Signal.LAST;
        return valid ? new PosixTimer.Event(false, asked.signal(), asked.value(), target) : null;
    }

    /** {@code timer_delete(2)}. */
    static long delete(Task current, PtRegs regs) {
        synchronized (current.process().signalLock()) {
            PosixTimer timer = timers(current).find((int) regs.argument(1));
            if (timer == null) {
                return ErrorNumbers.EINVAL;
            }
            timers(current).delete(timer);
            return 0;
        }
    }

    // Setting and asking.

    /** {@code timer_settime(2)} with 64-bit times. */
    static long settime(Task current, PtRegs regs) {
        return settime(current, regs, Width.BITS_64);
    }

    /** {@code timer_settime(2)} with 32-bit times. */
    static long settime32(Task current, PtRegs regs) {
        return settime(current, regs, Width.BITS_32);
    }

    private static long settime(Task current, PtRegs regs, Width width) {
        long from = regs.argument(3);
        if (from == 0) {
            return ErrorNumbers.EINVAL;
        }
        Timespec interval = Timespec.from(current, regs, from, width);
        Timespec value = Timespec.from(current, regs, from + 2L * width.bytes(), width);
        if (interval == null || value == null) {
            return ErrorNumbers.EFAULT;
        }
        if (!interval.isValid() || !value.isValid()) {
            return ErrorNumbers.EINVAL;
        }
        Itimers.Setting next = new Itimers.Setting(interval.toNanos(), value.toNanos());
        Itimers.Setting before;
        synchronized (current.process().signalLock()) {
            PosixTimer timer = timers(current).find((int) regs.argument(1));
            if (timer == null) {
                return ErrorNumbers.EINVAL;
            }
            before = timer.get();
            timer.set(next, (regs.argument(2) & TIMER_ABSTIME) != 0);
        }
        return regs.argument(4) == 0 ? 0 : put(current, regs.argument(4), before, width);
    }

    /** {@code timer_gettime(2)} with 64-bit times. */
    static long gettime(Task current, PtRegs regs) {
        return gettime(current, regs, Width.BITS_64);
    }

    /** {@code timer_gettime(2)} with 32-bit times. */
    static long gettime32(Task current, PtRegs regs) {
        return gettime(current, regs, Width.BITS_32);
    }

    private static long gettime(Task current, PtRegs regs, Width width) {
        Itimers.Setting now;
        synchronized (current.process().signalLock()) {
            PosixTimer timer = timers(current).find((int) regs.argument(1));
            if (timer == null) {
                return ErrorNumbers.EINVAL;
            }
            now = timer.get();
        }
        return put(current, regs.argument(2), now, width);
    }

    private static long put(Task current, long to, Itimers.Setting setting, Width width) {
        int field = width.bytes();
        UserStructure told = new UserStructure(4 * field);
        long[] times = {setting.interval(), setting.value()};
        for (int i = 0; i < times.length; i++) {
            told.setWord(2 * i * field, times[i] / Timekeeper.NSEC_PER_SEC, field);
            told.setWord((2 * i + 1) * field, times[i] % Timekeeper.NSEC_PER_SEC, field);
        }
        return told.to(current.uaccess(), to) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code timer_getoverrun(2)}. */
    static long getoverrun(Task current, PtRegs regs) {
        synchronized (current.process().signalLock()) {
            PosixTimer timer = timers(current).find((int) regs.argument(1));
            return timer == null ? ErrorNumbers.EINVAL : timer.lastOverrun();
        }
    }
}
