package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Descriptors themselves: fs/file.c, and {@code close} of fs/open.c, Linux 6.18. */
public final class DescriptorCalls {

    private static final int CLOSE_RANGE_UNSHARE = 2;
    private static final int CLOSE_RANGE_CLOEXEC = 4;

    private DescriptorCalls() {}

    /** {@code close(2)}: an interrupted flush is never tried again, for the descriptor is gone. */
    public static long close(Task current, PtRegs regs) {
        long result = current.files().close((int) regs.argument(1));
        boolean restarts = result <= ErrorNumbers.ERESTARTSYS && result >= ErrorNumbers.ERESTART_RESTARTBLOCK;
        return restarts ? ErrorNumbers.EINTR : result;
    }

    /** {@code close_range(2)}. */
    public static long closeRange(Task current, PtRegs regs) {
        int first = (int) regs.argument(1);
        int last = (int) regs.argument(2);
        int flags = (int) regs.argument(3);
        if ((flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) != 0 || Integer.compareUnsigned(first, last) > 0) {
            return ErrorNumbers.EINVAL;
        }
        if ((flags & CLOSE_RANGE_UNSHARE) != 0) {
            current.unshareFiles();
        }
        FilesStruct files = current.files();
        int end = last < 0 ? Integer.MAX_VALUE : last;
        if (first < 0) {
            return 0;
        }
        if ((flags & CLOSE_RANGE_CLOEXEC) != 0) {
            files.closeOnExec(first, end);
            return 0;
        }
        int descriptor = files.nextOpen(first);
        while (descriptor >= 0 && descriptor <= end) {
            files.close(descriptor);
            descriptor = files.nextOpen(descriptor + 1);
        }
        return 0;
    }

    /** {@code dup(2)}. */
    public static long dup(Task current, PtRegs regs) {
        File file = current.files().getRaw((int) regs.argument(1));
        return file == null ? ErrorNumbers.EBADF : FilesStruct.open(current, file, OnExec.KEEP);
    }

    /** {@code dup2(2)}: onto itself it only looks whether the descriptor is open. */
    public static long dup2(Task current, PtRegs regs) {
        int from = (int) regs.argument(1);
        int to = (int) regs.argument(2);
        if (from != to) {
            return ksysDup3(current, from, to, 0);
        }
        File file = current.files().getRaw(from);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        file.release();
        return from;
    }

    /** {@code dup3(2)}. */
    public static long dup3(Task current, PtRegs regs) {
        return ksysDup3(current, (int) regs.argument(1), (int) regs.argument(2), (int) regs.argument(3));
    }

    private static long ksysDup3(Task current, int from, int to, int flags) {
        if ((flags & ~File.O_CLOEXEC) != 0 || from == to) {
            return ErrorNumbers.EINVAL;
        }
        if (Long.compareUnsigned(Integer.toUnsignedLong(to), current.descriptorLimit()) >= 0) {
            return ErrorNumbers.EBADF;
        }
        File file = current.files().getRaw(from);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        return current.files().replace(file, to, OnExec.of(flags, File.O_CLOEXEC));
    }
}
