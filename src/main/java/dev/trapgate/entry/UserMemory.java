package dev.trapgate.entry;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that a gate's kernel can address: anywhere for the native 64-bit gates, below 4 GiB for {@code int $0x80},
 * inside the emulated address space for an emulated gate.
 */
public interface UserMemory {

    /**
     * Opens a scope to allocate in. What it allocates lives until the scope is closed, and may be used by any thread.
     *
     * @return a new scope
     */
    Scope open();

    /** {@return the exclusive upper bound of the addresses that allocations have} */
    long limit();

    /**
     * Java's view of memory that a call mapped, where this memory is the JVM's own.
     *
     * @param address the memory's address, as the call answered it
     * @param byteSize its size in bytes
     * @param arena how long the view is to live
     * @param whenClosed what to do after that, unmapping it for example
     * @return the memory
     * @throws UnsupportedOperationException if it lies in another address space
     */
    default MemorySegment view(long address, long byteSize, Arena arena, Runnable whenClosed) {
        throw new UnsupportedOperationException(
                "this gate's memory lies in another address space, which Java cannot reach");
    }

    /**
     * Reads what can be read of the memory that this gate's calls see, and never faults: for those who write calls down.
     *
     * @param address where to begin, as the kernel knows it
     * @param byteSize how many bytes to read at most, 0 or more
     * @return the bytes from {@code address} on; fewer than {@code byteSize} where the readable memory ends, none if nothing is
     *     readable there or this memory cannot tell
     */
    default byte[] read(long address, int byteSize) {
        return new byte[0];
    }

    /** Allocations with one common end. */
    interface Scope extends AutoCloseable {

        /**
         * Allocates zeroed memory.
         *
         * @param byteSize its size in bytes, 0 or more
         * @param byteAlignment the alignment of its address in bytes, a power of two from 1 to 4096
         * @return the memory, with the address by which the kernel knows it
         * @throws IllegalArgumentException if the size is negative, the alignment is not one of those, or there is not
         *     as much memory as that to be had
         */
        UserBuffer allocate(long byteSize, long byteAlignment);

        /** Ends every allocation of this scope. Closing twice does nothing. */
        @Override
        void close();
    }
}
