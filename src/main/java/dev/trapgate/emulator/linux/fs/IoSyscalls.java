package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code fs/} that work on open files. */
public final class IoSyscalls {

    private static final String DEVICES = "the console and the devices that open(2) knows";

    private IoSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        definitions
                .partly(Syscall.READ, FileCalls::read, DEVICES)
                .partly(Syscall.WRITE, FileCalls::write, DEVICES)
                .add(Syscall.CLOSE, FileCalls::close);
    }
}
