package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** What a program has used: kernel/sys.c, Linux 6.18. */
public final class CpuTimeCalls {

    private static final int RUSAGE_SELF = 0;
    private static final int RUSAGE_CHILDREN = -1;
    private static final int RUSAGE_THREAD = 1;
    private static final int RUSAGE_FIELDS = 18;
    private static final int MAXRSS = 4;
    private static final int TMS_FIELDS = 4;
    /** Nanoseconds of a clock_t, 100 a second. */
    private static final long CLOCK_TICK = 10_000_000;
    /** The ticks that times(2) counts from: jiffies begin five minutes before 32 bits overflow. */
    private static final long INITIAL_TICKS = ((1L << 32) - 300 * 250) * Timekeeper.TICK / CLOCK_TICK;

    private CpuTimeCalls() {}

    /** {@code times(2)}: answers ticks since some time in the past. */
    public static long times(Task current, PtRegs regs) {
        long to = regs.argument(1);
        int width = regs.abi() == Abi.I386 ? Integer.BYTES : Long.BYTES;
        if (to != 0) {
            UserStructure told = new UserStructure(TMS_FIELDS * width);
            told.setWord(0, current.process().cpuTime() / CLOCK_TICK, width);
            told.setWord(2 * width, current.process().childrenCpuTime() / CLOCK_TICK, width);
            if (!told.to(current.uaccess(), to)) {
                return ErrorNumbers.EFAULT;
            }
        }
        long ticks = INITIAL_TICKS + current.process().timekeeper().monotonic() / CLOCK_TICK;
        return regs.abi() == Abi.I386 ? (int) ticks : ticks;
    }

    /** {@code getrusage(2)}. */
    public static long getrusage(Task current, PtRegs regs) {
        int who = (int) regs.argument(1);
        if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD) {
            return ErrorNumbers.EINVAL;
        }
        int width = regs.abi() == Abi.I386 ? Integer.BYTES : Long.BYTES;
        UserStructure told = new UserStructure(RUSAGE_FIELDS * width);
        if (who == RUSAGE_CHILDREN) {
            long used = current.process().childrenCpuTime();
            told.setWord(0, used / Timekeeper.NSEC_PER_SEC, width);
            told.setWord(width, used % Timekeeper.NSEC_PER_SEC / 1000, width);
        } else {
            long used = who == RUSAGE_SELF
                    ? current.process().cpuTime()
                    : current.cpuTime().nanos();
            told.setWord(0, used / Timekeeper.NSEC_PER_SEC, width);
            told.setWord(width, used % Timekeeper.NSEC_PER_SEC / 1000, width);
            told.setWord(MAXRSS * width, residentKilobytes(current), width);
        }
        return told.to(current.uaccess(), regs.argument(2)) ? 0 : ErrorNumbers.EFAULT;
    }

    private static long residentKilobytes(Task current) {
        return current.process().mm().anonymousPages() * 4;
    }
}
