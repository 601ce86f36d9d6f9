package dev.trapgate.emulator.linux.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code mm/}. */
public final class MmSyscalls {

    private static final String ANONYMOUS = "only anonymous memory; a descriptor answers ENODEV";

    private MmSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        common(definitions);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            x8664(definitions);
        }
    }

    private static void common(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.BRK, MmCalls::brk)
                .add(Syscall.MUNMAP, MmCalls::munmap)
                .add(Syscall.MPROTECT, MmCalls::mprotect);
    }

    private static void x8664(SyscallDefinitions definitions) {
        definitions.partly(Syscall.MMAP, MmCalls::mmap, ANONYMOUS);
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions
                .partly(Syscall.MMAP, MmCalls::oldMmap, ANONYMOUS)
                .partly(Syscall.MMAP2, MmCalls::mmapPgoff, ANONYMOUS);
    }
}
