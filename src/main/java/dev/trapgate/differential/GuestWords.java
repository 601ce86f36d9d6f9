package dev.trapgate.differential;

import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Reads what a scenario has in its memory, as the kernel will; nothing where it cannot. */
final class GuestWords {

    private static final long LOW_32 = 0xffff_ffffL;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private GuestWords() {}

    /** {@return the bytes of a range that lies in one block} */
    static Optional<MemorySegment> bytes(List<UserBuffer> memory, long address, long size) {
        for (UserBuffer block : memory) {
            long offset = address - block.address();
            if (offset >= 0 && offset + size <= block.segment().byteSize()) {
                return Optional.of(block.segment().asSlice(offset, size));
            }
        }
        return Optional.empty();
    }

    /** {@return four bytes as an unsigned number; the address is one of 32 bits if the number is} */
    static Optional<Long> read32(List<UserBuffer> memory, long address) {
        return bytes(memory, address, Integer.BYTES)
                .or(() -> bytes(memory, address & LOW_32, Integer.BYTES))
                .map(bytes -> bytes.get(INT, 0) & LOW_32);
    }

    /** {@return a number of 4 or 8 bytes, zero-extended} */
    static Optional<Long> read(List<UserBuffer> memory, long address, int size) {
        return size == Integer.BYTES
                ? read32(memory, address)
                : bytes(memory, address, size).map(bytes -> bytes.get(LONG, 0));
    }
}
