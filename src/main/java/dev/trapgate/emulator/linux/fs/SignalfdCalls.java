package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Making files that signals are read from: fs/signalfd.c, Linux 6.18. */
public final class SignalfdCalls {

    private static final int SIZE_OF_SIGSET = 8;
    private static final int NEW = -1;

    private SignalfdCalls() {}

    /** {@code signalfd}, the call without flags. */
    public static long signalfd(Task current, PtRegs regs) {
        return signalfd4(current, regs, 0);
    }

    /** {@code signalfd4}, which is the manual's signalfd(2). */
    public static long signalfd4(Task current, PtRegs regs) {
        return signalfd4(current, regs, (int) regs.argument(4));
    }

    private static long signalfd4(Task current, PtRegs regs, int flags) {
        if (regs.argument(3) != SIZE_OF_SIGSET) {
            return ErrorNumbers.EINVAL;
        }
        if (!Arguments.fetch(current, regs.argument(2), SIZE_OF_SIGSET)) {
            return ErrorNumbers.EFAULT;
        }
        long mask = current.buffer().get(Arguments.LONG, 0);
        if ((flags & ~(File.O_CLOEXEC | File.O_NONBLOCK)) != 0) {
            return ErrorNumbers.EINVAL;
        }
        int descriptor = (int) regs.argument(1);
        return descriptor == NEW ? make(current, mask, flags) : change(current, descriptor, mask);
    }

    private static long make(Task current, long mask, int flags) {
        File file = AnonInodes.file(current, "[signalfd]", File.O_RDWR | flags, new Signalfd(mask));
        return FilesStruct.open(current, file, OnExec.of(flags, File.O_CLOEXEC));
    }

    private static long change(Task current, int descriptor, long mask) {
        File file = current.files().get(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            if (!(file.operations() instanceof Signalfd signals)) {
                return ErrorNumbers.EINVAL;
            }
            signals.setMask(mask);
            current.process().signalfdQueue().wakeUp(0);
            return descriptor;
        } finally {
            file.release();
        }
    }
}
