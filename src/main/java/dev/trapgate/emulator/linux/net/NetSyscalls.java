package dev.trapgate.emulator.linux.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code net/}. */
public final class NetSyscalls {

    private NetSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        }
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions.partly(Syscall.SOCKETCALL, SocketCall::socketcall, "checks its call and arguments; no sockets yet");
    }
}
