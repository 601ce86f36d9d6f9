package dev.trapgate.emulator.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

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

    /** For each frame the first of the page entries that lead to it. */
    private final @Nullable PageEntry[] aliases;

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
        aliases = new @Nullable PageEntry[count];
    }

    /** {@return the frames' bytes} */
    public MemorySegment bytes() {
        return bytes;
    }

    /** {@return a word between x86's order of bytes and the host's, in either direction} */
    static long ordered(long word) {
        return LITTLE ? word : Long.reverseBytes(word);
    }

    /** A page table has this entry from now on. */
    synchronized void attach(PageEntry entry) {
        PageEntry first = aliases[entry.frame()];
        for (PageEntry alias = first; alias != null; alias = alias.nextAlias) {
            if (alias.code != null) {
                entry.ready = entry.rights & ~Paging.WRITE;
            }
        }
        entry.nextAlias = first;
        if (first != null) {
            first.previousAlias = entry;
        }
        aliases[entry.frame()] = entry;
    }

    /** A page table has this entry no more. */
    synchronized void detach(PageEntry entry) {
        entry.live = false;
        entry.ready = 0;
        forgetCode(entry);
        PageEntry previous = entry.previousAlias;
        PageEntry next = entry.nextAlias;
        if (previous == null) {
            aliases[entry.frame()] = next;
        } else {
            previous.nextAlias = next;
        }
        if (next != null) {
            next.previousAlias = previous;
        }
    }

    /** Code of a page is going to be kept: whoever writes to its frame must say so first. */
    synchronized CodePage keepCode(PageEntry entry) {
        CodePage code = entry.code;
        if (code == null) {
            code = new CodePage(twin(entry));
            if (!entry.live) {
                code.invalidate();
                return code;
            }
            entry.code = code;
            for (PageEntry alias = aliases[entry.frame()]; alias != null; alias = alias.nextAlias) {
                alias.ready &= ~Paging.WRITE;
            }
        }
        return code;
    }

    /** {@return what is kept of the frame at the same address of another space; null for nothing} */
    private @Nullable CodePage twin(PageEntry entry) {
        for (PageEntry alias = aliases[entry.frame()]; alias != null; alias = alias.nextAlias) {
            if (alias != entry && alias.number == entry.number && alias.code != null) {
                return alias.code;
            }
        }
        return null;
    }

    /** A frame is about to be written: what was decoded from it holds no more. */
    synchronized void writing(PageEntry entry) {
        for (PageEntry alias = aliases[entry.frame()]; alias != null; alias = alias.nextAlias) {
            forgetCode(alias);
            alias.ready = alias.rights;
        }
    }

    private static void forgetCode(PageEntry entry) {
        CodePage code = entry.code;
        if (code != null) {
            entry.code = null;
            code.invalidate();
        }
    }
}
