package dev.trapgate.kernel;

import dev.trapgate.abi.Abi;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;

/**
 * An array of {@code struct iovec} in scratch memory, whose buffers are the caller's where the kernel can address them, and
 * scratch memory elsewhere.
 *
 * @param scratch where the array is
 * @param address the array
 * @param buffers the caller's buffers
 * @param addresses where the kernel finds them
 */
public record IoVectors(Scratch scratch, long address, List<MemorySegment> buffers, long[] addresses) {

    private static final long PAGE = 4096;

    /**
     * Lays out buffers that the kernel is to fill.
     *
     * @param kernel the kernel
     * @param scratch where to
     * @param buffers the buffers; none read-only
     * @return the array
     */
    public static IoVectors toFill(Kernel kernel, Scratch scratch, List<MemorySegment> buffers) {
        long[] addresses = new long[buffers.size()];
        for (int index = 0; index < addresses.length; index++) {
            MemorySegment buffer = buffers.get(index);
            if (buffer.isReadOnly()) {
                throw new IllegalArgumentException("buffer " + index + " is read-only");
            }
            addresses[index] =
                    kernel.reaches(buffer) ? buffer.address() : scratch.room(buffer.byteSize(), alignment(buffer));
        }
        return new IoVectors(scratch, array(kernel, scratch, buffers, addresses), buffers, addresses);
    }

    /**
     * Lays out buffers that the kernel is to read.
     *
     * @param kernel the kernel
     * @param scratch where to
     * @param buffers the buffers
     * @return the array
     */
    public static IoVectors toDrain(Kernel kernel, Scratch scratch, List<MemorySegment> buffers) {
        long[] addresses = new long[buffers.size()];
        for (int index = 0; index < addresses.length; index++) {
            MemorySegment buffer = buffers.get(index);
            addresses[index] = kernel.reaches(buffer) ? buffer.address() : scratch.copy(buffer, alignment(buffer));
        }
        return new IoVectors(scratch, array(kernel, scratch, buffers, addresses), buffers, addresses);
    }

    private static long alignment(MemorySegment buffer) {
        return buffer.byteSize() < PAGE ? Long.BYTES : PAGE;
    }

    private static long array(Kernel kernel, Scratch scratch, List<MemorySegment> buffers, long[] addresses) {
        int word = kernel.abi().pointerSize();
        long size = 2L * word * addresses.length;
        long address = scratch.room(size, Long.BYTES);
        MemorySegment array = scratch.at(address, size);
        for (int index = 0; index < addresses.length; index++) {
            long at = 2L * word * index;
            putWord(kernel.abi(), array, at, addresses[index]);
            putWord(kernel.abi(), array, at + word, buffers.get(index).byteSize());
        }
        return address;
    }

    /**
     * Writes a value of the size of a pointer.
     *
     * @param abi whose pointer
     * @param memory where to
     * @param offset at which byte
     * @param value an address or a size
     */
    public static void putWord(Abi abi, MemorySegment memory, long offset, long value) {
        if (abi.pointerSize() == Integer.BYTES) {
            memory.set(Layouts.INT, offset, (int) value);
        } else {
            memory.set(Layouts.LONG, offset, value);
        }
    }

    /**
     * Copies what the kernel filled to buffers that it could not address.
     *
     * @param kernel the kernel
     * @param count how many bytes it filled, from the first buffer on
     */
    public void copyBack(Kernel kernel, long count) {
        long rest = count;
        for (int index = 0; index < addresses.length && rest > 0; index++) {
            MemorySegment buffer = buffers.get(index);
            long filled = Math.min(rest, buffer.byteSize());
            if (!kernel.reaches(buffer)) {
                buffer.copyFrom(scratch.at(addresses[index], filled));
            }
            rest -= filled;
        }
        Reference.reachabilityFence(buffers);
    }
}
