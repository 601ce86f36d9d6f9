package dev.trapgate.cli;

import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Syscall;
import dev.trapgate.notation.PlacedBuffer;
import dev.trapgate.trace.QuotedText;
import dev.trapgate.trace.StructureText;
import dev.trapgate.trace.StructureText.FieldValue;
import dev.trapgate.trace.WrittenBytes;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a call that succeeded left in the memory it was given, as lines for a person. */
final class WrittenMemory {

    private static final StructureText STRUCTURES = new StructureText(4096);

    private WrittenMemory() {}

    /**
     * Shows memory.
     *
     * @param call the call, if the table knows it: for some, the result says how many bytes were written
     * @param result its raw result, no error
     * @param buffers what it may have written to
     * @return the lines
     */
    static List<String> lines(Optional<Syscall> call, long result, List<PlacedBuffer> buffers) {
        OptionalInt measured = call.map(WrittenBytes::parameterOf).orElse(OptionalInt.empty());
        List<String> lines = new ArrayList<>();
        for (PlacedBuffer buffer : buffers) {
            boolean isMeasured = measured.isPresent() && measured.getAsInt() == buffer.parameter();
            lines.addAll(
                    buffer.structure().isPresent()
                            ? structures(buffer, buffer.structure().get())
                            : bytes(buffer, isMeasured ? result : Long.MAX_VALUE));
        }
        return lines;
    }

    private static List<String> bytes(PlacedBuffer buffer, long written) {
        long size = buffer.memory().segment().byteSize();
        byte[] bytes = bytes(buffer, 0, Math.min(written, size));
        List<String> lines = new ArrayList<>();
        String extent = written > size ? size + " bytes" : bytes.length + " of " + size + " bytes written";
        lines.add(buffer.label() + ", " + extent + ": " + QuotedText.of(withoutTrailingZeros(bytes), bytes.length));
        lines.addAll(HexDump.of(bytes));
        return lines;
    }

    private static List<String> structures(PlacedBuffer buffer, Structure structure) {
        List<String> lines = new ArrayList<>();
        long count = structure.size() == 0 ? 0 : buffer.memory().segment().byteSize() / structure.size();
        for (int i = 0; i < count; i++) {
            String label = count == 1 ? buffer.label() : buffer.label() + "[" + i + "]";
            byte[] bytes = bytes(buffer, i * structure.size(), structure.size());
            lines.addAll(structure(label, STRUCTURES.listed(structure, bytes)));
        }
        return lines;
    }

    private static List<String> structure(String label, List<FieldValue> values) {
        Columns columns = new Columns(Columns.Side.LEFT, Columns.Side.LEFT);
        for (FieldValue value : values) {
            String name = value.name().isEmpty() ? label : label + "." + value.name();
            columns.row(name, "= " + value.value());
        }
        return columns.lines();
    }

    private static byte[] bytes(PlacedBuffer buffer, long offset, long size) {
        return buffer.memory().segment().asSlice(offset, size).toArray(ValueLayout.JAVA_BYTE);
    }

    private static byte[] withoutTrailingZeros(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
