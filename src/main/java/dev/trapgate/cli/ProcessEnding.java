package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.ConstantGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a child process ended.
 *
 * @param exitStatus what it exited with, or 128 and the number of the signal that ended it: a JVM that waits for a
 *     process is not told which
 * @param crash the signal that a JVM named before it gave up; empty if it did not crash
 */
record ProcessEnding(int exitStatus, Optional<String> crash) {

    private static final int SIGNALLED = 128;
    private static final int SIGNAL_LIMIT = 64;

    /** How a JVM's crash report begins: {@code #  SIGSEGV (0xb) at pc=0x…}. */
    private static final Pattern CRASH = Pattern.compile("^#\\s+(SIG[A-Z]+) \\(0x", Pattern.MULTILINE);

    /**
     * Reads how a child ended.
     *
     * @param exitStatus what {@link Process#exitValue} says
     * @param crashReport where it was to write its crash report
     * @return its ending
     * @throws IOException if there is a report that cannot be read
     */
    static ProcessEnding of(int exitStatus, Path crashReport) throws IOException {
        if (Files.notExists(crashReport)) {
            return new ProcessEnding(exitStatus, Optional.empty());
        }
        Matcher crash = CRASH.matcher(Files.readString(crashReport));
        return new ProcessEnding(exitStatus, crash.find() ? Optional.of(crash.group(1)) : Optional.empty());
    }

    /** {@return whether a signal ended it, or may have} */
    boolean isSignal() {
        return crash.isPresent() || (exitStatus > SIGNALLED && exitStatus <= SIGNALLED + SIGNAL_LIMIT);
    }

    /** {@return the ending as strace shows it} */
    String text() {
        if (isSignal()) {
            return "+++ the child was ended by " + crash.orElseGet(this::signal) + " +++";
        }
        return "+++ exited with " + exitStatus + " +++";
    }

    /** {@return the ending of a program that may exit with any status, a signal's too} */
    String textOfProgram() {
        return "+++ exited with " + exitStatus + (isSignal() ? ", or ended by " + signal() : "") + " +++";
    }

    private String signal() {
        int number = exitStatus - SIGNALLED;
        return ConstantGroups.forParameter("kill", "sig", Abi.X86_64)
                .map(group -> group.render(number, Abi.X86_64))
                .orElseGet(() -> "signal " + number);
    }
}
