package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.time.Timespec;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;

/** Making and setting timers that are files: fs/timerfd.c, Linux 6.18. */
public final class TimerfdCalls {

    private static final int TFD_CREATE_FLAGS = File.O_CLOEXEC | File.O_NONBLOCK;
    private static final int TFD_SETTIME_FLAGS = Timerfd.TFD_TIMER_ABSTIME | Timerfd.TFD_TIMER_CANCEL_ON_SET;

    private TimerfdCalls() {}

    /** {@code timerfd_create(2)}: alarm clocks want CAP_WAKE_ALARM. */
    public static long timerfdCreate(Task current, PtRegs regs) {
        int clock = (int) regs.argument(1);
        int flags = (int) regs.argument(2);
        if ((flags & ~TFD_CREATE_FLAGS) != 0 || !isKnown(clock)) {
            return ErrorNumbers.EINVAL;
        }
        Timerfd timer = new Timerfd(current.process().timekeeper(), clock);
        if (timer.isAlarm() && !current.credentials().capable(Capability.CAP_WAKE_ALARM)) {
            return ErrorNumbers.EPERM;
        }
        File file = AnonInodes.file(current, "[timerfd]", File.O_RDWR | flags, timer);
        return FilesStruct.open(current, file, OnExec.of(flags, File.O_CLOEXEC));
    }

    private static boolean isKnown(int clock) {
        return switch (clock) {
            case Timerfd.CLOCK_REALTIME,
                    Timerfd.CLOCK_MONOTONIC,
                    Timerfd.CLOCK_BOOTTIME,
                    Timerfd.CLOCK_REALTIME_ALARM,
                    Timerfd.CLOCK_BOOTTIME_ALARM -> true;
            default -> false;
        };
    }

    /** {@return {@code timerfd_settime(2)} with fields of a width} */
    static SyscallHandler settime(Width width) {
        return (current, regs) -> settime(current, regs, width);
    }

    private static long settime(Task current, PtRegs regs, Width width) {
        Timespec interval = Timespec.from(current, regs, regs.argument(3), width);
        Timespec value = Timespec.from(current, regs, regs.argument(3) + 2L * width.bytes(), width);
        if (interval == null || value == null) {
            return ErrorNumbers.EFAULT;
        }
        int flags = (int) regs.argument(2);
        if ((flags & ~TFD_SETTIME_FLAGS) != 0 || !interval.isValid() || !value.isValid()) {
            return ErrorNumbers.EINVAL;
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            if (!(file.operations() instanceof Timerfd timer)) {
                return ErrorNumbers.EINVAL;
            }
            if (timer.isAlarm() && !current.credentials().capable(Capability.CAP_WAKE_ALARM)) {
                return ErrorNumbers.EPERM;
            }
            Timerfd.Setting before = timer.set(flags, new Timerfd.Setting(interval.toNanos(), value.toNanos()));
            if (value.toNanos() != 0 && timer.takeCanceled()) {
                return ErrorNumbers.ECANCELED;
            }
            return regs.argument(4) == 0 ? 0 : put(current, regs.argument(4), before, width);
        } finally {
            file.release();
        }
    }

    private static long put(Task current, long to, Timerfd.Setting setting, Width width) {
        long error = Timespec.put(current, to, setting.interval(), width);
        return error != 0 ? error : Timespec.put(current, to + 2L * width.bytes(), setting.value(), width);
    }

    /** {@return {@code timerfd_gettime(2)} with fields of a width} */
    static SyscallHandler gettime(Width width) {
        return (current, regs) -> gettime(current, regs, width);
    }

    private static long gettime(Task current, PtRegs regs, Width width) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return file.operations() instanceof Timerfd timer
                    ? put(current, regs.argument(2), timer.get(), width)
                    : ErrorNumbers.EINVAL;
        } finally {
            file.release();
        }
    }
}
