package dev.trapgate.trace;

import dev.trapgate.abi.ConstantGroup;
import dev.trapgate.abi.ConstantGroups;
import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Structure.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A structure's fields as text, read from its bytes. */
public final class StructureText {

    /** Fields that hold a file's type beside its permissions. */
    private static final Set<String> FILE_MODES = Set.of("st_mode", "stx_mode");

    /** The constants that a structure's field is made of. */
    private static final Map<String, String> CONSTANT_GROUPS = Map.of(
            "pollfd.events", "poll_events",
            "pollfd.revents", "poll_events",
            "epoll_event.events", "epoll_events",
            "inotify_event.mask", "inotify_events");

    private final int stringLimit;

    /**
     * Decides how much of a text to show.
     *
     * @param stringLimit how many bytes of a text or of a run of bytes to show, 0 or more
     */
    public StructureText(int stringLimit) {
        this.stringLimit = stringLimit;
    }

    /**
     * One field and its value.
     *
     * @param name the field's name, after the names of the structures it lies in: {@code it_value.tv_sec}
     * @param value its value as text
     */
    public record FieldValue(String name, String value) {}

    /**
     * Writes a structure as strace does.
     *
     * @param structure its layout
     * @param bytes its content, from the first byte on; if they are fewer than its size, the rest is left out
     * @return the fields in braces: <code>{tv_sec=1, tv_nsec=0}</code>
     */
    public String braced(Structure structure, byte[] bytes) {
        String fields = structure.fields().stream()
                .filter(field -> isShown(field, bytes))
                .map(field -> field.name().isEmpty()
                        ? value(structure, field, bytes)
                        : field.name() + "=" + value(structure, field, bytes))
                .collect(Collectors.joining(", "));
        return "{" + fields + (bytes.length < structure.size() ? ", ..." : "") + "}";
    }

    /**
     * Lists a structure's fields, those of structures inside it too.
     *
     * @param structure its layout
     * @param bytes its content, from the first byte on; fields beyond the last byte are left out
     * @return each field that holds a value, in the order of their offsets
     */
    public List<FieldValue> listed(Structure structure, byte[] bytes) {
        List<FieldValue> values = new ArrayList<>();
        for (Field field : structure.fields()) {
            if (isShown(field, bytes)) {
                values.addAll(listed(structure, field, bytes));
            }
        }
        return values;
    }

    private List<FieldValue> listed(Structure structure, Field field, byte[] bytes) {
        if (field.nested().isEmpty()) {
            return List.of(new FieldValue(field.name(), value(structure, field, bytes)));
        }
        List<FieldValue> values = new ArrayList<>();
        for (int i = 0; i < field.count(); i++) {
            String prefix = field.count() == 1 ? field.name() : field.name() + "[" + i + "]";
            for (FieldValue inner : listed(field.nested().get(), element(field, i, bytes))) {
                values.add(
                        new FieldValue(prefix.isEmpty() ? inner.name() : prefix + "." + inner.name(), inner.value()));
            }
        }
        return values;
    }

    private String value(Structure structure, Field field, byte[] bytes) {
        return switch (field.format()) {
            case TEXT -> QuotedText.of(untilNul(element(field, bytes)), stringLimit);
            case BYTES -> QuotedText.of(element(field, bytes), stringLimit);
            default -> field.count() == 1 ? scalar(structure, field, 0, bytes) : elements(structure, field, bytes);
        };
    }

    private String elements(Structure structure, Field field, byte[] bytes) {
        return IntStream.range(0, field.count())
                .mapToObj(i -> scalar(structure, field, i, bytes))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String scalar(Structure structure, Field field, int index, byte[] bytes) {
        byte[] element = element(field, index, bytes);
        Optional<ConstantGroup> constants = constants(structure, field);
        if (constants.isPresent()) {
            return constants.get().render(LittleEndian.unsigned(element), structure.abi());
        }
        return switch (field.format()) {
            case SIGNED -> Long.toString(LittleEndian.signed(element));
            case UNSIGNED -> Long.toUnsignedString(LittleEndian.unsigned(element));
            case OCTAL -> mode(field, LittleEndian.unsigned(element));
            case HEX -> Numbers.hex(LittleEndian.unsigned(element));
            case POINTER -> Numbers.address(LittleEndian.unsigned(element));
            case STRUCTURE -> braced(field.nested().orElseThrow(), element);
            case TEXT, BYTES -> QuotedText.of(element, stringLimit);
        };
    }

    private static Optional<ConstantGroup> constants(Structure structure, Field field) {
        String group = CONSTANT_GROUPS.get(structure.name() + "." + field.name());
        return group == null ? Optional.empty() : ConstantGroups.named(group);
    }

    private static String mode(Field field, long value) {
        return FILE_MODES.contains(field.name()) ? FileMode.of(value) : FileMode.octal(value);
    }

    private static byte[] element(Field field, byte[] bytes) {
        int from = Math.toIntExact(field.offset());
        return Arrays.copyOfRange(bytes, from, from + field.elementSize() * field.count());
    }

    private static byte[] element(Field field, int index, byte[] bytes) {
        int from = Math.toIntExact(field.offset()) + index * field.elementSize();
        return Arrays.copyOfRange(bytes, from, from + field.elementSize());
    }

    private static boolean isShown(Field field, byte[] bytes) {
        return !field.isPadding()
                && !field.isFlexible()
                && field.offset() + (long) field.elementSize() * field.count() <= bytes.length;
    }

    private static byte[] untilNul(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOf(bytes, end);
    }
}
