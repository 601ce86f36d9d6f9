package dev.trapgate.abi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Constants that one kind of argument is made of, for example the flags of {@code open(2)}.
 *
 * @param name the group's name in {@code constant-groups.tsv}, for example {@code open}
 * @param kind how values are put together
 * @param field the part of the value that holds one of several values, present with {@link Kind#FLAGS_WITH_FIELD} and
 *     {@link Kind#MODE} only
 * @param constants in the order in which they are printed; of several names for one value the first is
 */
public record ConstantGroup(String name, Kind kind, Optional<Field> field, List<Constant> constants) {

    /** Above this, and at the same distance below 0, numbers without a name are written in hexadecimal. */
    private static final long LARGEST_DECIMAL = 0xffff;

    /** Keeps its own copy of the constants. */
    public ConstantGroup {
        constants = List.copyOf(constants);
    }

    /** How values are put together. */
    public enum Kind {
        /** Bits, joined by {@code |}. */
        FLAGS,
        /** One of several. */
        VALUES,
        /** Bits beside a field that holds one of several values. */
        FLAGS_WITH_FIELD,
        /** A file mode: the file's type by name, the rest in octal. */
        MODE,
        /** Names for expressions only: their values overlap or mean different things, so numbers stay numbers. */
        NAMES
    }

    /** Where a field's value is printed. */
    public enum Position {
        /** Before the flags, as in {@code O_WRONLY|O_CREAT}. */
        BEFORE,
        /** After the flags, as in {@code CLONE_VM|SIGCHLD}. */
        AFTER
    }

    /**
     * The part of a value that holds one of several values.
     *
     * @param mask its bits
     * @param position where it is printed
     * @param radix how a value without a name is written: 8, 10 or 16
     * @param values the constants it may hold
     */
    public record Field(long mask, Position position, int radix, List<Constant> values) {

        /** Keeps its own copy of the values. */
        public Field {
            values = List.copyOf(values);
        }
    }

    /**
     * {@return the value as {@code strace} writes it}
     *
     * <p>{@code O_WRONLY|O_CREAT|O_CLOEXEC} for flags, what has no name in hexadecimal at the end ({@code O_RDONLY|0x40000000});
     * no bits as the name for zero, {@code PROT_NONE}, or {@code 0}; a mode as {@code S_IFREG|0644}; a value that has no name as
     * the number.
     *
     * @param value the argument; a 32-bit one may be sign-extended or zero-extended
     * @param abi whose constants
     */
    public String render(long value, Abi abi) {
        return switch (kind) {
            case NAMES -> number(value);
            case VALUES -> name(constants, value, abi).orElseGet(() -> number(value));
            case MODE -> mode(bits(value), abi);
            case FLAGS -> value == 0 ? zero(abi) : flags(bits(value), abi);
            case FLAGS_WITH_FIELD -> flags(bits(value), abi);
        };
    }

    private String zero(Abi abi) {
        return firstName(constants, 0, abi).orElse("0");
    }

    private static Optional<String> name(List<Constant> constants, long value, Abi abi) {
        Optional<String> exact = firstName(constants, value, abi);
        boolean narrow = value == (int) value || value >>> Integer.SIZE == 0;
        return exact.isPresent() || !narrow ? exact : firstName(constants, otherExtension(value), abi);
    }

    private static Optional<String> firstName(List<Constant> constants, long value, Abi abi) {
        return constants.stream()
                .filter(constant -> constant.value(abi).equals(OptionalLong.of(value)))
                .map(Constant::name)
                .findFirst();
    }

    private static long otherExtension(long value) {
        return value < 0 ? bits(value) : (int) value;
    }

    /** What a sign-extended 32-bit argument, or constant, holds. */
    private static long bits(long value) {
        return value < 0 && value == (int) value ? Integer.toUnsignedLong((int) value) : value;
    }

    private String mode(long value, Abi abi) {
        Field type = field.orElseThrow();
        long permissions = value & ~type.mask();
        String octal = number(permissions, 8);
        return permissions == value ? octal : fieldText(type, value, abi) + '|' + octal;
    }

    private String flags(long value, Abi abi) {
        List<String> parts = new ArrayList<>(flagNames(value & ~fieldMask(), abi));
        field.ifPresent(part -> {
            String text = fieldText(part, value, abi);
            if (!text.equals("0")) {
                parts.add(part.position() == Position.BEFORE ? 0 : parts.size(), text);
            }
        });
        return parts.isEmpty() ? "0" : String.join("|", parts);
    }

    private long fieldMask() {
        return field.map(Field::mask).orElse(0L);
    }

    private static String fieldText(Field part, long value, Abi abi) {
        long held = value & part.mask();
        return firstName(part.values(), held, abi).orElseGet(() -> number(held, part.radix()));
    }

    /** Names for the bits, constants of several bits before those of one, printed in the group's order. */
    private List<String> flagNames(long value, Abi abi) {
        Set<Constant> found = new LinkedHashSet<>();
        long rest = value;
        for (Constant constant : constantsByBits(abi)) {
            long bits = bits(constant.value(abi).orElseThrow());
            if (bits != 0 && (rest & bits) == bits) {
                found.add(constant);
                rest &= ~bits;
            }
        }
        List<String> names = new ArrayList<>(
                constants.stream().filter(found::contains).map(Constant::name).toList());
        if (rest != 0) {
            names.add("0x" + Long.toHexString(rest));
        }
        return names;
    }

    private List<Constant> constantsByBits(Abi abi) {
        return constants.stream()
                .filter(constant -> constant.value(abi).isPresent())
                .sorted(Comparator.comparingInt((Constant constant) ->
                                Long.bitCount(bits(constant.value(abi).orElseThrow())))
                        .reversed())
                .toList();
    }

    private static String number(long value, int radix) {
        return switch (value == 0 ? 10 : radix) {
            case 8 -> '0' + Long.toOctalString(value);
            case 16 -> "0x" + Long.toHexString(value);
            default -> Long.toString(value);
        };
    }

    private static String number(long value) {
        boolean decimal = value >= -LARGEST_DECIMAL && value <= LARGEST_DECIMAL;
        return decimal ? Long.toString(value) : "0x" + Long.toHexString(value);
    }
}
