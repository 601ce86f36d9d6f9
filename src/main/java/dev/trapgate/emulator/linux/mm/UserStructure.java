package dev.trapgate.emulator.linux.mm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A structure of C on its way between the kernel and a program: bytes, little-endian, read and written by offset. */
public final class UserStructure {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;

    /**
     * Makes a structure of zeros.
     *
     * @param size its size in bytes
     */
    public UserStructure(int size) {
        this(MemorySegment.ofArray(new byte[size]));
    }

    private UserStructure(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies a structure from a program: {@code copy_from_user}.
     *
     * @param uaccess the way to the program's memory
     * @param address where it is
     * @param size its size in bytes
     * @return the structure; null, for EFAULT, if not all of it can be read
     */
    public static @Nullable UserStructure from(Uaccess uaccess, long address, int size) {
        UserStructure copy = new UserStructure(size);
        return uaccess.copyFromUser(copy.bytes, address, size) == 0 ? copy : null;
    }

    /**
     * Copies this structure to a program: {@code copy_to_user}.
     *
     * @param uaccess the way to the program's memory
     * @param address where it goes
     * @return whether all of it could be written
     */
    public boolean to(Uaccess uaccess, long address) {
        return to(uaccess, address, 0, (int) bytes.byteSize());
    }

    /**
     * Copies a part of this structure to the same part of a program's.
     *
     * @param uaccess the way to the program's memory
     * @param address where the whole structure is
     * @param from the part's first byte
     * @param end the byte after its last
     * @return whether all of the part could be written
     */
    public boolean to(Uaccess uaccess, long address, int from, int end) {
        return uaccess.copyToUser(address + from, bytes.asSlice(from, (long) end - from), (long) end - from) == 0;
    }

    /** {@return its bytes} */
    public MemorySegment bytes() {
        return bytes;
    }

    /** {@return a part of it, as a structure of its own over the same bytes} */
    public UserStructure at(int offset, int size) {
        return new UserStructure(bytes.asSlice(offset, size));
    }

    /** {@return the 16 bits at an offset, zero-extended} */
    public int get16(int offset) {
        return bytes.get(SHORT, offset) & 0xffff;
    }

    /** {@return the 32 bits at an offset} */
    public int get32(int offset) {
        return bytes.get(INT, offset);
    }

    /** {@return the 32 bits at an offset, zero-extended} */
    public long getUnsigned32(int offset) {
        return bytes.get(INT, offset) & 0xffff_ffffL;
    }

    /** {@return the 64 bits at an offset} */
    public long get64(int offset) {
        return bytes.get(LONG, offset);
    }

    /** Writes 16 bits at an offset. */
    public void set16(int offset, int value) {
        bytes.set(SHORT, offset, (short) value);
    }

    /** Writes 32 bits at an offset; what is above them is dropped. */
    public void set32(int offset, long value) {
        bytes.set(INT, offset, (int) value);
    }

    /** Writes 64 bits at an offset. */
    public void set64(int offset, long value) {
        bytes.set(LONG, offset, value);
    }

    /** Writes an address, a size or another long of C: 32 or 64 bits. */
    public void setWord(int offset, long value, int width) {
        if (width == Long.BYTES) {
            set64(offset, value);
        } else {
            set32(offset, value);
        }
    }

    /** {@return an address, a size or another unsigned long of C: 32 or 64 bits} */
    public long getWord(int offset, int width) {
        return width == Long.BYTES ? get64(offset) : getUnsigned32(offset);
    }
}
