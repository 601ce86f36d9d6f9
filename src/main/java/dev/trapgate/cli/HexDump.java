package dev.trapgate.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes in hexadecimal and as text beside it, sixteen to a line. */
final class HexDump {

    private static final int WIDTH = 16;

    private HexDump() {}

    /**
     * Writes bytes.
     *
     * @param bytes the bytes
     * @return the lines: offset, bytes, and printable ASCII between bars; a run of lines equal to the one before is
     *     {@code *}
     */
    static List<String> of(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        boolean isInRun = false;
        for (int offset = 0; offset < bytes.length; offset += WIDTH) {
            boolean repeats = offset + WIDTH < bytes.length && repeatsPrevious(bytes, offset);
            if (repeats && !isInRun) {
                lines.add("*");
            }
            if (!repeats) {
                lines.add(line(bytes, offset));
            }
            isInRun = repeats;
        }
        return lines;
    }

    private static boolean repeatsPrevious(byte[] bytes, int offset) {
        return offset >= WIDTH && Arrays.equals(bytes, offset, offset + WIDTH, bytes, offset - WIDTH, offset);
    }

    private static String line(byte[] bytes, int offset) {
        StringBuilder hexadecimal = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = offset; i < Math.min(offset + WIDTH, bytes.length); i++) {
            hexadecimal.append(i == offset + WIDTH / 2 ? "  " : " ").append(String.format("%02x", bytes[i]));
            text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
        }
        return String.format("%08x %-50s |%s|", offset, hexadecimal, text);
    }
}
