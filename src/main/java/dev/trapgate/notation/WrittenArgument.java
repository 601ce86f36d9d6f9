package dev.trapgate.notation;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes arguments as {@link ArgumentParser} reads them. */
public final class WrittenArgument {

    /** A pattern shorter than that is readable as it is. */
    private static final int SHORT_PATTERN = 8;

    private WrittenArgument() {}

    /** {@return an argument's text, which stands in a list} */
    public static String of(CallArgument argument) {
        return switch (argument) {
            case CallArgument.Scalar scalar -> number(scalar.value());
            case CallArgument.Flags flags ->
                flags.terms().stream().map(WrittenArgument::term).collect(Collectors.joining("|"));
            case CallArgument.Input input -> bytes(input.content().toArray(ValueLayout.JAVA_BYTE));
            case CallArgument.Output output -> "@" + output.byteSize();
            case CallArgument.Edge edge -> edge(edge.memory());
            case CallArgument.Structured structured -> structured(structured);
            case CallArgument.Fields fields -> fields(fields);
            case CallArgument.Values values -> list(values.elements(), "[", "]");
        };
    }

    private static String number(long value) {
        boolean isRound = (value > 1 << 16 && Long.bitCount(value) <= 2) || value == Long.MIN_VALUE;
        return isRound ? "0x" + Long.toHexString(value) : Long.toString(value);
    }

    private static String term(CallArgument.Term term) {
        return switch (term) {
            case CallArgument.Term.Bits bits -> number(bits.value());
            case CallArgument.Term.Constant constant -> constant.name();
            case CallArgument.Term.Reference reference -> {
                String offset = reference.offset() < 0 ? "" + reference.offset() : "+" + reference.offset();
                yield "$" + reference.name() + reference.path() + (reference.offset() == 0 ? "" : offset);
            }
        };
    }

    private static String edge(CallArgument memory) {
        return memory instanceof CallArgument.Output output
                ? "edge(" + output.byteSize() + ")"
                : "edge(" + of(memory) + ")";
    }

    private static String structured(CallArgument.Structured structured) {
        List<CallArgument.Fields> elements = structured.elements();
        String name = "&" + structured.name();
        boolean isZero =
                elements.stream().allMatch(element -> element.initializers().isEmpty());
        if (elements.size() == 1) {
            return name + (isZero ? "" : fields(elements.getFirst()));
        }
        return name + (isZero ? "[" + elements.size() + "]" : list(elements, "[", "]"));
    }

    private static String fields(CallArgument.Fields fields) {
        return fields.initializers().stream()
                .map(initializer -> initializer.field() + "=" + of(initializer.value()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String list(List<? extends CallArgument> elements, String open, String close) {
        return elements.stream().map(WrittenArgument::of).collect(Collectors.joining(",", open, close));
    }

    private static String bytes(byte[] bytes) {
        if (bytes.length >= SHORT_PATTERN && Arrays.equals(bytes, ArgumentParser.pattern(bytes.length))) {
            return "@pattern:" + bytes.length;
        }
        boolean isString = bytes.length > 0 && bytes[bytes.length - 1] == 0;
        StringBuilder text = new StringBuilder(isString ? "\"" : "@\"");
        for (int i = 0; i < bytes.length - (isString ? 1 : 0); i++) {
            text.append(character(bytes[i]));
        }
        return text.append('"').toString();
    }

    private static String character(byte value) {
        return switch (value) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            case '"' -> "\\\"";
            default -> value >= ' ' && value <= '~' ? String.valueOf((char) value) : "\\x%02x".formatted(value & 0xff);
        };
    }
}
