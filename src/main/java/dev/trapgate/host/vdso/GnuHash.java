package dev.trapgate.host.vdso;

import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * The table of {@code DT_GNU_HASH}: four 32-bit numbers, a Bloom filter of address-sized words, the buckets, and for
 * each symbol from the first hashed one on its hash, whose lowest bit marks the end of a chain instead.
 *
 * @see <a href="https://sourceware.org/legacy-ml/binutils/2006-10/msg00377.html">binutils, "GNU_HASH section format"</a>
 */
final class GnuHash implements SymbolHash {

    private final ElfMemory memory;
    private final long bucketCount;
    private final long firstSymbol;
    private final long filterWords;
    private final long filterShift;
    private final long filter;
    private final long buckets;
    private final long hashes;

    GnuHash(ElfMemory memory, long table) {
        this.memory = memory;
        this.bucketCount = memory.u32(table);
        this.firstSymbol = memory.u32(table + 4);
        this.filterWords = memory.u32(table + 8);
        this.filterShift = memory.u32(table + 12);
        this.filter = table + 16;
        int wordSize = memory.elfClass().wordSize();
        memory.check("DT_GNU_HASH's filter", filter, filterWords, wordSize);
        this.buckets = filter + filterWords * wordSize;
        memory.check("DT_GNU_HASH", buckets, bucketCount, 4);
        this.hashes = buckets + 4 * bucketCount;
        if (bucketCount == 0 || Long.bitCount(filterWords) != 1 || filterShift > 31) {
            throw new MalformedElfException("DT_GNU_HASH has " + bucketCount + " buckets, a filter of " + filterWords
                    + " words and a shift of " + filterShift
                    + "; expected 1 or more, a power of two, and at most 31");
        }
    }

    /** {@return the hash of a name: 32 bits} */
    static long hash(byte[] name) {
        int hash = 5381;
        for (byte character : name) {
            hash = hash * 33 + Byte.toUnsignedInt(character);
        }
        return Integer.toUnsignedLong(hash);
    }

    @Override
    public OptionalLong find(byte[] name, LongPredicate wanted) {
        long hash = hash(name);
        if (!mayContain(hash)) {
            return OptionalLong.empty();
        }
        long symbol = memory.u32(buckets + 4 * (hash % bucketCount));
        if (symbol == 0) {
            return OptionalLong.empty();
        }
        return walk(symbol, hash, wanted);
    }

    /** Two bits of the filter are set for each name that is there. */
    private boolean mayContain(long hash) {
        int wordSize = memory.elfClass().wordSize();
        int bits = 8 * wordSize;
        long word = memory.word(filter + wordSize * (hash / bits & filterWords - 1));
        return (word >>> hash % bits & word >>> (hash >>> filterShift) % bits & 1) != 0;
    }

    /** Symbols of a chain follow one another, so this ends: at a marked one, or where the image does. */
    private OptionalLong walk(long first, long hash, LongPredicate wanted) {
        for (long symbol = first; ; symbol++) {
            long found = hashOf(symbol);
            if ((found | 1) == (hash | 1) && wanted.test(symbol)) {
                return OptionalLong.of(symbol);
            }
            if ((found & 1) != 0) {
                return OptionalLong.empty();
            }
        }
    }

    private long hashOf(long symbol) {
        if (symbol < firstSymbol) {
            throw new MalformedElfException(
                    "a bucket of DT_GNU_HASH starts at symbol " + symbol + ", before the first, " + firstSymbol);
        }
        return memory.u32(hashes + 4 * (symbol - firstSymbol));
    }

    @Override
    public long symbolCount() {
        long last = 0;
        for (long bucket = 0; bucket < bucketCount; bucket++) {
            last = Math.max(last, memory.u32(buckets + 4 * bucket));
        }
        if (last == 0) {
            return firstSymbol;
        }
        while ((hashOf(last) & 1) == 0) {
            last++;
        }
        return last + 1;
    }
}
