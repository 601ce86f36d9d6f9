package dev.trapgate.io;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.IncompleteTransferException;
import dev.trapgate.kernel.IoVectors;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.Transfer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Input and output on descriptors.
 *
 * <p>Buffers are used where they are if the gate's kernel can address them: native memory through a 64-bit native gate, and a
 * {@link UserBuffer} of the gate's own memory through any. Others, arrays among them, are copied through scratch memory, in
 * one piece, so that a record or datagram stays one.
 *
 * <p>Every transfer may be partial, as the kernel's are: what it returns is what was done. These calls may block, and a
 * virtual thread blocks its carrier with it.
 *
 * @param kernel whose calls
 */
public record IoCalls(Kernel kernel) {

    private static final Call READ = Call.of(Syscall.READ);
    private static final Call WRITE = Call.of(Syscall.WRITE);
    private static final Call PREAD64 = Call.of(Syscall.PREAD64);
    private static final Call PWRITE64 = Call.of(Syscall.PWRITE64);
    private static final Call READV = Call.of(Syscall.READV);
    private static final Call WRITEV = Call.of(Syscall.WRITEV);
    private static final Call PREADV2 = Call.of(Syscall.PREADV2);
    private static final Call PWRITEV2 = Call.of(Syscall.PWRITEV2);
    private static final Call LSEEK = Call.of(Syscall.LSEEK);
    private static final Call LLSEEK = Call.of(Syscall.LSEEK, Syscall._LLSEEK);
    private static final Call FSYNC = Call.of(Syscall.FSYNC);
    private static final Call FDATASYNC = Call.of(Syscall.FDATASYNC);

    /** {@return descriptor 0, which is not this program's to close} */
    public FileDescriptor stdin() {
        return FileDescriptor.borrow(kernel, 0);
    }

    /** {@return descriptor 1, which is not this program's to close} */
    public FileDescriptor stdout() {
        return FileDescriptor.borrow(kernel, 1);
    }

    /** {@return descriptor 2, which is not this program's to close} */
    public FileDescriptor stderr() {
        return FileDescriptor.borrow(kernel, 2);
    }

    /**
     * Reads, as {@code read(2)}.
     *
     * @param descriptor where from
     * @param into what to fill, from its start
     * @return how many bytes came, 0 at the end of the file
     * @throws SyscallException EAGAIN if it does not block and nothing is there; EINTR; EBADF; EISDIR; EIO
     * @see <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>
     */
    public long read(FileDescriptor descriptor, MemorySegment into) {
        return Transfer.fill(kernel, READ, descriptor, into, 0, 0, 0);
    }

    /**
     * {@return how many bytes came into all of an array; by way of a copy} As {@link #read(FileDescriptor, MemorySegment)}.
     *
     * @param descriptor the descriptor
     * @param into what to fill
     */
    public int read(FileDescriptor descriptor, byte[] into) {
        return (int) read(descriptor, MemorySegment.ofArray(into));
    }

    /**
     * Reads into the rest of a buffer, and moves its position behind what came. A heap buffer is filled by way of a copy.
     *
     * @param descriptor where from
     * @param into what to fill, from its position to its limit
     * @return how many bytes came, 0 at the end of the file
     */
    public int read(FileDescriptor descriptor, ByteBuffer into) {
        int count = (int) read(descriptor, MemorySegment.ofBuffer(into));
        into.position(into.position() + count);
        return count;
    }

    /**
     * Reads without a copy through any gate.
     *
     * @param descriptor where from
     * @param into memory of this gate
     * @return how many bytes came, 0 at the end of the file
     */
    public long read(FileDescriptor descriptor, UserBuffer into) {
        return onBuffer(READ, descriptor, into);
    }

    /**
     * Writes, as {@code write(2)}.
     *
     * @param descriptor where to
     * @param from the bytes, all of them
     * @return how many were taken, which may be fewer
     * @throws SyscallException EAGAIN if it does not block and there is no room; EINTR; EBADF; ENOSPC; EPIPE; EIO
     * @see <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>
     */
    public long write(FileDescriptor descriptor, MemorySegment from) {
        return Transfer.drain(kernel, WRITE, descriptor, from, 0, 0, 0);
    }

    /**
     * {@return how many bytes of an array were taken; by way of a copy} As {@link #write(FileDescriptor, MemorySegment)}.
     *
     * @param descriptor the descriptor
     * @param from the bytes
     */
    public int write(FileDescriptor descriptor, byte[] from) {
        return (int) write(descriptor, MemorySegment.ofArray(from));
    }

    /**
     * Writes the rest of a buffer, and moves its position behind what was taken. A heap buffer goes by way of a copy.
     *
     * @param descriptor where to
     * @param from the bytes, from its position to its limit
     * @return how many were taken
     */
    public int write(FileDescriptor descriptor, ByteBuffer from) {
        int count = (int) write(descriptor, MemorySegment.ofBuffer(from));
        from.position(from.position() + count);
        return count;
    }

    /**
     * Writes without a copy through any gate.
     *
     * @param descriptor where to
     * @param from memory of this gate
     * @return how many bytes were taken
     */
    public long write(FileDescriptor descriptor, UserBuffer from) {
        return onBuffer(WRITE, descriptor, from);
    }

    private long onBuffer(Call call, FileDescriptor descriptor, UserBuffer buffer) {
        long size = buffer.segment().byteSize();
        long address = kernel.address(buffer, size);
        int number = descriptor.hold(kernel);
        try {
            return kernel.call(call, number, address, size);
        } finally {
            descriptor.letGo();
        }
    }

    /**
     * Reads at an offset and leaves the file's own where it is, as {@code pread(2)}.
     *
     * @param descriptor where from
     * @param into what to fill
     * @param offset 0 or more
     * @return how many bytes came, 0 at the end of the file
     * @throws SyscallException as {@link #read(FileDescriptor, MemorySegment)}; ESPIPE if it has no offsets; EINVAL if the
     *     offset is negative
     */
    public long pread(FileDescriptor descriptor, MemorySegment into, long offset) {
        return Transfer.fill(kernel, PREAD64, descriptor, into, kernel.low(offset), kernel.high(offset), 0);
    }

    /**
     * {@return how many bytes came into an array from an offset; by way of a copy}
     *
     * @param descriptor the descriptor
     * @param into what to fill
     * @param offset in bytes, 0 or more
     */
    public int pread(FileDescriptor descriptor, byte[] into, long offset) {
        return (int) pread(descriptor, MemorySegment.ofArray(into), offset);
    }

    /**
     * Writes at an offset and leaves the file's own where it is, as {@code pwrite(2)}.
     *
     * @param descriptor where to
     * @param from the bytes
     * @param offset 0 or more; a file open with O_APPEND ignores it
     * @return how many were taken
     * @throws SyscallException as {@link #write(FileDescriptor, MemorySegment)}; ESPIPE if it has no offsets; EINVAL if the
     *     offset is negative
     */
    public long pwrite(FileDescriptor descriptor, MemorySegment from, long offset) {
        return Transfer.drain(kernel, PWRITE64, descriptor, from, kernel.low(offset), kernel.high(offset), 0);
    }

    /**
     * {@return how many bytes of an array were taken at an offset; by way of a copy}
     *
     * @param descriptor the descriptor
     * @param from the bytes
     * @param offset in bytes, 0 or more
     */
    public int pwrite(FileDescriptor descriptor, byte[] from, long offset) {
        return (int) pwrite(descriptor, MemorySegment.ofArray(from), offset);
    }

    /**
     * Reads until a buffer is full or the file ends; goes on after signals.
     *
     * @param descriptor where from
     * @param into what to fill
     * @return how many bytes came: fewer than the buffer has only at the end of the file
     * @throws SyscallException if the first read fails
     * @throws IncompleteTransferException if a later one does; it says how many bytes came before
     */
    public long readFully(FileDescriptor descriptor, MemorySegment into) {
        return Transfer.fully(into.byteSize(), done -> read(descriptor, into.asSlice(done)));
    }

    /**
     * {@return how many bytes came into an array, fewer than it has only at the end of the file}
     *
     * @param descriptor the descriptor
     * @param into what to fill
     */
    public int readFully(FileDescriptor descriptor, byte[] into) {
        return (int) readFully(descriptor, MemorySegment.ofArray(into));
    }

    /**
     * Writes until all is taken; goes on after signals.
     *
     * @param descriptor where to
     * @param from the bytes
     * @return how many were taken: all
     * @throws SyscallException if the first write fails
     * @throws IncompleteTransferException if a later one does; it says how many were taken before
     */
    public long writeFully(FileDescriptor descriptor, MemorySegment from) {
        return Transfer.fully(from.byteSize(), done -> write(descriptor, from.asSlice(done)));
    }

    /**
     * {@return how many bytes of an array were taken: all}
     *
     * @param descriptor the descriptor
     * @param from the bytes
     */
    public int writeFully(FileDescriptor descriptor, byte[] from) {
        return (int) writeFully(descriptor, MemorySegment.ofArray(from));
    }

    /**
     * Reads into several buffers in turn, as {@code readv(2)}.
     *
     * @param descriptor where from
     * @param into what to fill, 1024 at most
     * @return how many bytes came, 0 at the end of the file
     */
    public long readv(FileDescriptor descriptor, List<MemorySegment> into) {
        return vectored(READV, descriptor, into, 0, TransferFlags.NONE);
    }

    /**
     * Writes several buffers in turn, as {@code writev(2)}.
     *
     * @param descriptor where to
     * @param from the bytes, 1024 buffers at most
     * @return how many bytes were taken
     */
    public long writev(FileDescriptor descriptor, List<MemorySegment> from) {
        return vectored(WRITEV, descriptor, from, 0, TransferFlags.NONE);
    }

    /**
     * Reads into several buffers at an offset, as {@code preadv2(2)}.
     *
     * @param descriptor where from
     * @param into what to fill, 1024 at most
     * @param offset 0 or more, or −1 for the file's own
     * @param flags how
     * @return how many bytes came, 0 at the end of the file
     * @throws SyscallException EOPNOTSUPP for a flag that the kernel or the file system does not know
     */
    public long preadv2(FileDescriptor descriptor, List<MemorySegment> into, long offset, TransferFlags flags) {
        return vectored(PREADV2, descriptor, into, offset, flags);
    }

    /**
     * Writes several buffers at an offset, as {@code pwritev2(2)}.
     *
     * @param descriptor where to
     * @param from the bytes, 1024 buffers at most
     * @param offset 0 or more, or −1 for the file's own
     * @param flags how
     * @return how many bytes were taken
     * @throws SyscallException EOPNOTSUPP for a flag that the kernel or the file system does not know
     */
    public long pwritev2(FileDescriptor descriptor, List<MemorySegment> from, long offset, TransferFlags flags) {
        return vectored(PWRITEV2, descriptor, from, offset, flags);
    }

    private long vectored(
            Call call, FileDescriptor descriptor, List<MemorySegment> buffers, long offset, TransferFlags flags) {
        boolean fills = call.equals(READV) || call.equals(PREADV2);
        int number = descriptor.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            IoVectors vectors =
                    fills ? IoVectors.toFill(kernel, scratch, buffers) : IoVectors.toDrain(kernel, scratch, buffers);
            long count = kernel.call(
                    call,
                    number,
                    vectors.address(),
                    buffers.size(),
                    kernel.low(offset),
                    kernel.high(offset),
                    flags.bits());
            if (fills) {
                vectors.copyBack(kernel, count);
            }
            return count;
        } finally {
            descriptor.letGo();
        }
    }

    /**
     * Moves a file's offset, as {@code lseek(2)}.
     *
     * @param descriptor the file
     * @param offset counted from {@code whence}
     * @param whence where to count from
     * @return the new offset, from the start
     * @throws SyscallException EINVAL if it were negative; ESPIPE if there is none; ENXIO if there is no more data or hole
     * @see <a href="https://man7.org/linux/man-pages/man2/lseek.2.html">lseek(2)</a>
     */
    public long lseek(FileDescriptor descriptor, long offset, Whence whence) {
        int number = descriptor.hold(kernel);
        try {
            return kernel.abi() == Abi.I386
                    ? llseek(number, offset, whence)
                    : kernel.call(LSEEK, number, offset, whence.number());
        } finally {
            descriptor.letGo();
        }
    }

    private long llseek(int number, long offset, Whence whence) {
        try (Scratch scratch = kernel.scratch()) {
            long result = scratch.room(Long.BYTES, Long.BYTES);
            kernel.call(LLSEEK, number, kernel.high(offset), kernel.low(offset), result, whence.number());
            return scratch.at(result, Long.BYTES).get(Layouts.LONG, 0);
        }
    }

    /**
     * Waits until a file's data and metadata are on the device, as {@code fsync(2)}; EIO and ENOSPC are thrown.
     *
     * @param descriptor the descriptor
     */
    public void fsync(FileDescriptor descriptor) {
        on(descriptor, FSYNC, 0, 0);
    }

    /**
     * Waits until a file's data are on the device, as {@code fdatasync(2)}; EIO and ENOSPC are thrown.
     *
     * @param descriptor the descriptor
     */
    public void fdatasync(FileDescriptor descriptor) {
        on(descriptor, FDATASYNC, 0, 0);
    }

    private long on(FileDescriptor descriptor, Call call, long a2, long a3) {
        int number = descriptor.hold(kernel);
        try {
            return kernel.call(call, number, a2, a3);
        } finally {
            descriptor.letGo();
        }
    }
}
