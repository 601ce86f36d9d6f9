package dev.trapgate.emulator.linux.net;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** {@code socketcall(2)}, one number for all socket calls of i386: net/socket.c and net/compat.c, Linux 5.17. */
public final class SocketCall {

    private static final int SYS_SOCKET = 1;
    private static final int SYS_SENDMMSG = 20;

    /** How many words of arguments each call has, from call 0 that does not exist. */
    private static final int[] ARGUMENTS = {0, 3, 3, 3, 2, 3, 3, 3, 4, 4, 4, 6, 6, 2, 5, 5, 3, 3, 4, 5, 4};

    private SocketCall() {}

    /** The number is checked before the arguments are read. No socket exists behind it yet. */
    public static long socketcall(Task current, PtRegs regs) {
        long call = regs.argument(1);
        if (call < SYS_SOCKET || call > SYS_SENDMMSG) {
            return ErrorNumbers.EINVAL;
        }
        int size = 4 * ARGUMENTS[(int) call];
        if (current.uaccess().copyFromUser(current.buffer(), regs.argument(2), size) != 0) {
            return ErrorNumbers.EFAULT;
        }
        return ErrorNumbers.ENOSYS;
    }
}
