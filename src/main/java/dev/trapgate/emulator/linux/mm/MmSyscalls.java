package dev.trapgate.emulator.linux.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code mm/}. */
public final class MmSyscalls {

    private MmSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        mappings(definitions);
        locking(definitions);
        if (definitions.abi() == Abi.I386) {
            definitions.add(Syscall.MMAP, MmCalls::oldMmap).add(Syscall.MMAP2, MmCalls::mmapPgoff);
        } else {
            definitions.add(Syscall.MMAP, MmCalls::mmap);
        }
    }

    private static void mappings(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.BRK, Brk::brk)
                .add(Syscall.MUNMAP, MmCalls::munmap)
                .add(Syscall.MPROTECT, Mprotect::mprotect)
                .add(Syscall.MREMAP, Mremap::mremap)
                .add(Syscall.MADVISE, Madvise::madvise)
                .add(Syscall.MINCORE, Mincore::mincore)
                .add(Syscall.MSYNC, Msync::msync)
                .add(Syscall.MSEAL, MmCalls::mseal)
                .add(Syscall.REMAP_FILE_PAGES, MmCalls::remapFilePages);
    }

    private static void locking(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.MLOCK, Mlock::mlock)
                .add(Syscall.MLOCK2, Mlock::mlock2)
                .add(Syscall.MUNLOCK, Mlock::munlock)
                .add(Syscall.MLOCKALL, Mlock::mlockall)
                .add(Syscall.MUNLOCKALL, Mlock::munlockall);
    }
}
