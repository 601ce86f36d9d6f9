package dev.trapgate.differential.lockstep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What FXSAVE64 writes, compared: control, status and tag words, MXCSR, and the registers themselves. Where the last x87
 * instruction and its operand were is left out; processors differ in when they keep it (SDM vol. 1, 8.1.8; APM vol. 2, 11.4.4).
 */
final class FxImage {

    /** Its size in bytes. */
    static final int SIZE = 512;

    /** A part of it. */
    private record Field(String name, int offset, int size) {}

    private static final List<Field> FIELDS = fields();

    private FxImage() {}

    private static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("fcw", 0, 2));
        fields.add(new Field("fsw", 2, 2));
        fields.add(new Field("ftw", 4, 1));
        fields.add(new Field("mxcsr", 24, 4));
        for (int register = 0; register < 8; register++) {
            fields.add(new Field("st" + register, 32 + 16 * register, 10));
        }
        for (int register = 0; register < 16; register++) {
            fields.add(new Field("xmm" + register, 160 + 16 * register, 16));
        }
        return List.copyOf(fields);
    }

    /**
     * {@return the registers that differ, a line each; none if all are equal}
     *
     * @param real one image
     * @param emulated the other
     */
    static List<String> differences(MemorySegment real, MemorySegment emulated) {
        if (MemorySegment.mismatch(real, 0, SIZE, emulated, 0, SIZE) < 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (Field field : FIELDS) {
            int end = field.offset + field.size;
            if (MemorySegment.mismatch(real, field.offset, end, emulated, field.offset, end) >= 0) {
                lines.add(String.format(
                        "%-8s  real processor %s  interpreter %s", field.name, hex(real, field), hex(emulated, field)));
            }
        }
        return lines;
    }

    /** The highest byte first, as numbers are written. */
    private static String hex(MemorySegment image, Field field) {
        StringBuilder text = new StringBuilder("0x");
        for (int i = field.size - 1; i >= 0; i--) {
            text.append(HexFormat.of().toHexDigits(image.get(ValueLayout.JAVA_BYTE, field.offset + i)));
        }
        return text.toString();
    }
}
