package dev.trapgate.emulator;

import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.entry.ThreadEndedException;

/** A {@link ThreadEndedException} that knows the end as the emulated kernel does. */
public final class EmulatedEndException extends ThreadEndedException {

    private static final long serialVersionUID = 1L;

    private final transient TaskEnd end;

    /**
     * Says how the thread ended.
     *
     * @param end how
     */
    EmulatedEndException(TaskEnd end) {
        super("the emulated thread " + end, end.shellStatus());
        this.end = end;
    }

    /** {@return how the thread ended} */
    public TaskEnd end() {
        return end;
    }
}
