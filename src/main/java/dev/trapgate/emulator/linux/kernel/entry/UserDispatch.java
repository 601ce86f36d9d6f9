package dev.trapgate.emulator.linux.kernel.entry;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.HandlerReturn;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.SyscallWork;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.seccomp.SecureComputing;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.OptionalLong;

/**
 * Calls that go back to the program as SIGSYS: kernel/entry/syscall_user_dispatch.c, Linux 5.17.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/syscall-user-dispatch.html">Syscall User Dispatch</a>
 */
public final class UserDispatch {

    private static final int PR_SET_SYSCALL_USER_DISPATCH = 59;
    private static final long OFF = 0;
    private static final long ON = 1;
    private static final int FILTER_ALLOW = 0;
    private static final int FILTER_BLOCK = 1;

    /** From the start of {@code __kernel_sigreturn} to behind its INT. */
    private static final int SIGRETURN_LENGTH = 8;
    /** From the start of {@code __kernel_rt_sigreturn} to behind its INT. */
    private static final int RT_SIGRETURN_LENGTH = 7;

    private UserDispatch() {}

    /**
     * Sends a call back to the program, unless its place or its selector lets it pass.
     *
     * @param task the calling task
     * @param regs its registers
     * @return whether the call is not made
     */
    static boolean dispatches(Task task, PtRegs regs) {
        SyscallWork.Dispatch dispatch = task.work().dispatch();
        if (dispatch == null
                || Long.compareUnsigned(regs.ip() - dispatch.offset(), dispatch.length()) < 0
                || isHandlerReturn(task, regs)) {
            return false;
        }
        if (dispatch.selector() != 0) {
            UserStructure selector = UserStructure.from(task.uaccess(), dispatch.selector(), 1);
            if (selector == null) {
                kill(task, Signal.SIGSEGV);
                return true;
            }
            int state = selector.bytes().get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0);
            if (state == FILTER_ALLOW) {
                return false;
            }
            if (state != FILTER_BLOCK) {
                kill(task, Signal.SIGSYS);
                return true;
            }
        }
        task.work().noteDispatched();
        int nr = (int) regs.origAx();
        regs.setAx(regs.origAx());
        task.force(Signal.of(
                SigInfo.syscall(Signal.SYS_USER_DISPATCH, 0, regs.ip(), nr, SecureComputing.architecture(regs))));
        return true;
    }

    private static boolean isHandlerReturn(Task task, PtRegs regs) {
        HandlerReturn returns = task.process().handlerReturn();
        return regs.ip() == returns.sigreturn() + SIGRETURN_LENGTH
                || regs.ip() == returns.rtSigreturn() + RT_SIGRETURN_LENGTH;
    }

    private static void kill(Task task, int signal) {
        Signals.force(task, Signal.of(SigInfo.sentBy(signal, Signal.SI_KERNEL, 0, 0)), Signals.Forced.DEFAULT);
    }

    /**
     * Does what {@code prctl(2)} does for PR_SET_SYSCALL_USER_DISPATCH.
     *
     * @param current the calling task
     * @param option the option
     * @param regs the call's registers
     * @return the call's result; empty if the option is another's
     */
    public static OptionalLong prctl(Task current, int option, PtRegs regs) {
        return option == PR_SET_SYSCALL_USER_DISPATCH ? OptionalLong.of(set(current, regs)) : OptionalLong.empty();
    }

    private static long set(Task current, PtRegs regs) {
        long offset = regs.argument(3);
        long length = regs.argument(4);
        long selector = regs.argument(5);
        if (regs.argument(2) == OFF) {
            if (offset != 0 || length != 0 || selector != 0) {
                return ErrorNumbers.EINVAL;
            }
            current.work().setDispatch(null);
            return 0;
        }
        if (regs.argument(2) != ON || (offset != 0 && Long.compareUnsigned(offset + length, offset) <= 0)) {
            return ErrorNumbers.EINVAL;
        }
        if (selector != 0 && !current.uaccess().accessOk(selector, 1)) {
            return ErrorNumbers.EFAULT;
        }
        current.work().setDispatch(new SyscallWork.Dispatch(offset, length, selector));
        return 0;
    }
}
