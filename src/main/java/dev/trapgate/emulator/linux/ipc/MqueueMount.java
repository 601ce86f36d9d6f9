package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.fs.PseudoSuperBlock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The POSIX message queues of a machine by name: the file system {@code mqueue} of ipc/mqueue.c, which nothing is mounted on.
 * Its monitor guards the names.
 */
final class MqueueMount {

    /** {@code fs.mqueue.queues_max}. */
    static final int QUEUES_MAX = 256;

    private static final long MQUEUE_MAGIC = 0x1980_0202;
    private static final int DEVICE = 19;

    private final PseudoSuperBlock superBlock;
    private final Map<String, Mqueue> names = new HashMap<>();
    private int queues;
    private long bytes;

    /** Makes it empty; its files are numbered on from the last number given out. */
    MqueueMount(AtomicLong inodes) {
        superBlock = new PseudoSuperBlock(DEVICE, MQUEUE_MAGIC, inodes);
    }

    @Nullable
    Mqueue find(String name) {
        return names.get(name);
    }

    void add(String name, Mqueue queue) {
        names.put(name, queue);
    }

    void remove(String name) {
        names.remove(name);
    }

    /** {@return how many queues there are, those without a name that are still open included} */
    int queues() {
        return queues;
    }

    /** {@return what all queues may take: it is held to RLIMIT_MSGQUEUE} */
    long bytes() {
        return bytes;
    }

    /** Counts a queue that takes so many bytes. */
    void account(long size) {
        queues++;
        bytes += size;
    }

    /** Forgets a queue that neither has a name nor is open. */
    synchronized void forget(long size) {
        queues--;
        bytes -= size;
    }

    PseudoSuperBlock superBlock() {
        return superBlock;
    }
}
