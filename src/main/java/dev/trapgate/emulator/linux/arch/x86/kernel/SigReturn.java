package dev.trapgate.emulator.linux.arch.x86.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;

/** The calls by which handlers return: arch/x86/kernel/signal.c and arch/x86/ia32/ia32_signal.c, Linux 5.17. */
public final class SigReturn {

    private SigReturn() {}

    /** {@code rt_sigreturn(2)} of x86-64. */
    public static long rtSigreturn(Task current, PtRegs regs) {
        return answer(current, regs, SigFrame64.restore(current, regs));
    }

    /** {@code rt_sigreturn(2)} of i386. */
    public static long compatRtSigreturn(Task current, PtRegs regs) {
        return answer(current, regs, SigFrame32.restoreRt(current, regs));
    }

    /** {@code sigreturn(2)} of i386. */
    public static long compatSigreturn(Task current, PtRegs regs) {
        return answer(current, regs, SigFrame32.restore(current, regs));
    }

    /** The call's result is the ax that the frame had. */
    private static long answer(Task current, PtRegs regs, boolean restored) {
        if (restored) {
            return regs.ax();
        }
        Signals.forceSegv(current, 0);
        return 0;
    }
}
