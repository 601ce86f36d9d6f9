package dev.trapgate.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** How far a long command is: one line that is written over on a terminal, a line for each change elsewhere. */
final class ProgressLine implements Consumer<String>, AutoCloseable {

    private static final String CLEAR = "\r\033[K";

    private final PrintWriter out;
    private final Device device;
    private String shown = "";

    /** What is being written to. */
    enum Device {
        /** Can write over a line. */
        TERMINAL,
        /** A file or a pipe. */
        STREAM;

        /** {@return what standard error is} */
        static Device ofStandardError() {
            try {
                String target =
                        Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
                boolean terminal = target.startsWith("/dev/pts/")
                        || target.startsWith("/dev/tty")
                        || target.equals("/dev/console");
                return terminal && !"dumb".equals(System.getenv("TERM")) ? TERMINAL : STREAM;
            } catch (IOException | UnsupportedOperationException unknown) {
                return STREAM;
            }
        }
    }

    ProgressLine(PrintWriter out, Device device) {
        this.out = out;
        this.device = device;
    }

    @Override
    public void accept(String line) {
        if (line.equals(shown)) {
            return;
        }
        shown = line;
        if (device == Device.TERMINAL) {
            out.print(CLEAR + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Takes the line off a terminal. */
    @Override
    public void close() {
        if (device == Device.TERMINAL && !shown.isEmpty()) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
