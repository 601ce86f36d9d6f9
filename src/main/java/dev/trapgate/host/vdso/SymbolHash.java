package dev.trapgate.host.vdso;

import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** A hash table over an image's symbols. */
sealed interface SymbolHash permits SysvHash, GnuHash {

    /**
     * Walks the chain that a name hashes to.
     *
     * @param name the symbol's name in bytes, without a final zero
     * @param wanted says whether the symbol of an index is the one; asked only about candidates
     * @return the index of the first symbol that is wanted
     */
    OptionalLong find(byte[] name, LongPredicate wanted);

    /** {@return how many symbols there are, the empty one at index 0 included} */
    long symbolCount();
}
