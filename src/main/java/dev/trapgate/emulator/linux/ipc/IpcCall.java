package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** {@code ipc(2)}, one number for all System V calls of i386: ipc/syscall.c, Linux 5.17. */
public final class IpcCall {

    private static final int SEMCTL = 3;
    private static final int SHMAT = 21;

    private IpcCall() {}

    /**
     * The call's high half is a version, which only msgrcv and shmat look at. Nothing exists behind any call yet.
     *
     * @return −ENOSYS; for semctl without its fourth argument, and shmat of iBCS2's version, −EINVAL
     */
    public static long ipc(Task current, PtRegs regs) {
        long word = regs.argument(1);
        int call = (int) word & 0xffff;
        int version = (int) (word >>> 16) & 0xffff;
        boolean lacks = call == SEMCTL && regs.argument(5) == 0;
        boolean foreign = call == SHMAT && version == 1;
        return lacks || foreign ? ErrorNumbers.EINVAL : ErrorNumbers.ENOSYS;
    }
}
