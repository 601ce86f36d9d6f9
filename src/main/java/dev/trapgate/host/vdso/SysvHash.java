package dev.trapgate.host.vdso;

import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * The table of {@code DT_HASH}: numbers of buckets and of chain links, then the buckets, then the links, all 32-bit.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html#hash">System V gABI, "Hash Table"</a>
 */
final class SysvHash implements SymbolHash {

    private final ElfMemory memory;
    private final long buckets;
    private final long bucketCount;
    private final long links;
    private final long linkCount;

    SysvHash(ElfMemory memory, long table) {
        this.memory = memory;
        this.bucketCount = memory.u32(table);
        this.linkCount = memory.u32(table + 4);
        this.buckets = table + 8;
        this.links = buckets + 4 * bucketCount;
        memory.check("DT_HASH", table, 2 + bucketCount + linkCount, 4);
        if (bucketCount == 0) {
            throw new MalformedElfException("DT_HASH has no bucket");
        }
    }

    /** {@return the hash of a name: 28 bits} */
    static long hash(byte[] name) {
        int hash = 0;
        for (byte character : name) {
            hash = (hash << 4) + Byte.toUnsignedInt(character);
            hash ^= (hash >>> 24) & 0xf0;
            hash &= 0x0fff_ffff;
        }
        return hash;
    }

    @Override
    public OptionalLong find(byte[] name, LongPredicate wanted) {
        long symbol = memory.u32(buckets + 4 * (hash(name) % bucketCount));
        for (long steps = 0; symbol != 0; steps++) {
            if (symbol >= linkCount || steps >= linkCount) {
                throw new MalformedElfException("a chain of DT_HASH does not end in the table");
            }
            if (wanted.test(symbol)) {
                return OptionalLong.of(symbol);
            }
            symbol = memory.u32(links + 4 * symbol);
        }
        return OptionalLong.empty();
    }

    @Override
    public long symbolCount() {
        return linkCount;
    }
}
