package dev.trapgate.emulator.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A run of 4 KiB page frames that are neighbors, zeroed: what the pages of an {@link AddressSpace} stand for.
 *
 * <p>Kept as {@code long}s, because a segment over those is aligned and can be updated atomically. Bytes are in x86's
 * order whatever the host's is.
 */
public final class PageFrames {

    /** log2 of the page size. */
    public static final int PAGE_SHIFT = 12;
    /** The page size in bytes. */
    public static final int PAGE_SIZE = 1 << PAGE_SHIFT;
    /** The offset within a page. */
    public static final int PAGE_MASK = PAGE_SIZE - 1;

    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int MOST = 1 << 21;
    private static final int WORDS_PER_PAGE = PAGE_SIZE / Long.BYTES;

    final long[] words;
    private final MemorySegment bytes;

    /**
     * Makes zeroed frames.
     *
     * @param count how many, 1 to 2^21 (8 GiB)
     * @throws IllegalArgumentException if the count is outside that range
     * @throws OutOfMemoryError if the heap has no room for them
     */
    public PageFrames(int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(count + " page frames; 1 to " + MOST + " can be made");
        }
        words = new long[count * WORDS_PER_PAGE];
        bytes = MemorySegment.ofArray(words);
    }

    /** {@return the frames' bytes} */
    public MemorySegment bytes() {
        return bytes;
    }

    long wordAt(int index) {
        return LITTLE ? words[index] : Long.reverseBytes(words[index]);
    }

    void setWordAt(int index, long value) {
        words[index] = LITTLE ? value : Long.reverseBytes(value);
    }
}
