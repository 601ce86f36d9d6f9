package dev.trapgate.emulator.linux.kernel.entry;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.SyscallWork;
import dev.trapgate.emulator.linux.kernel.SyscallWork.Observer;
import dev.trapgate.emulator.linux.kernel.SyscallWork.Tracer;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.seccomp.SecureComputing;
import org.jspecify.annotations.Nullable;

/**
 * What is done around a call for those tasks that have {@link SyscallWork}: {@code syscall_trace_enter} and
 * {@code syscall_exit_work} of kernel/entry/common.c, Linux 5.17.
 */
public final class SyscallTrace {

    private static final int SKIPPED = -1;

    private SyscallTrace() {}

    /**
     * The way in: syscall user dispatch, ptrace, seccomp, the number again, tracepoint, audit.
     *
     * @param task the calling task
     * @param regs its registers
     * @return the number of the call to be made; −1 for none, the result being set
     */
    public static int enter(Task task, PtRegs regs) {
        SyscallWork work = task.work();
        int bits = work.bits();
        if ((bits & SyscallWork.USER_DISPATCH) != 0 && UserDispatch.dispatches(task, regs)) {
            return SKIPPED;
        }
        if ((bits & (SyscallWork.TRACE | SyscallWork.EMULATE)) != 0) {
            Tracer tracer = work.tracer();
            if (tracer != null) {
                tracer.enter(task, regs);
            }
            if (task.end() != null || (bits & SyscallWork.EMULATE) != 0) {
                return SKIPPED;
            }
        }
        if ((bits & SyscallWork.SECCOMP) != 0 && SecureComputing.look(task, regs) == SecureComputing.Verdict.SKIPPED) {
            return SKIPPED;
        }
        // Both of them may have changed it.
        int nr = (int) regs.origAx();
        tell(work.tracepoint(), task, regs, nr);
        tell(work.audit(), task, regs, nr);
        return nr;
    }

    /**
     * The classic kernel's way in: seccomp, then ptrace, then audit ({@code do_syscall_trace} of
     * arch/i386/kernel/ptrace.c, Linux 2.6.18).
     *
     * @param task the calling task
     * @param regs its registers
     * @return the number of the call to be made; −1 for none, the result being set
     */
    public static int enterClassic(Task task, PtRegs regs) {
        SyscallWork work = task.work();
        int bits = work.bits();
        if ((bits & SyscallWork.SECCOMP) != 0 && SecureComputing.look(task, regs) == SecureComputing.Verdict.SKIPPED) {
            return SKIPPED;
        }
        Tracer tracer = work.tracer();
        if (tracer != null) {
            tracer.enter(task, regs);
            if (task.end() != null || (bits & SyscallWork.EMULATE) != 0) {
                return SKIPPED;
            }
        }
        int nr = (int) regs.origAx();
        tell(work.audit(), task, regs, nr);
        return nr;
    }

    private static void tell(@Nullable Observer observer, Task task, PtRegs regs, int nr) {
        if (observer != null) {
            observer.enter(task, regs, nr);
        }
    }

    /** The way back: audit, tracepoint, ptrace; none for a call that went to the program. */
    public static void exit(Task task, PtRegs regs) {
        SyscallWork work = task.work();
        if ((work.bits() & SyscallWork.USER_DISPATCH) != 0 && work.takeDispatched()) {
            return;
        }
        Observer audit = work.audit();
        if (audit != null) {
            audit.exit(task, regs, regs.ax());
        }
        Observer tracepoint = work.tracepoint();
        if (tracepoint != null) {
            tracepoint.exit(task, regs, regs.ax());
        }
        Tracer tracer = work.tracer();
        if (tracer != null && (work.bits() & SyscallWork.TRACE) != 0) {
            tracer.exit(task, regs);
        }
    }
}
