package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.WaitQueue;

/** Who asks what a file can do, and wants to hear when that changes: {@code struct poll_table_struct}. */
@FunctionalInterface
public interface PollTable {

    /** Asks once and does not wait. */
    PollTable NO_WAIT = queue -> {};

    /**
     * Hears of a queue that is woken when what the file can do changes: {@code poll_wait}. A file with several queues
     * tells each; it does so before it looks at its state.
     */
    void pollWait(WaitQueue queue);
}
