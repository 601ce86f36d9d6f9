package dev.trapgate.cli;

import dev.trapgate.Linux;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.SyscallException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a report is shown on.
 *
 * @param columns its width in characters
 * @param hasBlocks whether it can show block characters, and nobody asked for plain text
 */
public record Screen(int columns, boolean hasBlocks) {

    /** A file or a pipe. */
    public static final Screen PLAIN = new Screen(Integer.MAX_VALUE, false);

    private static final int STANDARD_OUTPUT = 1;
    private static final int LONGEST_BAR = 24;
    private static final int SHORTEST_BAR = 6;

    /** {@return what standard output is} */
    static Screen ofStandardOutput() {
        boolean isTerminal = ProgressLine.Device.of(STANDARD_OUTPUT) == ProgressLine.Device.TERMINAL;
        return isTerminal ? of(System.getenv(), System.getProperty("stdout.encoding", ""), width()) : PLAIN;
    }

    /**
     * Judges a terminal.
     *
     * @param environment the environment's variables; NO_COLOR, if it is not empty, asks for plain text
     * @param encoding in which standard output is written
     * @param columns the terminal's width
     * @return what can be shown on it
     */
    static Screen of(Map<String, String> environment, String encoding, int columns) {
        boolean isPlain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Screen(columns, !isPlain && encoding.equalsIgnoreCase(StandardCharsets.UTF_8.name()));
    }

    private static int width() {
        try (Linux linux = Linux.host()) {
            int columns = linux.terminal()
                    .windowSize(FileDescriptor.borrow(linux.kernel(), STANDARD_OUTPUT))
                    .columns();
            return columns > 0 ? columns : Integer.MAX_VALUE;
        } catch (SyscallException | GateUnavailableException unknown) {
            return Integer.MAX_VALUE;
        }
    }

    /**
     * Says how much room there is for bars at the end of lines.
     *
     * @param lines the lines without them
     * @return how many characters the longest bar may have; 0 if there is no room, or no bars can be shown
     */
    public int barWidth(List<String> lines) {
        int widest = lines.stream().mapToInt(String::length).max().orElse(0);
        int room = Math.min(LONGEST_BAR, columns - widest - 2);
        return hasBlocks && room >= SHORTEST_BAR ? room : 0;
    }
}
