package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code fs/} that name files. */
public final class FsSyscalls {

    private static final String DEVICES = "only /dev/null and /dev/zero, by absolute name; flags are ignored";

    private FsSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        definitions
                .partly(Syscall.OPEN, DeviceNames::open, DEVICES)
                .partly(Syscall.OPENAT, DeviceNames::openat, DEVICES);
    }
}
