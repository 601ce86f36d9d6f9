package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Making counters that can be waited for: fs/eventfd.c, Linux 6.18. */
public final class EventfdCalls {

    private static final int EFD_SEMAPHORE = 1;
    private static final int EFD_FLAGS_SET = File.O_CLOEXEC | File.O_NONBLOCK | EFD_SEMAPHORE;

    private EventfdCalls() {}

    /** {@code eventfd}, the call without flags. */
    public static long eventfd(Task current, PtRegs regs) {
        return doEventfd(current, regs.argument(1), 0);
    }

    /** {@code eventfd2}, which is the manual's eventfd(2). */
    public static long eventfd2(Task current, PtRegs regs) {
        return doEventfd(current, regs.argument(1), (int) regs.argument(2));
    }

    private static long doEventfd(Task current, long count, int flags) {
        if ((flags & ~EFD_FLAGS_SET) != 0) {
            return ErrorNumbers.EINVAL;
        }
        Eventfd.Reads reads = (flags & EFD_SEMAPHORE) != 0 ? Eventfd.Reads.ONE : Eventfd.Reads.ALL;
        Eventfd counter = new Eventfd(count & 0xffff_ffffL, reads);
        File file = AnonInodes.file(current, "[eventfd]", (flags & File.O_NONBLOCK) | File.O_RDWR, counter);
        return FilesStruct.open(current, file, OnExec.of(flags, File.O_CLOEXEC));
    }
}
