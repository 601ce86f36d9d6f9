package dev.trapgate.emulator.linux.arch.x86.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.kernel.AlternateStack;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import dev.trapgate.emulator.linux.kernel.Task;

/** Where a frame goes: {@code get_sigframe} of arch/x86/kernel/signal.c and arch/x86/ia32/ia32_signal.c, Linux 5.17. */
final class SignalStack {

    private static final int RED_ZONE = 128;
    private static final int ALIGNMENT = 16;

    /**
     * A frame's place.
     *
     * @param frame its lowest address
     * @param fpstate where its floating-point state goes
     */
    record Place(long frame, long fpstate) {}

    private SignalStack() {}

    /** {@return the place of an x86-64 frame: below the red zone, with frame % 16 == 8; −1 if the alternate stack is full} */
    static Place wide(Task task, PtRegs regs, SignalAction action, int size) {
        AlternateStack alternate = task.signals().stack();
        boolean nested = alternate.isUsedAt(regs.sp());
        long sp = regs.sp() - RED_ZONE;
        boolean entering = action.has(SignalAction.SA_ONSTACK) && alternate.state(sp) == 0;
        if (entering) {
            sp = alternate.address() + alternate.size();
        }
        long fpstate = FpFrame.place(sp, FpFrame.Layout.FXSAVE);
        long frame = (fpstate - size & -ALIGNMENT) - Long.BYTES;
        // What would not fit there goes to an address that nobody has.
        return new Place((nested || entering) && !alternate.holds(frame) ? -1 : frame, fpstate);
    }

    /** {@return the place of an i386 frame: (frame + 4) % 16 == 0} */
    static Place narrow(Task task, PtRegs regs, SignalAction action, int size) {
        long sp = top(task, regs, action);
        if (regs instanceof PtRegs32) {
            return new Place(aligned(sp - size) & 0xffff_ffffL, 0);
        }
        long fpstate = FpFrame.place(sp, FpFrame.Layout.FSAVE);
        return new Place(aligned(fpstate - size), fpstate);
    }

    private static long top(Task task, PtRegs regs, SignalAction action) {
        AlternateStack alternate = task.signals().stack();
        if (action.has(SignalAction.SA_ONSTACK)) {
            return alternate.state(regs.sp()) == 0 ? alternate.address() + alternate.size() : regs.sp();
        }
        boolean legacy = regs.ss() != UserSelectors.userDs32(regs)
                && !action.has(SignalAction.SA_RESTORER)
                && action.restorer() != 0;
        return legacy ? action.restorer() : regs.sp();
    }

    private static long aligned(long sp) {
        return (sp + Integer.BYTES & -ALIGNMENT) - Integer.BYTES;
    }
}
