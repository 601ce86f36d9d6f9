package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Files that are watched together: {@code struct eventpoll} of fs/eventpoll.c, Linux 6.18.
 *
 * <p>Two locks, as there: {@link #mutex} for what is watched, held while files are asked; {@link #lock} for the list of
 * those that may be ready, taken last of all by whoever wakes. A file's wake-up adds its item to the list; only who takes
 * events asks the file. While that goes on, wake-ups add to a list of their own.
 */
final class Eventpoll {

    /** Size of {@code struct epoll_event}, packed on x86-64 and by nature on i386. */
    static final int SIZE_OF_EVENT = 12;

    private static final int DATA = 4;
    private static final int ALWAYS = FileOperations.POLLERR | FileOperations.POLLHUP;

    private final ReentrantLock mutex = new ReentrantLock();
    private final Map<Epitem.Key, Epitem> items = new HashMap<>();
    private final WaitQueue waiters = new WaitQueue();
    private final WaitQueue pollers = new WaitQueue();

    private final ReentrantLock lock = new ReentrantLock();
    private final ReadyList ready = new ReadyList();
    private final List<Epitem> overflow = new ArrayList<>();
    private boolean scanned;

    /** The files that watch this one's, as items of theirs: {@code refs}. */
    private final FileWatchers watchers;

    /**
     * Begins without a file to watch.
     *
     * @param watchers who watches the open file that this is behind
     */
    Eventpoll(FileWatchers watchers) {
        this.watchers = watchers;
    }

    /** {@return who watches it} */
    FileWatchers watchers() {
        return watchers;
    }

    /** {@return what guards what it watches: {@code mtx}} */
    ReentrantLock mutex() {
        return mutex;
    }

    /** {@return what it watches; under {@link #mutex}} */
    Iterable<Epitem> items() {
        return items.values();
    }

    /** {@return the item of a file under a descriptor, or null: {@code ep_find}; under {@link #mutex}} */
    @Nullable
    Epitem find(Epitem.Key key) {
        return items.get(key);
    }

    /**
     * Adds an item, without a look at its file: the first half of {@code ep_insert}. {@link #mutex} is held.
     *
     * @param key what to watch
     * @param events EPOLL* bits wanted; errors and hang-ups are told in any case
     * @param data what the program is told with them
     * @return the item
     */
    Epitem attach(Epitem.Key key, int events, long data) {
        Epitem item = new Epitem(this, key, events | ALWAYS, data);
        key.file().watchers().add(item);
        items.put(key, item);
        return item;
    }

    /** Begins to wait for a new item's file: the second half of {@code ep_insert}. {@link #mutex} is held. */
    void begin(Task current, Epitem item, LateReleases later) {
        enlist(item, item.poll(current, item, later));
    }

    /** Changes what is wanted of an item: {@code ep_modify}. {@link #mutex} is held. */
    void modify(Task current, Epitem item, int events, long data, LateReleases later) {
        item.modify(events | ALWAYS, data);
        enlist(item, item.poll(current, PollTable.NO_WAIT, later));
    }

    private void enlist(Epitem item, int events) {
        if (events == 0) {
            return;
        }
        boolean added;
        lock.lock();
        try {
            added = !item.isLinked();
            if (added) {
                ready.addLast(item);
                waiters.wakeUp(0);
            }
        } finally {
            lock.unlock();
        }
        if (added) {
            pollers.wakeUp(FileOperations.POLLIN);
        }
    }

    /** Ends an item: {@code ep_remove}. {@link #mutex} is held. */
    void remove(Epitem item) {
        item.leave();
        item.key().file().watchers().remove(item);
        items.remove(item.key(), item);
        lock.lock();
        try {
            ReadyList.unlink(item);
            overflow.remove(item);
        } finally {
            lock.unlock();
        }
    }

    /** Ends it with all its items: {@code ep_clear_and_put}. */
    void clear() {
        pollers.wakeUpAll(0);
        mutex.lock();
        try {
            List.copyOf(items.values()).forEach(this::remove);
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Hears that something happened to an item's file: {@code ep_poll_callback}.
     *
     * @param item whose file
     * @param key what happened, POLL* bits, or 0 for anything
     * @return whether a task was woken that will look, as an exclusive item counts it
     */
    boolean hear(Epitem item, int key) {
        boolean woken = false;
        lock.lock();
        try {
            if (!item.wants(key)) {
                return false;
            }
            if (scanned) {
                if (!item.isOverflowed()) {
                    item.setOverflowed(true);
                    overflow.add(item);
                }
            } else if (!item.isLinked()) {
                ready.addLast(item);
            }
            if (waiters.isActive()) {
                woken = item.takesExclusively(key);
                waiters.wakeUp(0);
            }
        } finally {
            lock.unlock();
        }
        pollers.wakeUp(FileOperations.POLLIN);
        return woken;
    }

    /** {@return whether a task that asks may find something: {@code ep_events_available}} */
    private boolean mayHaveEvents() {
        lock.lock();
        try {
            return !ready.isEmpty() || scanned;
        } finally {
            lock.unlock();
        }
    }

    /** {@code ep_start_scan}. {@link #mutex} is held. */
    private ReadyList startScan() {
        ReadyList taken = new ReadyList();
        lock.lock();
        try {
            ready.moveBefore(taken);
            scanned = true;
        } finally {
            lock.unlock();
        }
        return taken;
    }

    /** {@code ep_done_scan}: what was not looked at comes first again, then what came meanwhile. */
    private void doneScan(ReadyList left) {
        lock.lock();
        try {
            for (int i = overflow.size() - 1; i >= 0; i--) {
                Epitem item = overflow.get(i);
                item.setOverflowed(false);
                if (!item.isLinked()) {
                    ready.addFirst(item);
                }
            }
            overflow.clear();
            scanned = false;
            left.moveBefore(ready);
            if (!ready.isEmpty()) {
                waiters.wakeUp(0);
            }
        } finally {
            lock.unlock();
        }
    }

    private void unlink(Epitem item) {
        lock.lock();
        try {
            ReadyList.unlink(item);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says whether there is an event: {@code __ep_eventpoll_poll}. Items that have none leave the list.
     *
     * @param current the calling task
     * @param wait where to leave the queue of those that wait for this
     * @param later which files are to be closed once no lock is held
     * @return POLLIN and POLLRDNORM, or 0
     */
    int poll(Task current, PollTable wait, LateReleases later) {
        wait.pollWait(pollers);
        mutex.lock();
        try {
            ReadyList taken = startScan();
            int result = 0;
            while (result == 0 && taken.first() instanceof Epitem item) {
                if (item.poll(current, PollTable.NO_WAIT, later) != 0) {
                    result = FileOperations.POLLIN | FileOperations.POLLRDNORM;
                } else {
                    unlink(item);
                }
            }
            doneScan(taken);
            return result;
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Waits for events and tells them: {@code ep_poll}.
     *
     * @param current the calling task
     * @param address where the program has room for {@code struct epoll_event}
     * @param most for how many, 1 or more
     * @param timeout how long to wait for the first
     * @return how many there were; −EINTR, −EFAULT
     */
    long waitEvents(Task current, long address, int most, PollTimeout timeout) {
        boolean timedOut = timeout.span() == PollTimeout.Span.ZERO;
        boolean available = mayHaveEvents();
        while (true) {
            if (available) {
                long result = sendEvents(current, address, most);
                if (result != 0) {
                    return result;
                }
            }
            if (timedOut) {
                return 0;
            }
            if (current.signalPending()) {
                return ErrorNumbers.EINTR;
            }
            timedOut = !sleep(current, timeout);
            available = true;
        }
    }

    /** {@return whether there may be events; false if the time was over first} */
    private boolean sleep(Task current, PollTimeout timeout) {
        WaitingTask waiter = new WaitingTask(current);
        waiters.add(waiter, WaitQueue.Share.EXCLUSIVE);
        try {
            if (!mayHaveEvents()) {
                waiter.schedule(timeout.deadline());
            }
        } finally {
            waiters.remove(waiter);
        }
        return waiter.wasWoken() || !timeout.isOver();
    }

    /** {@code ep_send_events}. */
    private long sendEvents(Task current, long address, int most) {
        LateReleases later = new LateReleases();
        mutex.lock();
        try {
            ReadyList taken = startScan();
            long sent = 0;
            while (sent >= 0 && sent < most && taken.first() instanceof Epitem item) {
                unlink(item);
                int events = item.poll(current, PollTable.NO_WAIT, later);
                if (events != 0 && !put(current, address + sent * SIZE_OF_EVENT, events, item.data())) {
                    putBack(taken, item);
                    sent = sent == 0 ? ErrorNumbers.EFAULT : sent;
                    break;
                }
                if (events != 0) {
                    sent++;
                    told(item);
                }
            }
            doneScan(taken);
            return sent;
        } finally {
            mutex.unlock();
            later.run();
        }
    }

    /** Two stores, of which the first may be done though the second faults: {@code epoll_put_uevent}. */
    private static boolean put(Task current, long address, int events, long data) {
        return current.uaccess().putUser32(address, events) && current.uaccess().putUser64(address + DATA, data);
    }

    private void putBack(ReadyList taken, Epitem item) {
        lock.lock();
        try {
            taken.addFirst(item);
        } finally {
            lock.unlock();
        }
    }

    /** What is told once is not told again; what is so still is, behind the others. */
    private void told(Epitem item) {
        if (item.has(Epitem.EPOLLONESHOT)) {
            item.disable();
        } else if (!item.has(Epitem.EPOLLET)) {
            lock.lock();
            try {
                ready.addLast(item);
            } finally {
                lock.unlock();
            }
        }
    }
}
