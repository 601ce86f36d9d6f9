package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;

/**
 * Open files: their length and blocks, copying between them, locks, and files in memory.
 *
 * @param kernel whose calls
 */
public record FileCalls(Kernel kernel) {

    private static final Call FTRUNCATE = Call.of(Syscall.FTRUNCATE, Syscall.FTRUNCATE64);
    private static final Call FALLOCATE = Call.of(Syscall.FALLOCATE);
    private static final Call FADVISE64 = Call.of(Syscall.FADVISE64, Syscall.FADVISE64_64);
    private static final Call COPY_FILE_RANGE = Call.of(Syscall.COPY_FILE_RANGE);
    private static final Call SENDFILE = Call.of(Syscall.SENDFILE, Syscall.SENDFILE64);
    private static final Call FLOCK = Call.of(Syscall.FLOCK);
    private static final Call FCNTL = Call.of(Syscall.FCNTL, Syscall.FCNTL64);
    private static final Call MEMFD_CREATE = Call.of(Syscall.MEMFD_CREATE);

    private static final int F_OFD_SETLK = 37;
    private static final int F_OFD_SETLKW = 38;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;
    private static final int F_UNLCK = 2;

    /** What a lock keeps out. */
    public enum LockType {
        /** Those who write: {@code F_RDLCK}. The file must be open for reading. */
        SHARED(0),
        /** Everyone else: {@code F_WRLCK}. The file must be open for writing. */
        EXCLUSIVE(1);

        private final int number;

        LockType(int number) {
            this.number = number;
        }
    }

    /** Where the fields of a lock with 64-bit offsets are. */
    private record LockLayout(long size, long type, long start, long length) {

        static final LockLayout X86_64 = of(Fields.of("flock", Abi.X86_64));
        static final LockLayout I386 = of(Fields.of("flock64", Abi.I386));

        private static LockLayout of(Fields fields) {
            return new LockLayout(
                    fields.size(), fields.offset("l_type"), fields.offset("l_start"), fields.offset("l_len"));
        }
    }

    /**
     * Changes a file's length, as {@code ftruncate(2)}; what is added reads as zeros.
     *
     * @param file open for writing
     * @param length 0 or more
     * @throws SyscallException EINVAL for a negative length, or a file that has none; EPERM if it is sealed; EFBIG
     */
    public void ftruncate(FileDescriptor file, long length) {
        kernel.callOn(FTRUNCATE, file, kernel.low(length), kernel.high(length), 0);
    }

    /**
     * Allocates, frees or moves a file's blocks, as {@code fallocate(2)}.
     *
     * @param file open for writing
     * @param mode what to do
     * @param offset where, 0 or more
     * @param length how many bytes, 1 or more
     * @throws SyscallException EOPNOTSUPP if the file system cannot; ENOSPC; EINVAL; EFBIG
     * @see <a href="https://man7.org/linux/man-pages/man2/fallocate.2.html">fallocate(2)</a>
     */
    public void fallocate(FileDescriptor file, FallocateMode mode, long offset, long length) {
        int bits = mode.bits();
        int number = file.hold(kernel);
        try {
            if (kernel.abi() == Abi.I386) {
                kernel.call(
                        FALLOCATE,
                        number,
                        bits,
                        kernel.low(offset),
                        kernel.high(offset),
                        kernel.low(length),
                        kernel.high(length));
            } else {
                kernel.call(FALLOCATE, number, bits, offset, length);
            }
        } finally {
            file.letGo();
        }
    }

    /**
     * Tells how a file's data will be used, as {@code posix_fadvise(2)}.
     *
     * @param file the file
     * @param offset where, 0 or more
     * @param length how many bytes, 0 for all the rest
     * @param advice how
     * @throws SyscallException ESPIPE for a pipe; EINVAL
     */
    public void fadvise(FileDescriptor file, long offset, long length, FileAdvice advice) {
        int number = file.hold(kernel);
        try {
            if (kernel.abi() == Abi.I386) {
                kernel.call(
                        FADVISE64,
                        number,
                        kernel.low(offset),
                        kernel.high(offset),
                        kernel.low(length),
                        kernel.high(length),
                        advice.number());
            } else {
                kernel.call(FADVISE64, number, offset, length, advice.number());
            }
        } finally {
            file.letGo();
        }
    }

    /**
     * Copies in the kernel, at the files' own offsets, as {@code copy_file_range(2)}; a file system may share blocks instead.
     *
     * @param from open for reading
     * @param to open for writing, without O_APPEND
     * @param count how many bytes at most
     * @return how many were copied, 0 at the end of the file
     * @throws SyscallException EXDEV between file systems that cannot; EINVAL for one that is no regular file; ENOSPC; EBADF
     * @see <a href="https://man7.org/linux/man-pages/man2/copy_file_range.2.html">copy_file_range(2)</a>
     */
    public long copyFileRange(FileDescriptor from, FileDescriptor to, long count) {
        int target = to.hold(kernel);
        try {
            int source = from.hold(kernel);
            try {
                return kernel.call(COPY_FILE_RANGE, source, 0, target, 0, count, 0);
            } finally {
                from.letGo();
            }
        } finally {
            to.letGo();
        }
    }

    /**
     * Copies in the kernel at offsets, and leaves the files' own where they are.
     *
     * @param from open for reading
     * @param fromOffset 0 or more
     * @param to open for writing, without O_APPEND
     * @param toOffset 0 or more
     * @param count how many bytes at most
     * @return how many were copied, 0 at the end of the file
     * @throws SyscallException as {@link #copyFileRange(FileDescriptor, FileDescriptor, long)}
     */
    public long copyFileRange(FileDescriptor from, long fromOffset, FileDescriptor to, long toOffset, long count) {
        int target = to.hold(kernel);
        try {
            int source = from.hold(kernel);
            try (Scratch scratch = kernel.scratch()) {
                long offsets = scratch.room(2 * Long.BYTES, Long.BYTES);
                MemorySegment two = scratch.at(offsets, 2 * Long.BYTES);
                two.set(Layouts.LONG, 0, fromOffset);
                two.set(Layouts.LONG, Long.BYTES, toOffset);
                return kernel.call(COPY_FILE_RANGE, source, offsets, target, offsets + Long.BYTES, count, 0);
            } finally {
                from.letGo();
            }
        } finally {
            to.letGo();
        }
    }

    /**
     * Sends a file's data in the kernel, from its own offset, as {@code sendfile(2)}.
     *
     * @param from a regular file
     * @param to a socket, pipe or file
     * @param count how many bytes at most
     * @return how many were sent, 0 at the end of the file
     * @throws SyscallException EINVAL if {@code from} cannot be mapped; EAGAIN
     */
    public long sendfile(FileDescriptor from, FileDescriptor to, long count) {
        int source = from.hold(kernel);
        try {
            return kernel.callOn(SENDFILE, to, source, 0, count);
        } finally {
            from.letGo();
        }
    }

    /**
     * Locks an open file, as {@code flock(2)}: advice to others who do the same. Descriptors of one open file share the lock.
     *
     * @param file the file
     * @param operation what to do
     * @throws SyscallException EAGAIN with LOCK_NB if another has it; EINTR
     */
    public void flock(FileDescriptor file, FlockOperation operation) {
        kernel.callOn(FLOCK, file, operation.bits(), 0, 0);
    }

    /**
     * Locks bytes for the open file, not for the process, as {@code fcntl(2)} with F_OFD_SETLKW; waits while another has them.
     *
     * @param file open for what the lock is for
     * @param type what it keeps out
     * @param start the first byte, 0 or more
     * @param length how many, 0 for all that will ever be
     * @throws SyscallException EINTR; EDEADLK never, as owners are files
     */
    public void lock(FileDescriptor file, LockType type, long start, long length) {
        lock(file, F_OFD_SETLKW, type.number, start, length);
    }

    /**
     * {@return whether the bytes were free to be locked, as {@link #lock} without waiting, {@code F_OFD_SETLK}}
     *
     * @param file the file
     * @param type what it keeps out
     * @param start the first byte
     * @param length how many bytes
     */
    public boolean tryLock(FileDescriptor file, LockType type, long start, long length) {
        try {
            lock(file, F_OFD_SETLK, type.number, start, length);
            return true;
        } catch (SyscallException failure) {
            if (failure.is(Errno.EAGAIN) || failure.is(Errno.EACCES)) {
                return false;
            }
            throw failure;
        }
    }

    /**
     * Gives up the open file's locks on those bytes; a length of 0 means all from there on.
     *
     * @param file the file
     * @param start the first byte
     * @param length how many bytes
     */
    public void unlock(FileDescriptor file, long start, long length) {
        lock(file, F_OFD_SETLK, F_UNLCK, start, length);
    }

    private void lock(FileDescriptor file, int command, int type, long start, long length) {
        LockLayout layout = kernel.abi() == Abi.I386 ? LockLayout.I386 : LockLayout.X86_64;
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(layout.size(), Long.BYTES);
            MemorySegment flock = scratch.at(address, layout.size());
            flock.set(Layouts.SHORT, layout.type(), (short) type);
            flock.set(Layouts.LONG, layout.start(), start);
            flock.set(Layouts.LONG, layout.length(), length);
            kernel.callOn(FCNTL, file, command, address, 0);
        }
    }

    /**
     * Makes a file in memory that has no name in the tree, as {@code memfd_create(2)}.
     *
     * @param name what /proc/self/fd shows, 249 bytes at most
     * @param flags what kind
     * @return its descriptor, to be closed
     * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
     */
    public FileDescriptor memfdCreate(String name, MemfdFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            return kernel.open(MEMFD_CREATE, scratch.string(name), flags.bits(), 0);
        }
    }

    /**
     * Takes away what can be done to a memory file, for ever and for all, as {@code fcntl(2)} with F_ADD_SEALS.
     *
     * @param file made with MFD_ALLOW_SEALING, open for writing
     * @param seals what can no longer be done
     * @throws SyscallException EPERM if F_SEAL_SEAL is set; EBUSY for F_SEAL_WRITE while it is mapped for writing; EINVAL
     */
    public void addSeals(FileDescriptor file, Seals seals) {
        kernel.callOn(FCNTL, file, F_ADD_SEALS, seals.bits(), 0);
    }

    /**
     * {@return what can no longer be done to a memory file; EINVAL for other files}
     *
     * @param file the file
     */
    public Seals getSeals(FileDescriptor file) {
        return new Seals((int) kernel.callOn(FCNTL, file, F_GET_SEALS, 0, 0));
    }
}
