package dev.trapgate.emulator.linux.ipc;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the programs of a machine talk through: {@code struct ipc_namespace}, with the limits that Linux 6.18 begins with.
 */
public final class IpcNamespace {

    /** {@code kernel.msgmni}. */
    static final int MSGMNI = 32_000;
    /** {@code kernel.sem}, the last. */
    static final int SEMMNI = 32_000;
    /** {@code kernel.shmmni}. */
    static final int SHMMNI = 4096;

    private final IpcIds<MessageQueue> messageQueues = new IpcIds<>(MSGMNI);
    private final IpcIds<SemaphoreArray> semaphores = new IpcIds<>(SEMMNI);
    private final IpcIds<SharedSegment> segments = new IpcIds<>(SHMMNI);
    /** By process; guarded by the semaphores. */
    private final Map<Integer, SemaphoreUndo> undo = new HashMap<>();

    private final MqueueMount mqueues;

    /**
     * Makes an empty one.
     *
     * @param inodes the last number given to a file without a path
     */
    public IpcNamespace(AtomicLong inodes) {
        mqueues = new MqueueMount(inodes);
    }

    IpcIds<MessageQueue> messageQueues() {
        return messageQueues;
    }

    IpcIds<SemaphoreArray> semaphores() {
        return semaphores;
    }

    IpcIds<SharedSegment> segments() {
        return segments;
    }

    /** {@return what a process's threads, which share it, would undo at their end; the caller holds the semaphores} */
    SemaphoreUndo undo(int pid) {
        return undo.computeIfAbsent(pid, none -> new SemaphoreUndo());
    }

    /** {@return what all processes would undo; the caller holds the semaphores} */
    Collection<SemaphoreUndo> undos() {
        return undo.values();
    }

    /** {@return the POSIX message queues} */
    MqueueMount mqueues() {
        return mqueues;
    }

    /** Undoes what the program did to semaphores with SEM_UNDO: {@code exit_sem}, when its last thread ends. */
    public void exitSemaphores(int pid, long now) {
        synchronized (semaphores) {
            SemaphoreUndo own = undo.remove(pid);
            if (own != null) {
                own.apply(semaphores, pid, now);
            }
        }
    }
}
