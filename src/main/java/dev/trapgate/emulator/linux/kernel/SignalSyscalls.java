package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Syscall;

/** The calls of {@code kernel/signal.c}. */
public final class SignalSyscalls {

    private SignalSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        definitions.add(Syscall.RESTART_SYSCALL, Sys::restartSyscall);
    }
}
