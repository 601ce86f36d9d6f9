package dev.trapgate.emulator.linux.arch.x86.kernel;

import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RCX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDX;

import dev.trapgate.emulator.linux.arch.x86.FloatingPoint;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.kernel.HandlerReturn;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import dev.trapgate.emulator.linux.kernel.SignalCalls;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;

/**
 * The frames of 32-bit handlers: {@code struct sigframe}, and with SA_SIGINFO {@code struct rt_sigframe}
 * (arch/x86/ia32/ia32_signal.c, Linux 5.17; arch/i386/kernel/signal.c, Linux 2.6.18).
 *
 * <p>A 64-bit kernel puts the floating-point state above the frame; the classic one has a place for it in the frame, and
 * none if the program has not used it.
 */
final class SigFrame32 {

    private static final int FPSTATE_SIZE = FpFrame.FREGS_SIZE + FloatingPoint.FXSAVE_SIZE;
    private static final int RETCODE_SIZE = 8;

    private static final int SIGNAL = 4;
    private static final int SC = 8;
    private static final int FPSTATE = SC + SigContext.SIZE_32;
    private static final int EXTRAMASK = FPSTATE + FPSTATE_SIZE;
    private static final int RETCODE = EXTRAMASK + 4;
    private static final int SIZE = RETCODE + RETCODE_SIZE;
    /** popl %eax; movl $119,%eax; int $0x80. */
    private static final long CODE = 0x80cd_0000_0077_b858L;

    private static final int PINFO = 8;
    private static final int PUC = 12;
    private static final int RT_SIGINFO = 16;
    private static final int RT_UCONTEXT = RT_SIGINFO + SigInfo.SIZE;
    private static final int RT_STACK = RT_UCONTEXT + 8;
    private static final int RT_MCONTEXT = RT_STACK + 12;
    private static final int RT_SIGMASK = RT_MCONTEXT + SigContext.SIZE_32;
    private static final int RT_END = RT_SIGMASK + 8;
    /** movl $173,%eax; int $0x80. */
    private static final long RT_CODE = 0x0080_cd00_0000_adb8L;

    private static final int STACK_SIZE = 12;

    private SigFrame32() {}

    /** Writes the frame and makes the program go on in the handler. {@return whether the frame could be written} */
    static boolean setUp(Task task, PtRegs regs, Signals.Taken taken) {
        return taken.action().has(SignalAction.SA_SIGINFO) ? setUpRt(task, regs, taken) : setUpOld(task, regs, taken);
    }

    private static boolean setUpOld(Task task, PtRegs regs, Signals.Taken taken) {
        SignalStack.Place place = place(task, regs, taken, SIZE, FPSTATE);
        if (!saveFloatingPoint(task, regs, place)) {
            return false;
        }
        long at = place.frame();
        long mask = task.signals().maskToSave();
        UserStructure frame = new UserStructure(SIZE);
        frame.set32(0, returnAddress(task, taken, HandlerReturn.Kind.OLD, at + RETCODE));
        frame.set32(SIGNAL, taken.signal().number());
        SigContext.write32(frame.at(SC, SigContext.SIZE_32), task, regs, place.fpstate(), mask);
        frame.set32(EXTRAMASK, mask >>> 32);
        frame.set64(RETCODE, CODE);
        boolean written = frame.to(task.uaccess(), at, 0, FPSTATE) && frame.to(task.uaccess(), at, EXTRAMASK, SIZE);
        if (written) {
            enter(task, regs, taken, at);
            regs.setRegister(RDX, 0);
            regs.setRegister(RCX, 0);
        }
        return written;
    }

    private static boolean setUpRt(Task task, PtRegs regs, Signals.Taken taken) {
        int retcode = regs instanceof PtRegs32 ? RT_END + FPSTATE_SIZE : RT_END;
        int size = retcode + RETCODE_SIZE;
        SignalStack.Place place = place(task, regs, taken, size, RT_END);
        if (!saveFloatingPoint(task, regs, place)) {
            return false;
        }
        long at = place.frame();
        long mask = task.signals().maskToSave();
        UserStructure frame = new UserStructure(size);
        frame.set32(0, returnAddress(task, taken, HandlerReturn.Kind.REAL_TIME, at + retcode));
        frame.set32(SIGNAL, taken.signal().number());
        frame.set32(PINFO, at + RT_SIGINFO);
        frame.set32(PUC, at + RT_UCONTEXT);
        taken.signal().info().write(frame.at(RT_SIGINFO, SigInfo.SIZE), Integer.BYTES);
        SignalCalls.putStack(frame.at(RT_STACK, STACK_SIZE), task.signals().stack(), Integer.BYTES);
        SigContext.write32(frame.at(RT_MCONTEXT, SigContext.SIZE_32), task, regs, place.fpstate(), mask);
        frame.set64(RT_SIGMASK, mask);
        frame.set64(retcode, RT_CODE);
        boolean written = frame.to(task.uaccess(), at, 0, RT_END) && frame.to(task.uaccess(), at, retcode, size);
        if (written) {
            enter(task, regs, taken, at);
            regs.setRegister(RDX, at + RT_SIGINFO);
            regs.setRegister(RCX, at + RT_UCONTEXT);
        }
        return written;
    }

    private static SignalStack.Place place(Task task, PtRegs regs, Signals.Taken taken, int size, int inside) {
        SignalStack.Place place = SignalStack.narrow(task, regs, taken.action(), size);
        boolean classic = regs instanceof PtRegs32;
        return classic && task.floatingPoint().isUsed()
                ? new SignalStack.Place(place.frame(), place.frame() + inside)
                : place;
    }

    private static boolean saveFloatingPoint(Task task, PtRegs regs, SignalStack.Place place) {
        return place.fpstate() == 0 || FpFrame.save(task, regs, place.fpstate(), FpFrame.Layout.FSAVE);
    }

    private static long returnAddress(Task task, Signals.Taken taken, HandlerReturn.Kind kind, long code) {
        if (taken.action().has(SignalAction.SA_RESTORER)) {
            return taken.action().restorer();
        }
        long inVdso = task.process().handlerReturn().address(kind);
        return inVdso == 0 ? code : inVdso;
    }

    private static void enter(Task task, PtRegs regs, Signals.Taken taken, long frame) {
        regs.setSp(frame);
        regs.setIp(taken.action().handler() & 0xffff_ffffL);
        regs.setRegister(RAX, taken.signal().number());
        UserSelectors selectors = new UserSelectors(task, regs);
        selectors.loadDs(UserSelectors.userDs32(regs));
        selectors.loadEs(UserSelectors.userDs32(regs));
        regs.setCs(UserSelectors.userCs32(regs));
        regs.setSs(UserSelectors.userDs32(regs));
    }

    /** {@code sigreturn}: the return address and the signal have been popped. {@return whether the frame could be read} */
    static boolean restore(Task task, PtRegs regs) {
        UserStructure frame = UserStructure.from(task.uaccess(), regs.sp() - SC & 0xffff_ffffL, SIZE);
        if (frame == null) {
            return false;
        }
        long low = frame.getUnsigned32(SC + SigContext.OLDMASK_32);
        Signals.setBlocked(task, low | frame.getUnsigned32(EXTRAMASK) << 32);
        return restore(task, regs, frame.at(SC, SigContext.SIZE_32));
    }

    /** {@code rt_sigreturn}: the return address has been popped. {@return whether the frame could be read} */
    static boolean restoreRt(Task task, PtRegs regs) {
        UserStructure frame = UserStructure.from(task.uaccess(), regs.sp() - SIGNAL & 0xffff_ffffL, RT_END);
        if (frame == null) {
            return false;
        }
        Signals.setBlocked(task, frame.get64(RT_SIGMASK));
        if (!restore(task, regs, frame.at(RT_MCONTEXT, SigContext.SIZE_32))) {
            return false;
        }
        SignalCalls.setStack(task, frame.at(RT_STACK, STACK_SIZE), Integer.BYTES, regs.sp());
        return true;
    }

    private static boolean restore(Task task, PtRegs regs, UserStructure context) {
        long fpstate = SigContext.read32(context, task, regs);
        return FpFrame.restore(task, fpstate, FpFrame.Layout.FSAVE);
    }
}
