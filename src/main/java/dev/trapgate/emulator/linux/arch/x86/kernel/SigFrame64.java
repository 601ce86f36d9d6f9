package dev.trapgate.emulator.linux.arch.x86.kernel;

import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSI;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.Segments64;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import dev.trapgate.emulator.linux.kernel.SignalCalls;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;

/**
 * The frame of a 64-bit handler: {@code struct rt_sigframe}, that is the return address, {@code struct ucontext},
 * {@code siginfo_t}; above it the floating-point state (arch/x86/kernel/signal.c, Linux 5.17).
 *
 * <p>The processor has no XSAVE: the state is FXSAVE's, and {@code uc_flags} lacks UC_FP_XSTATE.
 */
final class SigFrame64 {

    private static final int UCONTEXT = 8;
    private static final int UC_STACK = UCONTEXT + 16;
    private static final int UC_MCONTEXT = UCONTEXT + 40;
    private static final int UC_SIGMASK = UC_MCONTEXT + SigContext.SIZE_64;
    private static final int SIGINFO = UC_SIGMASK + 8;
    private static final int SIZE = SIGINFO + SigInfo.SIZE;
    private static final int STACK_SIZE = 24;

    private static final int UC_SIGCONTEXT_SS = 2;
    private static final int UC_STRICT_RESTORE_SS = 4;

    private SigFrame64() {}

    /** Writes the frame and makes the program go on in the handler. {@return whether the frame could be written} */
    static boolean setUp(Task task, PtRegs regs, Signals.Taken taken) {
        SignalAction action = taken.action();
        if (!action.has(SignalAction.SA_RESTORER)) {
            return false;
        }
        SignalStack.Place place = SignalStack.wide(task, regs, action, SIZE);
        boolean written =
                FpFrame.save(task, regs, place.fpstate(), FpFrame.Layout.FXSAVE) && write(task, regs, taken, place);
        if (written) {
            enter(regs, taken, place.frame());
        }
        return written;
    }

    private static boolean write(Task task, PtRegs regs, Signals.Taken taken, SignalStack.Place place) {
        UserStructure frame = new UserStructure(SIZE);
        frame.set64(0, taken.action().restorer());
        frame.set64(UCONTEXT, UC_SIGCONTEXT_SS | (isWide(regs) ? UC_STRICT_RESTORE_SS : 0));
        SignalCalls.putStack(frame.at(UC_STACK, STACK_SIZE), task.signals().stack(), Long.BYTES);
        long mask = task.signals().maskToSave();
        SigContext.write64(frame.at(UC_MCONTEXT, SigContext.SIZE_64), task, regs, place.fpstate(), mask);
        frame.set64(UC_SIGMASK, mask);
        boolean told = taken.action().has(SignalAction.SA_SIGINFO);
        if (told) {
            taken.signal().info().write(frame.at(SIGINFO, SigInfo.SIZE), Long.BYTES);
        }
        return frame.to(task.uaccess(), place.frame(), 0, told ? SIZE : SIGINFO);
    }

    private static boolean isWide(PtRegs regs) {
        return regs.cs() == Segments64.USER_CS;
    }

    private static void enter(PtRegs regs, Signals.Taken taken, long frame) {
        regs.setRegister(RDI, taken.signal().number());
        regs.setRegister(RAX, 0);
        regs.setRegister(RSI, frame + SIGINFO);
        regs.setRegister(RDX, frame + UCONTEXT);
        regs.setIp(taken.action().handler());
        regs.setSp(frame);
        regs.setCs(Segments64.USER_CS);
    }

    /** {@code rt_sigreturn}: the return address has been popped. {@return whether the frame could be read} */
    static boolean restore(Task task, PtRegs regs) {
        UserStructure frame = UserStructure.from(task.uaccess(), regs.sp() - Long.BYTES, SIGINFO);
        if (frame == null) {
            return false;
        }
        Signals.setBlocked(task, frame.get64(UC_SIGMASK));
        long fpstate = SigContext.read64(frame.at(UC_MCONTEXT, SigContext.SIZE_64), task, regs);
        if ((frame.get32(UCONTEXT) & UC_STRICT_RESTORE_SS) == 0 && isWide(regs)) {
            new UserSelectors(task, regs).forceValidSs();
        }
        if (!FpFrame.restore(task, fpstate, FpFrame.Layout.FXSAVE)) {
            return false;
        }
        SignalCalls.setStack(task, frame.at(UC_STACK, STACK_SIZE), Long.BYTES, regs.sp());
        return true;
    }
}
