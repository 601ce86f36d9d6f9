package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.arch.x86.kernel.SigReturn;

/** The calls of {@code kernel/signal.c}, and those by which handlers return. */
public final class SignalSyscalls {

    private static final String STOPS = "SIGSTOP and its kind stop nothing";

    private SignalSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.RESTART_SYSCALL, Sys::restartSyscall)
                .add(Syscall.RT_SIGACTION, SignalCalls::rtSigaction)
                .add(Syscall.RT_SIGPROCMASK, SignalCalls::rtSigprocmask)
                .add(Syscall.RT_SIGPENDING, SignalCalls::rtSigpending)
                .add(Syscall.RT_SIGSUSPEND, SignalCalls::rtSigsuspend)
                .add(Syscall.RT_SIGTIMEDWAIT, SignalCalls::rtSigtimedwait)
                .add(Syscall.SIGALTSTACK, SignalCalls::sigaltstack)
                .add(Syscall.PAUSE, SignalCalls::pause)
                .partly(Syscall.KILL, SignalCalls::kill, STOPS)
                .partly(Syscall.TKILL, SignalCalls::tkill, STOPS)
                .partly(Syscall.TGKILL, SignalCalls::tgkill, STOPS)
                .partly(Syscall.RT_SIGQUEUEINFO, SignalCalls::rtSigqueueinfo, STOPS)
                .partly(Syscall.RT_TGSIGQUEUEINFO, SignalCalls::rtTgsigqueueinfo, STOPS);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            definitions.add(Syscall.RT_SIGRETURN, SigReturn::rtSigreturn);
        }
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.SIGNAL, OldSignalCalls::signal)
                .add(Syscall.SIGACTION, OldSignalCalls::sigaction)
                .add(Syscall.SIGPROCMASK, OldSignalCalls::sigprocmask)
                .add(Syscall.SIGPENDING, OldSignalCalls::sigpending)
                .add(Syscall.SIGSUSPEND, OldSignalCalls::sigsuspend)
                .add(Syscall.SGETMASK, OldSignalCalls::sgetmask)
                .add(Syscall.SSETMASK, OldSignalCalls::ssetmask)
                .add(Syscall.RT_SIGTIMEDWAIT_TIME64, SignalCalls::rtSigtimedwaitTime64)
                .add(Syscall.SIGRETURN, SigReturn::compatSigreturn)
                .add(Syscall.RT_SIGRETURN, SigReturn::compatRtSigreturn);
    }
}
