package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * What happens to signals, and to calls that they broke off, on the way back to the program:
 * {@code arch_do_signal_or_restart} of arch/x86/kernel/signal.c, Linux 5.17.
 *
 * <p>A handler is entered with its signal in the first parameter's register; the frame that sigreturn(2) needs is not
 * written yet.
 */
final class SignalDelivery {

    private static final int RESTART_INSTRUCTION = 2;

    private SignalDelivery() {}

    /** Handles signals until none is pending or the task has ended. */
    static void exitWork(Task task, PtRegs regs) {
        while (task.end() == null && task.signalPending()) {
            archDoSignalOrRestart(task, regs);
        }
    }

    private static void archDoSignalOrRestart(Task task, PtRegs regs) {
        Signal signal = task.dequeueSignal();
        if (signal == null) {
            restart(regs);
            return;
        }
        SignalAction action = task.process().action(signal.number());
        if (action.kind() == SignalAction.Kind.HANDLER) {
            handleSignal(task, regs, signal, action);
        } else if (signal.number() == Signal.SIGCHLD) {
            restart(regs);
        } else {
            task.process().groupExit(Task.killedBy(signal));
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
            regs.setAx(regs.origAx());
            regs.setIp(regs.ip() - RESTART_INSTRUCTION);
        } else if (result == ErrorNumbers.ERESTART_RESTARTBLOCK) {
            regs.setAx(Syscall.RESTART_SYSCALL.number(regs.abi() == Abi.I386 ? Abi.I386 : Abi.X86_64));
            regs.setIp(regs.ip() - RESTART_INSTRUCTION);
        }
    }

    /** A handler: a call is made again only if both it and the handler allow. */
    private static void handleSignal(Task task, PtRegs regs, Signal signal, SignalAction action) {
        if (regs.origAx() >= 0) {
            long result = regs.ax();
            boolean restarts = result == ErrorNumbers.ERESTARTNOINTR
                    || (result == ErrorNumbers.ERESTARTSYS && (action.flags() & SignalAction.SA_RESTART) != 0);
            if (restarts) {
                regs.setAx(regs.origAx());
                regs.setIp(regs.ip() - RESTART_INSTRUCTION);
            } else if (result <= ErrorNumbers.ERESTARTSYS && result >= ErrorNumbers.ERESTART_RESTARTBLOCK) {
                regs.setAx(ErrorNumbers.EINTR);
            }
        }
        task.forgetRestart();
        task.enteredHandler(signal, regs.ip());
        regs.setFirstParameter(signal.number());
        regs.setIp(action.handler());
        regs.setFlags(regs.flags() & ~(Flags.DF | Flags.RF | Flags.TF));
        regs.setOrigAx(-1);
    }
}
