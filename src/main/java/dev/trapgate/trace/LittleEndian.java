package dev.trapgate.trace;

/** Integers from bytes, the least significant first, as every ABI of the table stores them. */
final class LittleEndian {

    private LittleEndian() {}

    /**
     * Reads an unsigned integer.
     *
     * @param bytes 0 to 8 bytes
     * @return their value, zero-extended
     */
    static long unsigned(byte[] bytes) {
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[i] & 0xff);
        }
        return value;
    }

    /**
     * Reads a signed integer.
     *
     * @param bytes 1 to 8 bytes
     * @return their value, sign-extended
     */
    static long signed(byte[] bytes) {
        int unused = Long.SIZE - bytes.length * Byte.SIZE;
        return unsigned(bytes) << unused >> unused;
    }
}
