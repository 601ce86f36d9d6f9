package dev.trapgate.host.vdso;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the kernel tells a program when it starts: pairs of a type and a value, above the environment on its stack.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/getauxval.3.html">getauxval(3)</a>
 */
public final class AuxiliaryVector {

    private static final long AT_NULL = 0;
    private static final long AT_IGNORE = 1;

    private final Map<Long, Long> values;

    AuxiliaryVector(Map<Long, Long> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Reads a 64-bit process's vector, up to {@code AT_NULL}.
     *
     * @param bytes pairs of 64-bit words, little-endian
     * @return the vector
     * @throws IllegalArgumentException if the bytes end without {@code AT_NULL}
     */
    public static AuxiliaryVector parse(byte[] bytes) {
        return parse(ElfClass.ELF64, bytes);
    }

    /**
     * Reads a process's vector, up to {@code AT_NULL}.
     *
     * @param elfClass whether it is a 32- or a 64-bit process
     * @param bytes pairs of words as wide as that, little-endian
     * @return the vector
     * @throws IllegalArgumentException if the bytes end without {@code AT_NULL}
     */
    public static AuxiliaryVector parse(ElfClass elfClass, byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Map<Long, Long> values = new LinkedHashMap<>();
        while (words.remaining() >= 2 * elfClass.wordSize()) {
            long type = word(elfClass, words);
            long value = word(elfClass, words);
            if (type == AT_NULL) {
                return new AuxiliaryVector(values);
            }
            if (type != AT_IGNORE) {
                values.putIfAbsent(type, value);
            }
        }
        throw new IllegalArgumentException(
                bytes.length + " bytes without the pair AT_NULL that ends an auxiliary vector");
    }

    private static long word(ElfClass elfClass, ByteBuffer words) {
        return elfClass == ElfClass.ELF64 ? words.getLong() : Integer.toUnsignedLong(words.getInt());
    }

    /**
     * Reads this process's vector from the first source that has it, in the order of {@link AuxiliarySource}.
     *
     * @return the vector; empty if every source refuses
     */
    public static AuxiliaryVector ofThisProcess() {
        return AuxiliaryReading.all().stream()
                .filter(AuxiliaryReading::isMade)
                .map(AuxiliaryReading::vector)
                .findFirst()
                .orElseGet(() -> new AuxiliaryVector(Map.of()));
    }

    /**
     * Looks up an entry.
     *
     * @param type its type
     * @return its value; empty if there is no such entry
     */
    public OptionalLong value(AuxiliaryType type) {
        return value(type.number());
    }

    OptionalLong value(long type) {
        Long value = values.get(type);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** {@return the values by the numbers of their types, in the vector's order, {@code AT_NULL} left out} */
    public Map<Long, Long> values() {
        return values;
    }
}
