package dev.trapgate.trace;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call that was made, as whoever traced it saw it.
 *
 * @param gate the gate that it went through
 * @param abi the ABI of its number and arguments
 * @param number its number there
 * @param arguments its six arguments as the kernel got them; pointers may point to other things by now
 * @param text the call with its arguments decoded when it had answered: <code>openat(AT_FDCWD, "/x", O_RDONLY)</code>
 * @param result the kernel's raw answer, −4095 to −1 for an error; empty if the call did not return, as exit(2) does not
 * @param duration how long the crossing took that made it; 0 if it did not return
 * @param batch how many calls that crossing made, 1 or more: {@code duration} is that of all of them together
 */
public record TracedCall(
        Gate gate,
        Abi abi,
        int number,
        List<Long> arguments,
        String text,
        OptionalLong result,
        Duration duration,
        int batch) {

    private static final double NANOSECONDS = 1e9;

    /** Copies the arguments. */
    public TracedCall {
        arguments = List.copyOf(arguments);
    }

    /** {@return the call; empty if the table knows none of that number} */
    public Optional<Syscall> call() {
        return Syscall.numbered(abi, number);
    }

    /** {@return the call's name, or {@code syscall_0x270f} for a number that has none} */
    public String name() {
        return text.substring(0, text.indexOf('('));
    }

    /** {@return the error that the kernel answered; empty if it answered none, or none that has a name} */
    public Optional<Errno> errno() {
        return result.isPresent() ? Errno.of(result.getAsLong()) : Optional.empty();
    }

    /** {@return the call and its answer, as strace(1) writes them: {@code close(7) = -1 EBADF (Bad file descriptor)}} */
    public String line() {
        return text + " = " + (result.isPresent() ? ResultText.of(name(), abi, result.getAsLong()) : "?");
    }

    /**
     * {@return the line and the seconds that the call took, as strace(1) writes them with -T} For a call of a batch the number
     * of calls stands behind the seconds: {@code <0.000021 for 16>}.
     */
    public String timedLine() {
        if (result.isEmpty()) {
            return line();
        }
        String seconds = String.format(Locale.ROOT, "%.6f", duration.toNanos() / NANOSECONDS);
        return line() + " <" + seconds + (batch == 1 ? "" : " for " + batch) + ">";
    }
}
