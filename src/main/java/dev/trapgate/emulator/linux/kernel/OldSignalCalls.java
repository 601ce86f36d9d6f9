package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.mm.Uaccess;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** The calls about signals that i386 alone has, with sets of 32 signals: kernel/signal.c, Linux 5.17. */
public final class OldSignalCalls {

    private static final long LOW_32 = 0xffff_ffffL;
    private static final int OLD_ACTION_SIZE = 16;
    private static final int OLD_SET_SIZE = 4;

    private OldSignalCalls() {}

    /** {@code signal(2)} as System V has it: the handler runs once, and nothing is blocked. */
    public static long signal(Task current, PtRegs regs) {
        SignalAction next =
                new SignalAction(regs.argument(2), SignalAction.SA_RESETHAND | SignalAction.SA_NODEFER, 0, 0);
        long[] handler = new long[1];
        long error = SignalCalls.doSigaction(current, regs, next, old -> handler[0] = old.handler());
        return error != 0 ? error : (int) handler[0];
    }

    /** {@code sigaction(2)} with {@code struct old_sigaction}. */
    public static long sigaction(Task current, PtRegs regs) {
        SignalAction next = null;
        if (regs.argument(2) != 0) {
            UserStructure given = UserStructure.from(current.uaccess(), regs.argument(2), OLD_ACTION_SIZE);
            if (given == null) {
                return ErrorNumbers.EFAULT;
            }
            next = new SignalAction(
                    given.getUnsigned32(0), given.getUnsigned32(8), given.getUnsigned32(12), given.getUnsigned32(4));
        }
        SignalAction[] before = new SignalAction[1];
        long error = SignalCalls.doSigaction(current, regs, next, old -> before[0] = old);
        return error != 0 || regs.argument(3) == 0 ? error : putAction(current, regs.argument(3), before[0]);
    }

    /** Field by field, in the order of compat_sys_sigaction: the first that cannot be written is the last. */
    private static long putAction(Task current, long to, SignalAction action) {
        Uaccess user = current.uaccess();
        boolean written = user.putUser32(to, action.handler())
                && user.putUser32(to + 12, action.restorer())
                && user.putUser32(to + 8, action.flags())
                && user.putUser32(to + 4, action.mask());
        return written ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code sigprocmask(2)}. */
    public static long sigprocmask(Task current, PtRegs regs) {
        long before = current.signals().blocked();
        if (regs.argument(2) != 0) {
            UserStructure given = UserStructure.from(current.uaccess(), regs.argument(2), OLD_SET_SIZE);
            if (given == null) {
                return ErrorNumbers.EFAULT;
            }
            long error = SignalCalls.sigprocmask(current, (int) regs.argument(1), given.getUnsigned32(0), LOW_32);
            if (error != 0) {
                return error;
            }
        }
        return regs.argument(3) == 0 ? 0 : putOldSet(current, regs.argument(3), before);
    }

    /** {@code sigpending(2)}. */
    public static long sigpending(Task current, PtRegs regs) {
        long waiting = Signals.pending(current) & current.signals().blocked();
        return putOldSet(current, regs.argument(1), waiting);
    }

    private static long putOldSet(Task current, long to, long set) {
        return current.uaccess().putUser32(to, set) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code sigsuspend(2)}: the third argument is the mask. */
    public static long sigsuspend(Task current, PtRegs regs) {
        return SignalCalls.sigsuspend(current, regs.argument(3));
    }

    /** {@code sgetmask(2)}. */
    public static long sgetmask(Task current, PtRegs regs) {
        return (int) current.signals().blocked();
    }

    /** {@code ssetmask(2)}: of an int, so that signal 32 brings all above it. {@return the mask before} */
    public static long ssetmask(Task current, PtRegs regs) {
        long before = (int) current.signals().blocked();
        int mask = (int) regs.argument(1);
        Signals.setBlocked(current, mask);
        return before;
    }
}
