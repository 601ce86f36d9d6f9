package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.ArrayList;
import java.util.List;

/**
 * A task that waits on the queues of many files at once: {@code struct poll_wqueues} of fs/select.c. The files stay open
 * until it is closed.
 */
final class PollWait implements PollTable, AutoCloseable {

    private final Task current;
    private final WaitingTask waiter;
    private final List<WaitQueue> queues = new ArrayList<>();
    private final List<File> files = new ArrayList<>();
    private boolean complete;

    /**
     * Begins on no queue.
     *
     * @param current the calling task
     */
    PollWait(Task current) {
        this.current = current;
        waiter = new WaitingTask(current);
    }

    /** Joins a file's queue the first time round. */
    @Override
    public void pollWait(WaitQueue queue) {
        if (!complete) {
            queue.add(waiter, WaitQueue.Share.SHARED);
            queues.add(queue);
        }
    }

    /** Asks a file, and keeps it open while its queues are waited on. */
    int poll(File file) {
        if (!complete) {
            files.add(file.acquire());
        }
        return file.operations().poll(current, file, this);
    }

    /** Forgets wake-ups before another look at the files. */
    void prepare() {
        waiter.prepare();
    }

    /** Says that all queues are joined. */
    void complete() {
        complete = true;
    }

    /** Sleeps until a queue is woken, a time comes or a signal does. */
    void schedule(long deadline) {
        waiter.schedule(deadline);
    }

    @Override
    public void close() {
        queues.forEach(queue -> queue.remove(waiter));
        files.forEach(File::release);
    }
}
