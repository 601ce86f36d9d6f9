package dev.trapgate.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A process that gives a terminal its settings back when this one is gone without having done so, killed by SIGKILL for example:
 * a shell that waits for the end of a pipe of which this process has the other end.
 */
final class TerminalKeeper {

    private static final int FLAGS = 4;
    private static final int FIRST_CHARACTER = 17;
    private static final int CHARACTERS = 19;
    /** NCCS of glibc and musl, whose stty(1) wants so many. */
    private static final int NCCS = 32;

    private static final int BYTE = 0xff;
    /** From the background it may change the terminal only if SIGTTOU is ignored. */
    private static final String SCRIPT = "trap '' TTOU INT QUIT TSTP HUP TERM; read -r x; exec stty \"$1\" <&1";

    private final Process process;

    private TerminalKeeper(Process process) {
        this.process = process;
    }

    /**
     * {@return one for the standard input; empty if no process can be started}
     *
     * @param settings {@code struct termios} to be given back
     */
    static Optional<TerminalKeeper> start(byte[] settings) {
        List<String> command = List.of("/bin/sh", "-c", SCRIPT, "sh", text(settings));
        try {
            return Optional.of(new TerminalKeeper(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** {@return settings as {@code stty -g} prints them} */
    static String text(byte[] settings) {
        StringJoiner text = new StringJoiner(":");
        MemorySegment memory = MemorySegment.ofArray(settings);
        for (int i = 0; i < FLAGS; i++) {
            text.add(Integer.toHexString(memory.get(ValueLayout.JAVA_INT_UNALIGNED, (long) i * Integer.BYTES)));
        }
        for (int i = 0; i < NCCS; i++) {
            text.add(Integer.toHexString(i < CHARACTERS ? settings[FIRST_CHARACTER + i] & BYTE : 0));
        }
        return text.toString();
    }

    /** Ends it: the terminal has its settings back. */
    void dismiss() {
        process.destroyForcibly();
    }
}
