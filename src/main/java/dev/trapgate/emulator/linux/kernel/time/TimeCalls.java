package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** The wall clock's older calls: kernel/time/time.c, Linux 6.18. */
public final class TimeCalls {

    private static final long NSEC_PER_SEC = Timekeeper.NSEC_PER_SEC;
    private static final long NSEC_PER_USEC = 1000;
    private static final long USEC_PER_SEC = 1_000_000;
    private static final int TIMEZONE_SIZE = 8;
    private static final int MOST_MINUTES_WEST = 15 * 60;
    /** TIME_SETTOD_SEC_MAX: a clock set later would overflow within 30 years. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / NSEC_PER_SEC - 30L * 365 * 24 * 3600;

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

    /** {@code stime(2)}, which only 32-bit programs have. */
    public static long stime32(Task current, PtRegs regs) {
        long seconds = current.uaccess().getUser32(regs.argument(1));
        return seconds < 0 ? ErrorNumbers.EFAULT : setClock(current, new Timespec((int) seconds, 0));
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
        if (zone == 0) {
            return 0;
        }
        UserStructure told = new UserStructure(TIMEZONE_SIZE);
        told.set32(0, current.process().timekeeper().minutesWest());
        return told.to(current.uaccess(), zone) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code settimeofday(2)} of a 64-bit program. */
    public static long settimeofday(Task current, PtRegs regs) {
        return settimeofday(current, regs, Width.BITS_64);
    }

    /** {@code settimeofday(2)} of a 32-bit program. */
    public static long compatSettimeofday(Task current, PtRegs regs) {
        return settimeofday(current, regs, Width.BITS_32);
    }

    private static long settimeofday(Task current, PtRegs regs, Width width) {
        long from = regs.argument(1);
        long zoneFrom = regs.argument(2);
        Timespec time = null;
        if (from != 0) {
            int field = width.bytes();
            UserStructure read = UserStructure.from(current.uaccess(), from, 2 * field);
            if (read == null) {
                return ErrorNumbers.EFAULT;
            }
            long seconds = field == Long.BYTES ? read.get64(0) : read.get32(0);
            long micros = field == Long.BYTES ? read.get64(field) : read.get32(field);
            if (micros < 0 || micros > USEC_PER_SEC) {
                return ErrorNumbers.EINVAL;
            }
            time = new Timespec(seconds, micros * NSEC_PER_USEC);
        }
        UserStructure zone = zoneFrom == 0 ? null : UserStructure.from(current.uaccess(), zoneFrom, TIMEZONE_SIZE);
        if (zoneFrom != 0 && zone == null) {
            return ErrorNumbers.EFAULT;
        }
        long refused = check(current, time == null ? new Timespec(0, 0) : time);
        if (refused != 0) {
            return refused;
        }
        if (zone != null && !setZone(current, zone.get32(0))) {
            return ErrorNumbers.EINVAL;
        }
        return time == null ? 0 : setClock(current, time);
    }

    private static boolean setZone(Task current, int minutesWest) {
        if (minutesWest < -MOST_MINUTES_WEST || minutesWest > MOST_MINUTES_WEST) {
            return false;
        }
        current.process().timekeeper().setMinutesWest(minutesWest);
        return true;
    }

    /** {@code do_sys_settimeofday64}. */
    static long setClock(Task current, Timespec time) {
        long refused = check(current, time);
        if (refused != 0) {
            return refused;
        }
        return current.process().timekeeper().setRealtime(time.toNanos()) ? 0 : ErrorNumbers.EINVAL;
    }

    private static long check(Task current, Timespec time) {
        if (!time.isValid() || time.seconds() >= MOST_SECONDS) {
            return ErrorNumbers.EINVAL;
        }
        return current.credentials().capable(Capability.CAP_SYS_TIME) ? 0 : ErrorNumbers.EPERM;
    }
}
