package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;

/** The signals that ppoll(2) and pselect(2) block while they wait: {@code set_user_sigmask} of kernel/signal.c. */
final class WaitMask {

    private static final int SIZE_OF_SIGSET = 8;

    private WaitMask() {}

    /**
     * Blocks other signals until {@link #restore}.
     *
     * @param current the calling task
     * @param address the program's {@code sigset_t}; 0 to change nothing
     * @param size its size in bytes
     * @return 0; −EINVAL for another size than 8, −EFAULT
     */
    static long set(Task current, long address, long size) {
        if (address == 0) {
            return 0;
        }
        if (size != SIZE_OF_SIGSET) {
            return ErrorNumbers.EINVAL;
        }
        if (!Arguments.fetch(current, address, SIZE_OF_SIGSET)) {
            return ErrorNumbers.EFAULT;
        }
        Signals.setUserMask(current, current.buffer().get(Arguments.LONG, 0));
        return 0;
    }

    /** Blocks what was blocked before, unless a signal broke the wait off: {@code restore_saved_sigmask_unless}. */
    static void restore(Task current, long result) {
        boolean interrupted = result == ErrorNumbers.ERESTARTNOHAND;
        Signals.restoreUnless(current, interrupted ? Signals.Interrupted.YES : Signals.Interrupted.NO);
    }
}
