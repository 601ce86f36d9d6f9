package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Advice for ranges of a process: {@code process_madvise} of mm/madvise.c, Linux 6.18, for the calling one. */
final class ProcessMadvise {

    private static final int UIO_MAXIOV = 1024;
    private static final int PIDFD_SELF_THREAD = -10_000;
    private static final int PIDFD_SELF_THREAD_GROUP = -10_001;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ProcessMadvise() {}

    /** {@code process_madvise(2)}. */
    static long processMadvise(Task current, PtRegs regs) {
        int pidfd = (int) regs.argument(1);
        long segments = regs.argument(3);
        if (regs.argument(5) != 0 || Long.compareUnsigned(segments, UIO_MAXIOV) > 0) {
            return ErrorNumbers.EINVAL;
        }
        int word = regs.abi().pointerSize();
        long[] ranges = new long[2 * (int) segments];
        long refusal = fetch(current, regs.argument(2), word, ranges);
        if (refusal != 0) {
            return refusal;
        }
        if (pidfd != PIDFD_SELF_THREAD && pidfd != PIDFD_SELF_THREAD_GROUP) {
            return ErrorNumbers.EBADF;
        }
        return advise(current, ranges, (int) regs.argument(4));
    }

    private static long fetch(Task current, long address, int word, long[] ranges) {
        MemorySegment buffer = current.buffer();
        for (int i = 0; i < ranges.length; i += 2) {
            if (current.uaccess().copyFromUser(buffer, address + (long) word * i, 2L * word) != 0) {
                return ErrorNumbers.EFAULT;
            }
            boolean wide = word == Long.BYTES;
            ranges[i] = wide ? buffer.get(LONG, 0) : Integer.toUnsignedLong(buffer.get(INT, 0));
            ranges[i + 1] = wide ? buffer.get(LONG, Long.BYTES) : buffer.get(INT, Integer.BYTES);
            if (ranges[i + 1] < 0) {
                return ErrorNumbers.EINVAL;
            }
        }
        return checkAddresses(current, ranges);
    }

    private static long checkAddresses(Task current, long[] ranges) {
        for (int i = 0; i < ranges.length; i += 2) {
            if (!current.uaccess().accessOk(ranges[i], ranges[i + 1])) {
                return ErrorNumbers.EFAULT;
            }
        }
        return 0;
    }

    /** {@code vector_madvise}: what was done before the first refusal counts. */
    private static long advise(Task current, long[] ranges, int behavior) {
        long done = 0;
        long result = 0;
        for (int i = 0; i < ranges.length && result == 0; i += 2) {
            result = Madvise.madvise(current, ranges[i], ranges[i + 1], behavior);
            done += result == 0 ? ranges[i + 1] : 0;
        }
        return done != 0 ? done : result;
    }
}
