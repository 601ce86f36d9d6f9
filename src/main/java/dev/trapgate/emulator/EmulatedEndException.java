package dev.trapgate.emulator;

import dev.trapgate.emulator.linux.kernel.TaskEnd;

/**
 * Thrown by an emulated gate when the emulated thread ended in the call, as a real thread would have: it exited, or a
 * signal killed its program. There is no answer then.
 */
public final class EmulatedEndException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TaskEnd end;

    /**
     * Says how the thread ended.
     *
     * @param end how
     */
    EmulatedEndException(TaskEnd end) {
        super("the emulated thread " + end);
        this.end = end;
    }

    /** {@return how the thread ended} */
    public TaskEnd end() {
        return end;
    }
}
