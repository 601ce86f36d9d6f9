package dev.trapgate.differential;

import dev.trapgate.differential.Normalizations.Kind;
import dev.trapgate.trace.QuotedText;
import java.util.Arrays;
import java.util.StringJoiner;

/** Directory entries in words, without what is the file system's own. */
final class Entries {

    private static final int NAME_LIMIT = 255;

    private Entries() {}

    /**
     * Reads entries.
     *
     * @param side whose memory holds them
     * @param block in which block
     * @param offset where in the block
     * @param size their size in bytes
     * @param kind {@link Kind#DIRENTS64} or {@link Kind#DIRENTS}
     * @return names, types, lengths and which inode numbers are equal
     */
    static String words(SideView side, int block, int offset, int size, Kind kind) {
        int number = kind == Kind.DIRENTS64 ? Long.BYTES : side.abi().pointerSize();
        int lengthAt = 2 * number;
        int nameAt = lengthAt + Short.BYTES + (kind == Kind.DIRENTS64 ? 1 : 0);
        StringJoiner words = new StringJoiner("; ");
        int at = offset;
        while (at + nameAt < offset + size) {
            int length = (int) side.unsigned(block, at + lengthAt, Short.BYTES);
            if (length <= nameAt || at + length > offset + size) {
                return words.add("a broken entry of " + length + " bytes").toString();
            }
            byte[] rest = side.bytes(block, at + nameAt, length - nameAt);
            int end = 0;
            while (end < rest.length && rest[end] != 0) {
                end++;
            }
            int typeAt = kind == Kind.DIRENTS64 ? at + nameAt - 1 : at + length - 1;
            words.add(QuotedText.of(Arrays.copyOf(rest, end), NAME_LIMIT) + " type "
                    + side.unsigned(block, typeAt, 1) + " length " + length + " "
                    + side.identity("inode", side.unsigned(block, at, number)));
            at += length;
        }
        return words.toString();
    }
}
