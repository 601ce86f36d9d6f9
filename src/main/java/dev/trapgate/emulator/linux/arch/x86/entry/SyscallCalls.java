package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.fs.FsSyscalls;
import dev.trapgate.emulator.linux.fs.IoSyscalls;
import dev.trapgate.emulator.linux.ipc.IpcSyscalls;
import dev.trapgate.emulator.linux.kernel.KernelSyscalls;
import dev.trapgate.emulator.linux.kernel.SignalSyscalls;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;
import dev.trapgate.emulator.linux.kernel.futex.FutexSyscalls;
import dev.trapgate.emulator.linux.kernel.time.TimeSyscalls;
import dev.trapgate.emulator.linux.mm.MmSyscalls;
import dev.trapgate.emulator.linux.net.NetSyscalls;

/** Which calls the emulated kernel has, gathered from its parts. */
final class SyscallCalls {

    private SyscallCalls() {}

    /** {@return what a program can call by a convention: {@link Abi#X86_64} or {@link Abi#I386}} */
    static SyscallDefinitions of(Abi abi) {
        SyscallDefinitions definitions = new SyscallDefinitions(abi);
        KernelSyscalls.define(definitions);
        SignalSyscalls.define(definitions);
        TimeSyscalls.define(definitions);
        FutexSyscalls.define(definitions);
        MmSyscalls.define(definitions);
        FsSyscalls.define(definitions);
        IoSyscalls.define(definitions);
        NetSyscalls.define(definitions);
        IpcSyscalls.define(definitions);
        return definitions;
    }
}
