package dev.trapgate.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** How far a long command is: one line that is written over on a terminal, a line now and then elsewhere. */
final class ProgressLine implements Consumer<String>, AutoCloseable {

    private static final String CLEAR = "\r\033[K";

    /** A file or a pipe need not hear of everything. */
    static final long STREAM_PAUSE_NANOS = 10_000_000_000L;

    private final PrintWriter out;
    private final Device device;
    private final LongSupplier nanoTime;
    private String shown = "";
    private long shownAt;

    /** What is being written to. */
    enum Device {
        /** Can write over a line. */
        TERMINAL,
        /** A file or a pipe. */
        STREAM;

        private static final int STANDARD_ERROR = 2;

        /** {@return what standard error is} */
        static Device ofStandardError() {
            return of(STANDARD_ERROR);
        }

        /** {@return what a descriptor of this process is} */
        static Device of(int descriptor) {
            try {
                String target = Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(descriptor)))
                        .toString();
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
        this(out, device, System::nanoTime);
    }

    ProgressLine(PrintWriter out, Device device, LongSupplier nanoTime) {
        this.out = out;
        this.device = device;
        this.nanoTime = nanoTime;
    }

    @Override
    public void accept(String line) {
        long now = nanoTime.getAsLong();
        boolean first = shown.isEmpty();
        if (device == Device.TERMINAL) {
            out.print(CLEAR + line);
        } else if (first || now - shownAt >= STREAM_PAUSE_NANOS) {
            out.println(line);
            shownAt = now;
        }
        shown = line;
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
