package dev.trapgate.host.vdso;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** An image's bytes by the virtual addresses that the image uses for them: little-endian, every access checked. */
final class ElfMemory {

    /** Longer names are taken for damage; the longest symbols of real C++ libraries are shorter. */
    private static final int LONGEST_NAME = 4096;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private final ElfClass elfClass;
    private final long start;

    /**
     * Places bytes in an image's address space.
     *
     * @param bytes the bytes
     * @param elfClass the width of the addresses
     * @param start the virtual address of the first byte, not relocated
     */
    ElfMemory(MemorySegment bytes, ElfClass elfClass, long start) {
        this.bytes = bytes;
        this.elfClass = elfClass;
        this.start = start;
    }

    ElfClass elfClass() {
        return elfClass;
    }

    int u8(long address) {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, offset(address, 1)));
    }

    int u16(long address) {
        return Short.toUnsignedInt(bytes.get(U16, offset(address, 2)));
    }

    long u32(long address) {
        return Integer.toUnsignedLong(bytes.get(U32, offset(address, 4)));
    }

    /** {@return the 32-bit or 64-bit word, as the class has it, at an address} */
    long word(long address) {
        return elfClass == ElfClass.ELF32 ? u32(address) : bytes.get(U64, offset(address, 8));
    }

    /**
     * Reads a string that ends with a zero byte.
     *
     * @param address of its first byte
     * @param limit how many bytes there are at most, the zero byte included
     */
    String string(long address, long limit) {
        long most = Math.min(limit, LONGEST_NAME);
        int length = 0;
        while (length < most && u8(address + length) != 0) {
            length++;
        }
        if (length == most) {
            throw new MalformedElfException("the name at " + hex(address) + " does not end");
        }
        byte[] name = new byte[length];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset(address, length), name, 0, length);
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Checks that a table lies inside the image. */
    void check(String what, long address, long count, long elementSize) {
        if (count < 0 || count > bytes.byteSize() / elementSize) {
            throw new MalformedElfException(
                    what + " has " + Long.toUnsignedString(count) + " elements, more than the image can hold");
        }
        offset(address, count * elementSize);
    }

    private long offset(long address, long size) {
        long offset = elfClass.wrap(address - start);
        if (offset < 0 || offset > bytes.byteSize() - size) {
            throw new MalformedElfException("it refers to " + size + " bytes at " + hex(elfClass.wrap(address))
                    + ", outside its " + bytes.byteSize() + " bytes from " + hex(start));
        }
        return offset;
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
