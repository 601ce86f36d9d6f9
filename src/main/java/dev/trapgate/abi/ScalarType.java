package dev.trapgate.abi;

import java.util.Map;
import java.util.Optional;

/**
 * The size, alignment and sign of C's integer types.
 *
 * @param size in bytes; 0 for the size of the ABI's {@code long}
 * @param signed whether it is two's complement
 * @param natural whether it is 8-aligned even where the ABI aligns 64-bit integers to 4
 */
record ScalarType(int size, boolean signed, boolean natural) {

    private static final int SIZE_OF_LONG = 0;

    private static final Map<String, ScalarType> TYPES = Map.ofEntries(
            Map.entry("char", signed(1)),
            Map.entry("unsigned char", unsigned(1)),
            Map.entry("short", signed(2)),
            Map.entry("unsigned short", unsigned(2)),
            Map.entry("int", signed(4)),
            Map.entry("unsigned int", unsigned(4)),
            Map.entry("long", signed(SIZE_OF_LONG)),
            Map.entry("unsigned long", unsigned(SIZE_OF_LONG)),
            Map.entry("size_t", unsigned(SIZE_OF_LONG)),
            Map.entry("long long", signed(8)),
            Map.entry("unsigned long long", unsigned(8)),
            Map.entry("s16", signed(2)),
            Map.entry("s32", signed(4)),
            Map.entry("s64", signed(8)),
            Map.entry("u8", unsigned(1)),
            Map.entry("u16", unsigned(2)),
            Map.entry("u32", unsigned(4)),
            Map.entry("u64", unsigned(8)),
            Map.entry("aligned_u64", new ScalarType(8, false, true)));

    private static ScalarType signed(int size) {
        return new ScalarType(size, true, false);
    }

    private static ScalarType unsigned(int size) {
        return new ScalarType(size, false, false);
    }

    /** {@return the type of that name, if it is one} */
    static Optional<ScalarType> named(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }

    /** {@return its size in bytes in that ABI} */
    int size(Abi abi) {
        return size == SIZE_OF_LONG ? abi.pointerSize() : size;
    }

    /** {@return its alignment in bytes inside a structure of that ABI} */
    int alignment(Abi abi) {
        return natural ? size : Math.min(size(abi), abi.longAlignment());
    }
}
