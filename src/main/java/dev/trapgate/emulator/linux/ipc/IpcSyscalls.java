package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code ipc/}. */
public final class IpcSyscalls {

    private IpcSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        }
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions.partly(Syscall.IPC, IpcCall::ipc, "checks its call and version; nothing behind it yet");
    }
}
