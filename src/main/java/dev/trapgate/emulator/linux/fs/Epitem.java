package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that an {@link Eventpoll} watches under a descriptor: {@code struct epitem} of fs/eventpoll.c. It waits on the
 * file's queues, and does not keep the file open.
 */
final class Epitem extends ReadyList.Link implements WaitQueue.Waiter, PollTable {

    /** A wake-up for one goes to this epoll or another, not to all. */
    static final int EPOLLEXCLUSIVE = 1 << 28;
    /** The machine must not suspend. */
    static final int EPOLLWAKEUP = 1 << 29;
    /** Tell once, then nothing until EPOLL_CTL_MOD. */
    static final int EPOLLONESHOT = 1 << 30;
    /** Tell what has changed, not what is. */
    static final int EPOLLET = 1 << 31;

    private static final int EP_PRIVATE_BITS = EPOLLEXCLUSIVE | EPOLLWAKEUP | EPOLLONESHOT | EPOLLET;
    private static final int IN_OR_OUT = FileOperations.POLLIN | FileOperations.POLLOUT;

    /**
     * Under what a file is watched: {@code struct epoll_filefd}. A file can be watched once for each of its descriptors.
     *
     * @param file the file
     * @param descriptor its descriptor when it was added
     */
    record Key(File file, int descriptor) {

        /** Files are equal if they are one. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.file == file && key.descriptor == descriptor;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(file) + descriptor;
        }
    }

    private final Eventpoll eventpoll;
    private final Key key;
    private final List<WaitQueue> queues = new ArrayList<>(1);
    private volatile int events;
    private volatile long data;
    /** Guarded by the eventpoll's lock: whether it waits in the list of those that came during a scan. */
    private boolean overflowed;

    /**
     * Makes an item that waits on no queue yet.
     *
     * @param eventpoll who watches
     * @param key what it watches
     * @param events EPOLL* bits wanted
     * @param data what the program is told with them
     */
    Epitem(Eventpoll eventpoll, Key key, int events, long data) {
        this.eventpoll = eventpoll;
        this.key = key;
        this.events = events;
        this.data = data;
    }

    /** {@return who watches} */
    Eventpoll eventpoll() {
        return eventpoll;
    }

    /** {@return what it watches} */
    Key key() {
        return key;
    }

    /** {@return EPOLL* bits wanted} */
    int events() {
        return events;
    }

    /** {@return what the program is told with its events} */
    long data() {
        return data;
    }

    /** Changes what is wanted: EPOLL_CTL_MOD. */
    void modify(int wanted, long told) {
        events = wanted;
        data = told;
    }

    /** Wants nothing any more, until it is modified: EPOLLONESHOT. */
    void disable() {
        int before = events;
        events = before & EP_PRIVATE_BITS;
    }

    /** {@return whether it has one of these EPOLL* bits} */
    boolean has(int bits) {
        return (events & bits) != 0;
    }

    boolean isOverflowed() {
        return overflowed;
    }

    void setOverflowed(boolean value) {
        overflowed = value;
    }

    /** {@code ep_ptable_queue_proc}. */
    @Override
    public void pollWait(WaitQueue queue) {
        queue.add(this, has(EPOLLEXCLUSIVE) ? WaitQueue.Share.EXCLUSIVE : WaitQueue.Share.SHARED);
        queues.add(queue);
    }

    /** Leaves its queues: {@code ep_unregister_pollwait}. */
    void leave() {
        queues.forEach(queue -> queue.remove(this));
        queues.clear();
    }

    /**
     * Asks its file: {@code ep_item_poll}.
     *
     * @param current the calling task
     * @param wait where the file leaves its queues
     * @param later what becomes of the file if nobody else has it open any more
     * @return which of the wanted bits there are; none if the file is just being closed
     */
    int poll(Task current, PollTable wait, LateReleases later) {
        File file = key.file();
        if (!file.tryAcquire()) {
            return 0;
        }
        try {
            Eventpoll inner = EventpollOperations.of(file);
            int mask = inner == null ? file.operations().poll(current, file, wait) : inner.poll(current, wait, later);
            return mask & events;
        } finally {
            later.release(file);
        }
    }

    /** {@code ep_poll_callback}. */
    @Override
    public boolean wake(int woken) {
        boolean heard = eventpoll.hear(this, woken);
        return !has(EPOLLEXCLUSIVE) || heard;
    }

    /** {@return whether a wake-up with that key is this item's, if it is EPOLLEXCLUSIVE} */
    boolean takesExclusively(int woken) {
        return switch (woken & IN_OR_OUT) {
            case FileOperations.POLLIN -> has(FileOperations.POLLIN);
            case FileOperations.POLLOUT -> has(FileOperations.POLLOUT);
            case 0 -> true;
            default -> false;
        };
    }

    /** {@return whether its wake-ups count: not those of a disabled one, nor such as it does not want} */
    boolean wants(int woken) {
        int wanted = events & ~EP_PRIVATE_BITS;
        return wanted != 0 && (woken == 0 || (woken & events) != 0);
    }
}
