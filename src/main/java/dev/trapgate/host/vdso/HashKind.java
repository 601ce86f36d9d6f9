package dev.trapgate.host.vdso;

/** A form of the table by which a dynamic linker finds a symbol. */
public enum HashKind {
    /** {@code DT_HASH}, the System V table: chains through an array as long as the symbol table. */
    DT_HASH(4),
    /** {@code DT_GNU_HASH}: a Bloom filter, and symbols sorted by bucket. */
    DT_GNU_HASH(0x6fff_fef5L);

    private final long tag;

    HashKind(long tag) {
        this.tag = tag;
    }

    /** {@return the tag in the dynamic section} */
    long tag() {
        return tag;
    }
}
