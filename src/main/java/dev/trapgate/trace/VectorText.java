package dev.trapgate.trace;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The pieces of memory that {@code readv(2)} and its kin are given, with what the call read or wrote there.
 *
 * @param memory what may be read
 * @param abi how wide an iovec's two words are
 * @param stringLimit how many bytes of a piece to show
 */
record VectorText(MemoryView memory, Abi abi, int stringLimit) {

    /** Calls that take the pieces' bytes, whether they succeed or not. */
    private static final Set<String> WRITERS = Set.of("writev", "pwritev", "pwritev2", "vmsplice");

    /** Calls whose result says how many bytes the kernel put into the pieces, the first ones first. */
    private static final Set<String> READERS = Set.of("readv", "preadv", "preadv2");

    /**
     * Writes an array of iovecs.
     *
     * @param address where it is
     * @param count how many there are, as far as they are to be written
     * @param content how many of the bytes that they point to mean something
     * @return for example <code>[{iov_base="abc", iov_len=3}]</code>, up to the first iovec that cannot be read
     */
    String text(long address, int count, long content) {
        int word = abi.pointerSize();
        List<String> pieces = new ArrayList<>();
        long left = content;
        for (int i = 0; i < count; i++) {
            byte[] base = memory.read(address + 2L * i * word, word);
            byte[] length = memory.read(address + (2L * i + 1) * word, word);
            if (base.length < word || length.length < word) {
                break;
            }
            long size = LittleEndian.unsigned(length);
            long shown = Math.clamp(left, 0, Math.max(0, size));
            pieces.add("{iov_base=" + piece(LittleEndian.unsigned(base), shown) + ", iov_len="
                    + Long.toUnsignedString(size) + "}");
            left -= shown;
        }
        return "[" + String.join(", ", pieces) + "]";
    }

    private String piece(long address, long size) {
        int wanted = (int) Math.min(size, stringLimit + 1L);
        byte[] bytes = address == 0 ? new byte[0] : memory.read(address, wanted);
        return wanted == 0 || bytes.length < wanted ? Numbers.address(address) : QuotedText.of(bytes, stringLimit);
    }

    /** {@return how many bytes a call's pieces hold that are worth showing} */
    static long content(Syscall call, OptionalLong result) {
        if (WRITERS.contains(call.callName())) {
            return Long.MAX_VALUE;
        }
        boolean read = READERS.contains(call.callName()) && result.isPresent() && !Errno.isError(result.getAsLong());
        return read ? result.getAsLong() : 0;
    }
}
