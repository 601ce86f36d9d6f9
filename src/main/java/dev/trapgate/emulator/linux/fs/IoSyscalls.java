package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code fs/} that work on open files. */
public final class IoSyscalls {

    private static final String UNPROVEN = "not yet compared with the real kernel";

    private IoSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        readWrite(definitions);
        descriptors(definitions);
    }

    private static void readWrite(SyscallDefinitions definitions) {
        definitions
                .partly(Syscall.READ, ReadWriteCalls::read, UNPROVEN)
                .partly(Syscall.WRITE, ReadWriteCalls::write, UNPROVEN)
                .partly(Syscall.READV, ReadWriteCalls::readv, UNPROVEN)
                .partly(Syscall.WRITEV, ReadWriteCalls::writev, UNPROVEN)
                .partly(Syscall.PREAD64, ReadWriteCalls::pread64, UNPROVEN)
                .partly(Syscall.PWRITE64, ReadWriteCalls::pwrite64, UNPROVEN)
                .partly(Syscall.PREADV, ReadWriteCalls::preadv, UNPROVEN)
                .partly(Syscall.PWRITEV, ReadWriteCalls::pwritev, UNPROVEN)
                .partly(Syscall.PREADV2, ReadWriteCalls::preadv2, UNPROVEN)
                .partly(Syscall.PWRITEV2, ReadWriteCalls::pwritev2, UNPROVEN)
                .partly(Syscall.LSEEK, ReadWriteCalls::lseek, UNPROVEN);
        if (definitions.abi() == Abi.I386) {
            definitions.partly(Syscall._LLSEEK, ReadWriteCalls::llseek, UNPROVEN);
        }
    }

    private static void descriptors(SyscallDefinitions definitions) {
        definitions
                .partly(Syscall.CLOSE, DescriptorCalls::close, UNPROVEN)
                .partly(Syscall.CLOSE_RANGE, DescriptorCalls::closeRange, UNPROVEN)
                .partly(Syscall.DUP, DescriptorCalls::dup, UNPROVEN)
                .partly(Syscall.DUP2, DescriptorCalls::dup2, UNPROVEN)
                .partly(Syscall.DUP3, DescriptorCalls::dup3, UNPROVEN);
    }
}
