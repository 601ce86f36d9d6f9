package dev.trapgate.cli;

import dev.trapgate.Linux;
import dev.trapgate.event.PollEvents;
import dev.trapgate.event.PollRequest;
import dev.trapgate.io.Termios;
import dev.trapgate.io.WindowSize;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.SyscallException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a terminal of its own, a real pseudoterminal, that a test types to. */
final class TerminalSession implements AutoCloseable {

    private static final int STEP_MILLIS = 100;
    private static final long DEADLINE_SECONDS = 60;
    private static final String SCRIPT = "terminal=$1; shift; exec \"$@\" <>\"$terminal\" >&0 2>&0";

    private final Linux linux = Linux.host();
    private final FileDescriptor master = linux.terminal().openpt();
    private final FileDescriptor terminal = linux.terminal().openPeer(master);
    private final Process process;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private int seen;

    private TerminalSession(WindowSize size, List<String> command) throws IOException {
        linux.terminal().windowSize(master, size);
        String path = "/dev/pts/" + linux.terminal().ptsNumber(master);
        // What started this JVM in the background may have had it ignore the keys' signals, and a shell cannot undo
        // that. The
        // leader of a new session has the first terminal that it opens as its own.
        List<String> all =
                new ArrayList<>(List.of("env", "--default-signal=INT,QUIT", "setsid", "sh", "-c", SCRIPT, "sh", path));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("TERM", "dumb");
        builder.environment().put("PS1", "> ");
        this.process = builder.start();
    }

    static TerminalSession start(WindowSize size, List<String> command) throws IOException {
        return new TerminalSession(size, command);
    }

    /** Waits until something more is shown that has a text in it. */
    TerminalSession await(String text) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        int found = find(text);
        while (found < 0) {
            if (System.nanoTime() > end || !read()) {
                throw new AssertionError("waited for " + text + " and saw " + transcript());
            }
            found = find(text);
        }
        seen = found + text.length();
        return this;
    }

    private int find(String text) {
        return transcript().indexOf(text, seen);
    }

    /** Waits, and types. */
    TerminalSession answer(String prompt, String typed) {
        await(prompt);
        type(typed);
        return this;
    }

    void type(String typed) {
        linux.io().write(master, typed.getBytes(StandardCharsets.ISO_8859_1));
    }

    void resize(WindowSize size) {
        linux.terminal().windowSize(master, size);
    }

    /** {@return the settings that the terminal has now} */
    Termios settings() {
        return linux.terminal().termios(terminal);
    }

    /** {@return whether something came, or nothing yet; false once the program is gone and all was read} */
    private boolean read() {
        PollEvents ready = linux.event()
                .poll(List.of(new PollRequest(master, PollEvents.POLLIN)), STEP_MILLIS)
                .getFirst();
        if (!ready.has(PollEvents.POLLIN)) {
            return process.isAlive();
        }
        byte[] bytes = new byte[4096];
        try {
            int count = linux.io().read(master, bytes);
            shown.write(bytes, 0, count);
            return true;
        } catch (SyscallException hungUp) {
            return false;
        }
    }

    /** {@return the program's exit status, once it has ended and all that it showed was read} */
    int end() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (read()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it does not end, and showed " + transcript());
            }
        }
        return process.waitFor();
    }

    /** {@return its process} */
    Process process() {
        return process;
    }

    /** {@return all that was shown, a character a byte} */
    String transcript() {
        return shown.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        terminal.close();
        master.close();
        linux.close();
    }
}
