package dev.trapgate.emulator.linux.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code mm/}. */
public final class MmSyscalls {

    private static final String OWN_PROCESS = "only of the caller, as PIDFD_SELF; other descriptors answer EBADF";

    private MmSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        mappings(definitions);
        locking(definitions);
        nodes(definitions);
        others(definitions);
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

    private static void nodes(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.SET_MEMPOLICY, Mempolicy::setMempolicy)
                .add(Syscall.GET_MEMPOLICY, Mempolicy::getMempolicy)
                .add(Syscall.MBIND, Mempolicy::mbind)
                .add(Syscall.SET_MEMPOLICY_HOME_NODE, Mempolicy::setHomeNode)
                .add(Syscall.MIGRATE_PAGES, Mempolicy::migratePages)
                .add(Syscall.MOVE_PAGES, Mempolicy::movePages);
    }

    private static void others(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.PKEY_ALLOC, Pkeys::alloc)
                .add(Syscall.PKEY_FREE, Pkeys::free)
                .add(Syscall.PKEY_MPROTECT, Mprotect::pkeyMprotect)
                .add(Syscall.CACHESTAT, Cachestat::cachestat)
                .add(Syscall.PROCESS_VM_READV, ProcessVm::readv)
                .add(Syscall.PROCESS_VM_WRITEV, ProcessVm::writev)
                .partly(Syscall.PROCESS_MADVISE, ProcessMadvise::processMadvise, OWN_PROCESS);
    }
}
