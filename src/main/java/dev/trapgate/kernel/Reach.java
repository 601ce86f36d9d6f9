package dev.trapgate.kernel;

import dev.trapgate.entry.Gate;
import java.lang.foreign.MemorySegment;

/** Which of Java's native memory the kernel behind a gate can address. */
public enum Reach {
    /** All of it. */
    ALL(-1L),
    /** What lies below 4 GiB. */
    BELOW_4_GIB(1L << 32),
    /** None: the kernel, or the process that calls it for this one, has an address space of its own. */
    NONE(0);

    private final long limit;

    Reach(long limit) {
        this.limit = limit;
    }

    /** {@return what a gate's kernel can address} */
    static Reach of(Gate gate) {
        if (gate.kind() != Gate.Kind.NATIVE) {
            return NONE;
        }
        return gate.abi().pointerSize() == Integer.BYTES ? BELOW_4_GIB : ALL;
    }

    /**
     * {@return whether the kernel can use memory where it is} Heap memory never: the garbage collector moves it.
     *
     * @param segment the memory
     */
    boolean includes(MemorySegment segment) {
        return segment.isNative()
                && (this == ALL || Long.compareUnsigned(segment.address() + segment.byteSize(), limit) <= 0);
    }
}
