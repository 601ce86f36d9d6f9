package dev.trapgate.kernel;

import dev.trapgate.abi.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ReadOnlyBufferException;

/**
 * Calls of the form {@code call(fd, buffer, count, …)}: the buffer goes as it is where the kernel can address it, else by way
 * of scratch memory.
 *
 * <p>A buffer from {@code Arena.ofShared()} must not be closed by another thread during the call: the kernel would use memory
 * that is someone else's by then. Buffers of confined and automatic arenas cannot be.
 */
public final class Transfer {

    private static final long PAGE = 4096;

    private Transfer() {}

    /**
     * Lets the kernel fill a buffer.
     *
     * @param kernel the kernel
     * @param call the call
     * @param descriptor its first argument
     * @param into the buffer, its second and third
     * @param a4 its fourth argument
     * @param a5 its fifth
     * @param a6 its sixth
     * @return its value: how many bytes are filled, or, for a datagram with MSG_TRUNC, how long it was
     * @throws SyscallException if the kernel answers an error
     * @throws ReadOnlyBufferException if the buffer is read-only
     */
    public static long fill(
            Kernel kernel, Call call, FileDescriptor descriptor, MemorySegment into, long a4, long a5, long a6) {
        if (into.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        boolean direct = kernel.reaches(into);
        int number = descriptor.hold(kernel);
        try {
            return direct
                    ? kernel.call(call, number, into.address(), into.byteSize(), a4, a5, a6)
                    : fillByCopy(kernel, call, number, into, a4, a5, a6);
        } finally {
            descriptor.letGo();
            Reference.reachabilityFence(into);
        }
    }

    private static long fillByCopy(
            Kernel kernel, Call call, int number, MemorySegment into, long a4, long a5, long a6) {
        try (Scratch scratch = kernel.scratch()) {
            long size = into.byteSize();
            long address = scratch.room(size, size < PAGE ? Long.BYTES : PAGE);
            long count = kernel.call(call, number, address, size, a4, a5, a6);
            long filled = Math.min(count, size);
            into.copyFrom(scratch.at(address, filled));
            return count;
        }
    }

    /**
     * Lets the kernel read a buffer.
     *
     * @param kernel the kernel
     * @param call the call
     * @param descriptor its first argument
     * @param from the buffer, its second and third
     * @param a4 its fourth argument
     * @param a5 its fifth
     * @param a6 its sixth
     * @return its value: how many bytes were taken
     * @throws SyscallException if the kernel answers an error
     */
    public static long drain(
            Kernel kernel, Call call, FileDescriptor descriptor, MemorySegment from, long a4, long a5, long a6) {
        boolean direct = kernel.reaches(from);
        int number = descriptor.hold(kernel);
        try {
            return direct
                    ? kernel.call(call, number, from.address(), from.byteSize(), a4, a5, a6)
                    : drainByCopy(kernel, call, number, from, a4, a5, a6);
        } finally {
            descriptor.letGo();
            Reference.reachabilityFence(from);
        }
    }

    private static long drainByCopy(
            Kernel kernel, Call call, int number, MemorySegment from, long a4, long a5, long a6) {
        try (Scratch scratch = kernel.scratch()) {
            long size = from.byteSize();
            long address = scratch.copy(from, size < PAGE ? Long.BYTES : PAGE);
            return kernel.call(call, number, address, size, a4, a5, a6);
        }
    }

    /** One step of a transfer that goes on until all is done. */
    @FunctionalInterface
    public interface Step {

        /**
         * Moves some bytes.
         *
         * @param done how many have been moved before
         * @return how many more, 0 at the end of the file
         */
        long move(long done);
    }

    /**
     * Repeats a transfer until all is moved, or no more comes. Signals (EINTR) do not end it.
     *
     * @param size how much there is to move
     * @param step one transfer
     * @return how much was moved: less than {@code size} only at the end of the file
     * @throws SyscallException if the first transfer fails
     * @throws IncompleteTransferException if a later one does; it says how much was moved before
     */
    public static long fully(long size, Step step) {
        long done = 0;
        while (done < size) {
            long moved;
            try {
                moved = step.move(done);
            } catch (SyscallException failure) {
                if (failure.is(Errno.EINTR)) {
                    continue;
                }
                throw done == 0 ? failure : new IncompleteTransferException(done, failure);
            }
            if (moved == 0) {
                break;
            }
            done += moved;
        }
        return done;
    }
}
