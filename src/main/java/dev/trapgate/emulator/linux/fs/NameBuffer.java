package dev.trapgate.emulator.linux.fs;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** A task's own room for a name on its way into the kernel: what {@code names_cachep} of fs/namei.c gives each call. */
public final class NameBuffer {

    /** PATH_MAX. */
    static final int SIZE = 4096;

    private final byte[] bytes = new byte[SIZE];
    private final MemorySegment segment = MemorySegment.ofArray(bytes);

    /** Makes room for a task. */
    public NameBuffer() {}

    /** {@return its bytes, to copy to} */
    MemorySegment segment() {
        return segment;
    }

    /** {@return where the first NUL stands in a range; −1 if there is none} */
    int indexOfNul(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** {@return its first bytes as characters 0 to 255} */
    String text(int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
