package dev.trapgate.trace;

/** What of a caller's memory may be looked at while its calls are written down. */
@FunctionalInterface
public interface MemoryView {

    /**
     * Reads what can be read, and never faults.
     *
     * @param address where to begin, as the kernel knows it
     * @param byteSize how many bytes to read at most, 0 or more
     * @return the bytes from {@code address} on; fewer than {@code byteSize} where the readable memory ends, none if
     *     nothing is readable there
     */
    byte[] read(long address, int byteSize);

    /** {@return a view of no memory at all: every pointer is then written as its address} */
    static MemoryView none() {
        return (address, byteSize) -> new byte[0];
    }
}
