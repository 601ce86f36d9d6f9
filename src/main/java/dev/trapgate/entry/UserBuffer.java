package dev.trapgate.entry;

import java.lang.foreign.MemorySegment;

/**
 * Memory seen from both sides of the gate.
 *
 * @param address where the kernel finds it
 * @param segment how Java reaches it; its size is the allocation's
 */
public record UserBuffer(long address, MemorySegment segment) {}
