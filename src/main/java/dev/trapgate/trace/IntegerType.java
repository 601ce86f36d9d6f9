package dev.trapgate.trace;

import dev.trapgate.abi.Abi;
import java.util.Optional;

/**
 * A C integer type: how many of a register's bits count, and whether the highest of them is a sign.
 *
 * @param byteSize 1, 2, 4 or 8
 * @param sign how its highest bit counts
 */
public record IntegerType(int byteSize, Sign sign) {

    /** What the highest bit means. */
    public enum Sign {
        /** A sign. */
        SIGNED,
        /** A bit like the others. */
        UNSIGNED
    }

    /**
     * Looks a type up.
     *
     * @param type the type as the kernel's prototypes spell it, with or without {@code const}
     * @param abi whose {@code long} is meant
     * @return the type; empty if it is not an integer that is known here
     */
    public static Optional<IntegerType> of(String type, Abi abi) {
        return switch (type.replace("const ", "").strip()) {
            case "char", "s8" -> signed(1);
            case "unsigned char", "u8", "__u8" -> unsigned(1);
            case "short", "s16", "__s16" -> signed(2);
            case "unsigned short", "umode_t", "u16", "__u16", "old_uid_t", "old_gid_t", "compat_mode_t" -> unsigned(2);
            case "int", "pid_t", "key_t", "clockid_t", "timer_t", "mqd_t", "key_serial_t", "rwf_t", "s32", "__s32" ->
                signed(4);
            case "old_time32_t", "compat_int_t", "compat_long_t", "compat_off_t", "compat_pid_t", "compat_ssize_t" ->
                signed(4);
            case "unsigned", "unsigned int", "uid_t", "gid_t", "qid_t", "u32", "__u32" -> unsigned(4);
            case "compat_uint_t", "compat_ulong_t", "compat_size_t", "compat_aio_context_t" -> unsigned(4);
            case "long", "off_t", "__kernel_old_time_t", "time_t", "ptrdiff_t", "ssize_t" -> signed(abi.pointerSize());
            case "unsigned long", "size_t", "aio_context_t" -> unsigned(abi.pointerSize());
            case "loff_t", "s64", "__s64", "long long", "time64_t" -> signed(8);
            case "u64", "__u64", "unsigned long long" -> unsigned(8);
            default -> Optional.empty();
        };
    }

    /**
     * Takes a value of this type out of a register.
     *
     * @param register the register
     * @return the bits that count, sign- or zero-extended
     */
    public long narrowed(long register) {
        int unused = Long.SIZE - byteSize * Byte.SIZE;
        return sign == Sign.SIGNED ? register << unused >> unused : register << unused >>> unused;
    }

    /**
     * Writes a value in decimal.
     *
     * @param register the register that holds it
     * @return its digits; all bits set is {@code -1} in an unsigned type too, as it stands for "none" there
     */
    public String decimal(long register) {
        int unused = Long.SIZE - byteSize * Byte.SIZE;
        long signed = register << unused >> unused;
        return sign == Sign.SIGNED || signed == -1 ? Long.toString(signed) : Long.toUnsignedString(narrowed(register));
    }

    private static Optional<IntegerType> signed(int byteSize) {
        return Optional.of(new IntegerType(byteSize, Sign.SIGNED));
    }

    private static Optional<IntegerType> unsigned(int byteSize) {
        return Optional.of(new IntegerType(byteSize, Sign.UNSIGNED));
    }
}
