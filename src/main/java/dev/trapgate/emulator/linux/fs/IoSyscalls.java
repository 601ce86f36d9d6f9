package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;
import dev.trapgate.emulator.linux.mm.MemfdCalls;

/** The calls of {@code fs/} that work on open files. */
public final class IoSyscalls {

    private static final String UNPROVEN = "not yet compared with the real kernel";

    private IoSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        readWrite(definitions);
        descriptors(definitions);
        storage(definitions);
        definitions.partly(Syscall.FCNTL, FcntlCalls::fcntl, UNPROVEN);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            definitions.partly(Syscall.SELECT, SelectCalls::select, UNPROVEN);
        }
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
                .partly(Syscall.LSEEK, ReadWriteCalls::lseek, UNPROVEN)
                .partly(Syscall.SENDFILE, CopyCalls::sendfile, UNPROVEN)
                .partly(Syscall.COPY_FILE_RANGE, CopyCalls::copyFileRange, UNPROVEN);
    }

    private static void descriptors(SyscallDefinitions definitions) {
        definitions
                .partly(Syscall.CLOSE, DescriptorCalls::close, UNPROVEN)
                .partly(Syscall.CLOSE_RANGE, DescriptorCalls::closeRange, UNPROVEN)
                .partly(Syscall.DUP, DescriptorCalls::dup, UNPROVEN)
                .partly(Syscall.DUP2, DescriptorCalls::dup2, UNPROVEN)
                .partly(Syscall.DUP3, DescriptorCalls::dup3, UNPROVEN)
                .partly(Syscall.FLOCK, LockCalls::flock, UNPROVEN)
                .partly(Syscall.IOCTL, IoctlCalls::ioctl, UNPROVEN)
                .partly(Syscall.PIPE, PipeCalls::pipe, UNPROVEN)
                .partly(Syscall.PIPE2, PipeCalls::pipe2, UNPROVEN)
                .partly(Syscall.SPLICE, SpliceCalls::splice, UNPROVEN)
                .partly(Syscall.TEE, SpliceCalls::tee, UNPROVEN)
                .partly(Syscall.VMSPLICE, SpliceCalls::vmsplice, UNPROVEN)
                .partly(Syscall.MEMFD_CREATE, MemfdCalls::memfdCreate, UNPROVEN);
    }

    private static void storage(SyscallDefinitions definitions) {
        definitions
                .partly(Syscall.FTRUNCATE, SpaceCalls::ftruncate, UNPROVEN)
                .partly(Syscall.FALLOCATE, SpaceCalls::fallocate, UNPROVEN)
                .partly(Syscall.FADVISE64, SpaceCalls::fadvise64, UNPROVEN)
                .partly(Syscall.READAHEAD, SpaceCalls::readahead, UNPROVEN)
                .partly(Syscall.FSYNC, SyncCalls::fsync, UNPROVEN)
                .partly(Syscall.FDATASYNC, SyncCalls::fsync, UNPROVEN)
                .partly(Syscall.SYNC, SyncCalls::sync, UNPROVEN)
                .partly(Syscall.SYNCFS, SyncCalls::syncfs, UNPROVEN)
                .partly(Syscall.SYNC_FILE_RANGE, SyncCalls::syncFileRange, UNPROVEN)
                .partly(Syscall.POLL, PollCalls::poll, UNPROVEN)
                .partly(Syscall.PPOLL, PollCalls::ppoll, UNPROVEN)
                .partly(Syscall.PSELECT6, SelectCalls::pselect6, UNPROVEN);
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions
                .partly(Syscall._LLSEEK, ReadWriteCalls::llseek, UNPROVEN)
                .partly(Syscall.SENDFILE64, CopyCalls::sendfile64, UNPROVEN)
                .partly(Syscall.FCNTL64, FcntlCalls::fcntl64, UNPROVEN)
                .partly(Syscall.FTRUNCATE64, SpaceCalls::ftruncate64, UNPROVEN)
                .partly(Syscall.FADVISE64_64, SpaceCalls::fadvise6464, UNPROVEN)
                .partly(Syscall.SELECT, SelectCalls::oldSelect, UNPROVEN)
                .partly(Syscall._NEWSELECT, SelectCalls::select, UNPROVEN)
                .partly(Syscall.PPOLL_TIME64, PollCalls::ppollTime64, UNPROVEN)
                .partly(Syscall.PSELECT6_TIME64, SelectCalls::pselect6Time64, UNPROVEN);
    }
}
