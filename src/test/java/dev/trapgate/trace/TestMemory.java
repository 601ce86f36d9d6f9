package dev.trapgate.trace;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Memory that begins at a fixed address and grows as a test puts things there. */
final class TestMemory implements MemoryView {

    static final long START = 0x1000;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    /** Puts a C string and returns its address. */
    long text(String text) {
        return bytes((text + '\0').getBytes(StandardCharsets.UTF_8));
    }

    /** Puts integers of a size and returns the first one's address. */
    long integers(int byteSize, long... values) {
        long address = START + content.size();
        for (long value : values) {
            for (int i = 0; i < byteSize; i++) {
                content.write((int) (value >>> (i * Byte.SIZE)));
            }
        }
        return address;
    }

    /** Puts bytes and returns their address. */
    long bytes(byte... bytes) {
        long address = START + content.size();
        content.writeBytes(bytes);
        return address;
    }

    @Override
    public byte[] read(long address, int byteSize) {
        long offset = address - START;
        if (offset < 0 || offset >= content.size()) {
            return new byte[0];
        }
        int end = (int) Math.min(offset + byteSize, content.size());
        return Arrays.copyOfRange(content.toByteArray(), (int) offset, end);
    }
}
