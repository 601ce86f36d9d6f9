package dev.trapgate.entry;

import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/**
 * Memory seen from both sides of the gate, until its scope is closed. A record, whose fields the JIT compiler trusts: what checks
 * one in a {@code static final} field costs next to nothing.
 *
 * @param address where the kernel finds it
 * @param segment how Java reaches it; its size is the allocation's
 * @param closed whether the scope has been closed, of memory whose segment outlives its scope, as one over an array does
 */
public record UserBuffer(long address, MemorySegment segment, BooleanSupplier closed) {

    /**
     * Joins both sides of memory whose segment knows itself when it is gone.
     *
     * @param address where the kernel finds it
     * @param segment how Java reaches it; its size is the allocation's
     */
    public UserBuffer(long address, MemorySegment segment) {
        this(address, segment, () -> false);
    }

    /**
     * {@return how Java reaches it; its size is the allocation's}
     *
     * @throws IllegalStateException if the scope has been closed; where it is the segment that knows, its accesses throw the
     *     same
     */
    @Override
    public MemorySegment segment() {
        if (closed.getAsBoolean()) {
            throw new IllegalStateException("the scope of this buffer has been closed; allocate in an open one");
        }
        return segment;
    }

    /** {@return for example {@code 16 bytes at 0x1000}} */
    @Override
    public String toString() {
        return segment.byteSize() + " bytes at 0x" + Long.toHexString(address);
    }
}
