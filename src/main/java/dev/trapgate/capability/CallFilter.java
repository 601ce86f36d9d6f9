package dev.trapgate.capability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a seccomp filter stands between a thread and the kernel.
 *
 * @param isOn whether one does, or may: where it is not known, it is taken to
 * @param description what is known, for a person
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5), Seccomp</a>
 */
record CallFilter(boolean isOn, String description) {

    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String FIELD = "Seccomp:";

    /** {@return the calling thread's} */
    static CallFilter ofThisThread() {
        try {
            Optional<String> mode = Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(FIELD))
                    .map(line -> line.substring(FIELD.length()).strip())
                    .findFirst();
            return of(mode.orElse("0")); // a kernel without seccomp has no such line
        } catch (IOException masked) {
            return new CallFilter(true, "whether a seccomp filter is on is not known: " + STATUS + " cannot be read");
        }
    }

    private static CallFilter of(String mode) {
        return mode.equals("0")
                ? new CallFilter(false, "no seccomp filter")
                : new CallFilter(true, "a seccomp filter is on (mode " + mode + " of " + STATUS + ")");
    }
}
