package dev.trapgate.emulator.linux.kernel;

import org.jspecify.annotations.Nullable;

/**
 * How a task or process ended.
 *
 * @param status the exit status, 0 to 255, of one that exited
 * @param signal what killed it, or null if it exited
 */
public record TaskEnd(int status, @Nullable Signal signal) {

    private static final int SIGNALED = 128;

    /** {@return the end by {@code exit(2)}} */
    static TaskEnd exited(int status) {
        return new TaskEnd(status & 0xff, null);
    }

    /** {@return the end by a signal} */
    static TaskEnd killed(Signal signal) {
        return new TaskEnd(0, signal);
    }

    /** {@return what a shell reports: the exit status, or 128 plus the number of the signal that killed it} */
    public int shellStatus() {
        return signal == null ? status : SIGNALED + signal.number();
    }

    /** {@return for example {@code exited with status 42} or {@code killed by SIGSEGV (trap 13, error 0x40a)}} */
    @Override
    public String toString() {
        return signal == null ? "exited with status " + status : "killed by " + signal;
    }
}
