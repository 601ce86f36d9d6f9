package dev.trapgate.host.memory;

import java.util.stream.LongStream;

/** Where in the address space a mapping may lie. */
public enum Placement {

    /** Wherever the kernel likes. */
    ANYWHERE,

    /** Below 4 GiB, so that its addresses survive being cut to 32 bits. */
    BELOW_4_GIB;

    private static final long LOWEST = 256L << 20;
    private static final long END = 4L << 30;
    private static final long STEP = 16L << 20;

    /**
     * The addresses to ask the kernel for, one after the other, where {@code MAP_32BIT} found no room: that flag means
     * the second GiB only, and a JVM may have its class space, or much of its heap, just there.
     *
     * @param byteSize the size of the mapping in bytes
     * @return page-aligned addresses, the lowest first
     */
    static LongStream candidatesBelow4GiB(long byteSize) {
        return LongStream.iterate(LOWEST, address -> address + byteSize <= END, address -> address + STEP);
    }
}
