package dev.trapgate.mm;

/**
 * Memory of another process.
 *
 * @param address where it begins there, a multiple of the page size
 * @param length in bytes, 0 or more
 */
public record AddressRange(long address, long length) {

    /** Refuses a negative length. */
    public AddressRange {
        if (length < 0) {
            throw new IllegalArgumentException("a length of " + length + " bytes is negative");
        }
    }
}
