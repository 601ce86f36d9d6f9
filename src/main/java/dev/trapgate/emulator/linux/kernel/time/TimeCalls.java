package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The clocks' calls: kernel/time/time.c, posix-timers.c and hrtimer.c, Linux 5.17. */
public final class TimeCalls {

    /** How wide the fields of a {@code struct timespec} or {@code timeval} are. */
    private enum Width {
        BITS_32,
        BITS_64
    }

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long NSEC_PER_SEC = Timekeeper.NSEC_PER_SEC;
    private static final long NSEC_PER_USEC = 1000;

    private TimeCalls() {}

    /** {@code time(2)} of a 64-bit program. */
    public static long time(Task current, PtRegs regs) {
        long seconds = current.process().timekeeper().realtime() / NSEC_PER_SEC;
        long to = regs.argument(1);
        return to == 0 || current.uaccess().putUser64(to, seconds) ? seconds : ErrorNumbers.EFAULT;
    }

    /** {@code time(2)} of a 32-bit program. */
    public static long time32(Task current, PtRegs regs) {
        long seconds = (int) (current.process().timekeeper().realtime() / NSEC_PER_SEC);
        long to = regs.argument(1);
        return to == 0 || current.uaccess().putUser32(to, seconds) ? seconds : ErrorNumbers.EFAULT;
    }

    /** {@code gettimeofday(2)} of a 64-bit program. */
    public static long gettimeofday(Task current, PtRegs regs) {
        return gettimeofday(current, regs, Width.BITS_64);
    }

    /** {@code gettimeofday(2)} of a 32-bit program. */
    public static long compatGettimeofday(Task current, PtRegs regs) {
        return gettimeofday(current, regs, Width.BITS_32);
    }

    private static long gettimeofday(Task current, PtRegs regs, Width width) {
        long to = regs.argument(1);
        long zone = regs.argument(2);
        if (to != 0) {
            long now = current.process().timekeeper().realtime();
            long seconds = now / NSEC_PER_SEC;
            long micros = now % NSEC_PER_SEC / NSEC_PER_USEC;
            // put_user of each field, as the kernel does: the first may be written when the second is not.
            boolean written = width == Width.BITS_64
                    ? current.uaccess().putUser64(to, seconds)
                            && current.uaccess().putUser64(to + 8, micros)
                    : current.uaccess().putUser32(to, seconds)
                            && current.uaccess().putUser32(to + 4, micros);
            if (!written) {
                return ErrorNumbers.EFAULT;
            }
        }
        if (zone != 0) {
            current.buffer().asSlice(0, 8).fill((byte) 0);
            return current.copyBufferToUser(zone, 8);
        }
        return 0;
    }

    /** {@code clock_gettime(2)} with 64-bit fields. */
    public static long clockGettime(Task current, PtRegs regs) {
        return clockGettime(current, regs, Width.BITS_64);
    }

    /** {@code clock_gettime(2)} with 32-bit fields. */
    public static long clockGettime32(Task current, PtRegs regs) {
        return clockGettime(current, regs, Width.BITS_32);
    }

    private static long clockGettime(Task current, PtRegs regs, Width width) {
        int clock = (int) regs.argument(1);
        if (!Timekeeper.exists(clock)) {
            return ErrorNumbers.EINVAL;
        }
        return putTimespec(
                current, regs.argument(2), current.process().timekeeper().read(clock), width);
    }

    /** {@code clock_getres(2)} with 64-bit fields. */
    public static long clockGetres(Task current, PtRegs regs) {
        return clockGetres(current, regs, Width.BITS_64);
    }

    /** {@code clock_getres(2)} with 32-bit fields. */
    public static long clockGetres32(Task current, PtRegs regs) {
        return clockGetres(current, regs, Width.BITS_32);
    }

    private static long clockGetres(Task current, PtRegs regs, Width width) {
        int clock = (int) regs.argument(1);
        if (!Timekeeper.exists(clock)) {
            return ErrorNumbers.EINVAL;
        }
        long to = regs.argument(2);
        return to == 0 ? 0 : putTimespec(current, to, Timekeeper.resolution(clock), width);
    }

    /** {@code nanosleep(2)} with 64-bit fields. */
    public static long nanosleep(Task current, PtRegs regs) {
        return nanosleep(current, regs, Width.BITS_64);
    }

    /** {@code nanosleep(2)} with 32-bit fields. */
    public static long nanosleep32(Task current, PtRegs regs) {
        return nanosleep(current, regs, Width.BITS_32);
    }

    private static long nanosleep(Task current, PtRegs regs, Width width) {
        MemorySegment buffer = current.buffer();
        int size = width == Width.BITS_64 ? 16 : 8;
        if (current.uaccess().copyFromUser(buffer, regs.argument(1), size) != 0) {
            return ErrorNumbers.EFAULT;
        }
        long seconds = width == Width.BITS_64 ? buffer.get(LONG, 0) : buffer.get(INT, 0);
        long nanos = width == Width.BITS_64 ? buffer.get(LONG, 8) : buffer.get(INT, 4);
        if (seconds < 0 || nanos < 0 || nanos >= NSEC_PER_SEC) {
            return ErrorNumbers.EINVAL;
        }
        long most = Long.MAX_VALUE / 4;
        long span = seconds > most / NSEC_PER_SEC ? most : seconds * NSEC_PER_SEC + nanos;
        return sleep(current, System.nanoTime() + span, regs.argument(2), width);
    }

    private static long sleep(Task current, long deadline, long remaining, Width width) {
        if (current.sleepUntil(deadline)) {
            return 0;
        }
        if (remaining != 0) {
            long left = Math.max(0, deadline - System.nanoTime());
            long fault = putTimespec(current, remaining, left, width);
            if (fault != 0) {
                return fault;
            }
        }
        current.setRestart((task, regs) -> sleep(task, deadline, remaining, width));
        return ErrorNumbers.ERESTART_RESTARTBLOCK;
    }

    private static long putTimespec(Task current, long to, long nanos, Width width) {
        MemorySegment buffer = current.buffer();
        if (width == Width.BITS_64) {
            buffer.set(LONG, 0, nanos / NSEC_PER_SEC);
            buffer.set(LONG, 8, nanos % NSEC_PER_SEC);
            return current.copyBufferToUser(to, 16);
        }
        buffer.set(INT, 0, (int) (nanos / NSEC_PER_SEC));
        buffer.set(INT, 4, (int) (nanos % NSEC_PER_SEC));
        return current.copyBufferToUser(to, 8);
    }
}
