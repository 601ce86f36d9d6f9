package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;
import dev.trapgate.emulator.linux.mm.MemfdCalls;

/** The calls of {@code fs/} that work on open files. */
public final class IoSyscalls {

    private static final String FCNTL = "leases are always refused, directories not watched, SIGIO not sent";
    private static final String MEMFD = "no huge pages";

    private IoSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        readWrite(definitions);
        descriptors(definitions);
        storage(definitions);
        EventSyscalls.define(definitions);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            definitions.add(Syscall.SELECT, SelectCalls::select).partly(Syscall.FCNTL, FcntlCalls::fcntl, FCNTL);
        }
    }

    private static void readWrite(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.READ, ReadWriteCalls::read)
                .add(Syscall.WRITE, ReadWriteCalls::write)
                .add(Syscall.READV, ReadWriteCalls::readv)
                .add(Syscall.WRITEV, ReadWriteCalls::writev)
                .add(Syscall.PREAD64, ReadWriteCalls::pread64)
                .add(Syscall.PWRITE64, ReadWriteCalls::pwrite64)
                .add(Syscall.PREADV, ReadWriteCalls::preadv)
                .add(Syscall.PWRITEV, ReadWriteCalls::pwritev)
                .add(Syscall.PREADV2, ReadWriteCalls::preadv2)
                .add(Syscall.PWRITEV2, ReadWriteCalls::pwritev2)
                .add(Syscall.LSEEK, ReadWriteCalls::lseek)
                .add(Syscall.SENDFILE, CopyCalls::sendfile)
                .add(Syscall.COPY_FILE_RANGE, CopyCalls::copyFileRange);
    }

    private static void descriptors(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.CLOSE, DescriptorCalls::close)
                .add(Syscall.CLOSE_RANGE, DescriptorCalls::closeRange)
                .add(Syscall.DUP, DescriptorCalls::dup)
                .add(Syscall.DUP2, DescriptorCalls::dup2)
                .add(Syscall.DUP3, DescriptorCalls::dup3)
                .add(Syscall.FLOCK, LockCalls::flock)
                .add(Syscall.IOCTL, IoctlCalls::ioctl)
                .add(Syscall.PIPE, PipeCalls::pipe)
                .add(Syscall.PIPE2, PipeCalls::pipe2)
                .add(Syscall.SPLICE, SpliceCalls::splice)
                .add(Syscall.TEE, SpliceCalls::tee)
                .add(Syscall.VMSPLICE, SpliceCalls::vmsplice)
                .partly(Syscall.MEMFD_CREATE, MemfdCalls::memfdCreate, MEMFD);
    }

    private static void storage(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.FTRUNCATE, SpaceCalls::ftruncate)
                .add(Syscall.FALLOCATE, SpaceCalls::fallocate)
                .add(Syscall.FADVISE64, SpaceCalls::fadvise64)
                .add(Syscall.READAHEAD, SpaceCalls::readahead)
                .add(Syscall.FSYNC, SyncCalls::fsync)
                .add(Syscall.FDATASYNC, SyncCalls::fsync)
                .add(Syscall.SYNC, SyncCalls::sync)
                .add(Syscall.SYNCFS, SyncCalls::syncfs)
                .add(Syscall.SYNC_FILE_RANGE, SyncCalls::syncFileRange)
                .add(Syscall.POLL, PollCalls::poll)
                .add(Syscall.PPOLL, PollCalls::ppoll)
                .add(Syscall.PSELECT6, SelectCalls::pselect6);
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions
                .add(Syscall._LLSEEK, ReadWriteCalls::llseek)
                .add(Syscall.SENDFILE64, CopyCalls::sendfile64)
                .partly(Syscall.FCNTL, FcntlCalls::fcntl64, FCNTL)
                .partly(Syscall.FCNTL64, FcntlCalls::fcntl64, FCNTL)
                .add(Syscall.FTRUNCATE64, SpaceCalls::ftruncate64)
                .add(Syscall.FADVISE64_64, SpaceCalls::fadvise6464)
                .add(Syscall.SELECT, SelectCalls::oldSelect)
                .add(Syscall._NEWSELECT, SelectCalls::select)
                .add(Syscall.PPOLL_TIME64, PollCalls::ppollTime64)
                .add(Syscall.PSELECT6_TIME64, SelectCalls::pselect6Time64);
    }
}
