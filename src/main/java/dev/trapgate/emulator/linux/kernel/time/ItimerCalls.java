package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** Interval timers and {@code alarm(2)}: kernel/time/itimer.c, Linux 6.18. */
final class ItimerCalls {

    private static final long USEC_PER_SEC = 1_000_000;
    private static final long NSEC_PER_USEC = 1000;
    private static final long NSEC_PER_SEC = Timekeeper.NSEC_PER_SEC;
    private static final int FIELDS = 4;

    private ItimerCalls() {}

    private static int word(PtRegs regs) {
        return regs.abi() == Abi.I386 ? Integer.BYTES : Long.BYTES;
    }

    private static boolean isKnown(int which) {
        return which >= Itimers.ITIMER_REAL && which <= Itimers.ITIMER_PROF;
    }

    /** {@code getitimer(2)}. */
    static long getitimer(Task current, PtRegs regs) {
        int which = (int) regs.argument(1);
        if (!isKnown(which)) {
            return ErrorNumbers.EINVAL;
        }
        Itimers.Setting now = current.process().timers().itimers().get(which);
        return put(current, regs.argument(2), now, word(regs));
    }

    /** {@code setitimer(2)}: without a new value, the timer stops. */
    static long setitimer(Task current, PtRegs regs) {
        int word = word(regs);
        Itimers.Setting next = new Itimers.Setting(0, 0);
        if (regs.argument(2) != 0) {
            UserStructure given = UserStructure.from(current.uaccess(), regs.argument(2), FIELDS * word);
            if (given == null) {
                return ErrorNumbers.EFAULT;
            }
            if (!isValid(given, 0, word) || !isValid(given, 2, word)) {
                return ErrorNumbers.EINVAL;
            }
            next = new Itimers.Setting(nanos(given, 0, word), nanos(given, 2, word));
        }
        int which = (int) regs.argument(1);
        if (!isKnown(which)) {
            return ErrorNumbers.EINVAL;
        }
        Itimers.Setting before = current.process().timers().itimers().set(which, next);
        return regs.argument(3) == 0 ? 0 : put(current, regs.argument(3), before, word);
    }

    private static long field(UserStructure timer, int index, int word) {
        return word == Long.BYTES ? timer.get64(index * word) : timer.get32(index * word);
    }

    private static boolean isValid(UserStructure timer, int index, int word) {
        long micros = field(timer, index + 1, word);
        return field(timer, index, word) >= 0 && micros >= 0 && micros < USEC_PER_SEC;
    }

    private static long nanos(UserStructure timer, int index, int word) {
        return new Timespec(field(timer, index, word), field(timer, index + 1, word) * NSEC_PER_USEC).toNanos();
    }

    private static long put(Task current, long to, Itimers.Setting setting, int word) {
        UserStructure told = new UserStructure(FIELDS * word);
        long[] times = {setting.interval(), setting.value()};
        for (int i = 0; i < times.length; i++) {
            told.setWord(2 * i * word, times[i] / NSEC_PER_SEC, word);
            told.setWord((2 * i + 1) * word, times[i] % NSEC_PER_SEC / NSEC_PER_USEC, word);
        }
        return told.to(current.uaccess(), to) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code alarm(2)}: answers the seconds that were left, rounded, but never 0 for some. */
    static long alarm(Task current, PtRegs regs) {
        long seconds = regs.argument(1) & 0xffff_ffffL;
        Itimers.Setting next = new Itimers.Setting(0, seconds * NSEC_PER_SEC);
        long left = current.process()
                .timers()
                .itimers()
                .set(Itimers.ITIMER_REAL, next)
                .value();
        long whole = left / NSEC_PER_SEC;
        long part = left % NSEC_PER_SEC;
        boolean up = (whole == 0 && part != 0) || part >= NSEC_PER_SEC / 2;
        return up ? whole + 1 : whole;
    }
}
