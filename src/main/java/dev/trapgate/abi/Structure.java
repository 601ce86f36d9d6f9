package dev.trapgate.abi;

import java.util.List;
import java.util.Optional;

/**
 * The layout of a C structure that a system call reads or writes, in one ABI.
 *
 * <p>Offsets are in bytes from the structure's start; integers are little-endian in every ABI Trapgate knows. The fields
 * of an anonymous union or structure appear among those of the structure around it, so fields may overlap.
 *
 * @param name the kernel's name without {@code struct}, for example {@code new_utsname}
 * @param abi whose layout this is
 * @param size what {@code sizeof} says, in bytes, padding at the end included, a flexible array left out
 * @param alignment what {@code _Alignof} says, in bytes: a power of two
 * @param fields in the order of their declaration
 * @see Structures
 */
public record Structure(String name, Abi abi, long size, long alignment, List<Field> fields) {

    /** Keeps its own copy of the fields. */
    public Structure {
        fields = List.copyOf(fields);
    }

    /**
     * {@return the field of that name, if the structure has one}
     *
     * @param fieldName its name in C
     */
    public Optional<Field> field(String fieldName) {
        return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
    }

    /** How people read a field's bytes. */
    public enum Format {
        /** A two's complement integer, in decimal. */
        SIGNED,
        /** An unsigned integer, in decimal. */
        UNSIGNED,
        /** A file mode. */
        OCTAL,
        /** Flags, a mask, or an address kept in an integer. */
        HEX,
        /** An address of the ABI's pointer size. */
        POINTER,
        /** Characters up to the first NUL or the array's end. */
        TEXT,
        /** Bytes that are no integer and no text. */
        BYTES,
        /** A structure of its own: {@link Field#nested()}. */
        STRUCTURE
    }

    /**
     * One field, or one array of equal elements.
     *
     * @param name the field's name in C
     * @param type the C type of one element, for example {@code unsigned long}, {@code struct timespec} or {@code void *}
     * @param offset bytes from the start of the structure
     * @param format how to read an element; {@code TEXT} and {@code BYTES} say how to read the whole array
     * @param elementSize bytes of one element
     * @param count elements: 1 for a field that is no array, 0 for a flexible array, which reaches to the buffer's end
     * @param nested the layout of an element, present exactly when the format is {@code STRUCTURE}
     */
    public record Field(
            String name,
            String type,
            long offset,
            Format format,
            int elementSize,
            int count,
            Optional<Structure> nested) {

        /** {@return the bytes of all elements; 0 for a flexible array} */
        public long size() {
            return (long) elementSize * count;
        }

        /** {@return whether the field reaches from its offset to the end of the buffer} */
        public boolean isFlexible() {
            return count == 0;
        }

        /**
         * {@return whether the field holds nothing for people, by the kernel's habit of naming such fields}
         *
         * <p>That is: a name that starts with two underscores, or one that says it is padding, spare, unused or reserved.
         */
        public boolean isPadding() {
            return name.startsWith("__") || Padding.NAME.matcher(name).matches();
        }
    }
}
