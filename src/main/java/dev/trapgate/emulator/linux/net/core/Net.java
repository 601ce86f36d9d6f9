package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.fs.PseudoSuperBlock;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A machine's network, private to it: {@code struct net}. One lock guards all sockets of it, in place of the kernel's lock
 * a socket, so that two sockets are never locked in the wrong order. Nobody sleeps with it.
 */
public final class Net {

    private final PseudoSuperBlock place;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> deferred = new ArrayDeque<>();
    private final Map<Class<?>, Object> tables = new HashMap<>();

    /**
     * Makes a network without sockets.
     *
     * @param place the file system that its sockets are files of
     */
    public Net(PseudoSuperBlock place) {
        this.place = place;
    }

    /** {@return the file system that its sockets are files of} */
    public PseudoSuperBlock place() {
        return place;
    }

    /** {@return what a protocol keeps here, made when it is first asked for: {@code net_generic}; locked} */
    public <T> T table(Class<T> type, Supplier<T> maker) {
        return type.cast(tables.computeIfAbsent(type, absent -> maker.get()));
    }

    /** Locks the network, does something, and unlocks it. {@return what that answers} */
    public long locked(LongSupplier body) {
        lock();
        try {
            return body.getAsLong();
        } finally {
            unlock();
        }
    }

    /** Locks the network. */
    public void lock() {
        lock.lock();
    }

    /** Unlocks it, and with the last unlocking does what was put off. */
    public void unlock() {
        while (lock.getHoldCount() == 1 && !deferred.isEmpty()) {
            runDeferred(deferred.remove());
        }
        lock.unlock();
    }

    /** Files end with locks of their own: the network is not locked meanwhile. */
    private void runDeferred(Runnable task) {
        lock.unlock();
        try {
            task.run();
        } finally {
            lock.lock();
        }
    }

    /** Puts something off until the network is unlocked: {@code delayed_fput}. */
    public void defer(Runnable task) {
        deferred.add(task);
    }
}
