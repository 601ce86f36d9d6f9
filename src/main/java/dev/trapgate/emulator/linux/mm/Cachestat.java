package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How much of a file is in memory: {@code cachestat} of mm/filemap.c, Linux 6.18. Files in memory are never dirty. */
final class Cachestat {

    private static final int RANGE_SIZE = 16;
    private static final int ANSWER_SIZE = 40;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Cachestat() {}

    /** {@code cachestat(2)}. */
    static long cachestat(Task current, PtRegs regs) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            if (current.uaccess().copyFromUser(current.buffer(), regs.argument(2), RANGE_SIZE) != 0) {
                return ErrorNumbers.EFAULT;
            }
            if (!file.mayWrite() && !Mincore.mayWrite(current.credentials(), file.inode())) {
                return ErrorNumbers.EPERM;
            }
            return (int) regs.argument(4) != 0 ? ErrorNumbers.EINVAL : answer(current, file, regs.argument(3));
        } finally {
            file.release();
        }
    }

    private static long answer(Task current, File file, long to) {
        long offset = current.buffer().get(LONG, 0);
        long length = current.buffer().get(LONG, Long.BYTES);
        long first = offset >>> PageFrames.PAGE_SHIFT;
        long last = length == 0 ? Long.MAX_VALUE : (offset + length - 1) >>> PageFrames.PAGE_SHIFT;
        PageCache cache = file.inode().pages();
        long count = 0;
        if (cache != null) {
            long at = cache.nextPage(first);
            while (at >= 0 && at <= last) {
                count++;
                at = cache.nextPage(at + 1);
            }
        }
        current.buffer().asSlice(0, ANSWER_SIZE).fill((byte) 0);
        current.buffer().set(LONG, 0, count);
        return current.copyBufferToUser(to, ANSWER_SIZE);
    }
}
