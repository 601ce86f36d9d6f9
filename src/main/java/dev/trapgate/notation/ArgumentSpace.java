package dev.trapgate.notation;

import dev.trapgate.entry.UserBuffer;

/** Where a call's arguments find their memory, and what the names in them mean there. */
public interface ArgumentSpace {

    /**
     * Allocates zeroed memory that outlives the call.
     *
     * @param byteSize its size in bytes, 0 or more
     * @param byteAlignment a power of two
     * @return the memory
     * @throws IllegalArgumentException if there is not as much to be had
     */
    UserBuffer allocate(long byteSize, long byteAlignment);

    /**
     * Allocates zeroed memory that ends where a page begins that cannot be reached.
     *
     * @param byteSize its size in bytes, 0 or more
     * @return the memory
     * @throws UsageException if there is no such memory here
     * @throws IllegalArgumentException if there is not as much to be had
     */
    UserBuffer allocateEdge(long byteSize);

    /**
     * Finds what a name means.
     *
     * @param reference the name, with what to add to it
     * @return its value
     * @throws UsageException if it means nothing here
     */
    long value(CallArgument.Term.Reference reference);
}
