package dev.trapgate.emulator.linux.arch.x86.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * What happens to signals, and to calls that they broke off, on the way back to the program:
 * {@code arch_do_signal_or_restart} of arch/x86/kernel/signal.c, Linux 5.17.
 */
public final class SignalDelivery {

    private static final int RESTART_INSTRUCTION = 2;

    private SignalDelivery() {}

    /** Handles signals until none is pending or the task has ended: {@code exit_to_user_mode_loop}. */
    public static void exitWork(Task task, PtRegs regs) {
        while (task.end() == null && task.signalPending()) {
            archDoSignalOrRestart(task, regs);
        }
    }

    private static void archDoSignalOrRestart(Task task, PtRegs regs) {
        Signals.Taken taken = Signals.getSignal(task);
        if (taken != null) {
            handleSignal(task, regs, taken);
        } else if (task.end() == null) {
            restart(regs);
            Signals.restoreSavedMask(task);
        }
    }

    /** No handler: every broken-off call is made again. */
    private static void restart(PtRegs regs) {
        if (regs.origAx() < 0) {
            return;
        }
        long result = regs.ax();
        if (result == ErrorNumbers.ERESTARTNOHAND
                || result == ErrorNumbers.ERESTARTSYS
                || result == ErrorNumbers.ERESTARTNOINTR) {
            restart(regs, regs.origAx());
        } else if (result == ErrorNumbers.ERESTART_RESTARTBLOCK) {
            restart(regs, Syscall.RESTART_SYSCALL.number(regs.abi() == Abi.I386 ? Abi.I386 : Abi.X86_64));
        }
    }

    private static void restart(PtRegs regs, long number) {
        regs.setAx(number);
        regs.setIp(regs.ip() - RESTART_INSTRUCTION);
    }

    /** A handler: a call is made again only if both it and the handler allow. */
    private static void handleSignal(Task task, PtRegs regs, Signals.Taken taken) {
        if (regs.origAx() >= 0) {
            long result = regs.ax();
            boolean restarts = result == ErrorNumbers.ERESTARTNOINTR
                    || (result == ErrorNumbers.ERESTARTSYS && taken.action().has(SignalAction.SA_RESTART));
            if (restarts) {
                restart(regs, regs.origAx());
            } else if (result == ErrorNumbers.ERESTARTSYS
                    || result == ErrorNumbers.ERESTARTNOHAND
                    || result == ErrorNumbers.ERESTART_RESTARTBLOCK) {
                regs.setAx(ErrorNumbers.EINTR);
            }
        }
        tell(task, taken);
        if (!setUpFrame(task, regs, taken)) {
            Signals.forceSegv(task, taken.signal().number());
            return;
        }
        regs.setFlags(regs.flags() & ~(Flags.DF | Flags.RF | Flags.TF));
        task.floatingPoint().reset();
        Signals.delivered(task, taken);
    }

    /** {@code setup_rt_frame}: an action that a call of i386 set has a frame of i386. */
    private static boolean setUpFrame(Task task, PtRegs regs, Signals.Taken taken) {
        boolean narrow = regs instanceof PtRegs32 || taken.action().has(SignalAction.SA_IA32_ABI);
        return narrow ? SigFrame32.setUp(task, regs, taken) : SigFrame64.setUp(task, regs, taken);
    }

    private static void tell(Task task, Signals.Taken taken) {
        CpuListener listener = task.cpu().listener();
        if (listener != null) {
            listener.kernel(
                    "handle_signal",
                    taken.signal().name() + " to 0x"
                            + Long.toHexString(taken.action().handler()));
        }
    }
}
