package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Files that are watched, and a queue of what happened to them: {@code struct fsnotify_group} and {@code inotify_fops} of
 * fs/notify/inotify/inotify_user.c, Linux 6.18.
 */
final class Inotify implements FileOperations {

    /** All events that can be asked for. */
    static final int IN_ALL_EVENTS = 0xfff;

    /** Do not change a watch, add to it. */
    static final int IN_MASK_ADD = 0x2000_0000;
    /** Only make a watch. */
    static final int IN_MASK_CREATE = 0x1000_0000;

    /** {@code inotify_max_queued_events}. */
    private static final int MAX_QUEUED_EVENTS = 16384;

    private static final InotifyEvent OVERFLOW = new InotifyEvent(-1, InotifyEvent.IN_Q_OVERFLOW, 0, "");
    private static final int FIONREAD = 0x541b;

    private final WaitQueue waiters = new WaitQueue();
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Deque<InotifyEvent> events = new ArrayDeque<>();
    private final Map<Integer, InotifyWatch> watches = new HashMap<>();
    private int lastDescriptor;
    private boolean overflowed;

    /** Makes one that watches nothing. */
    Inotify() {}

    @Override
    public int modes() {
        return FMODE_LSEEK | FMODE_CAN_READ | FMODE_OLD_READ | FMODE_FASYNC;
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public int poll(Task current, File file, PollTable wait) {
        wait.pollWait(waiters);
        return hasEvents() ? POLLIN | POLLRDNORM : 0;
    }

    private boolean hasEvents() {
        lock.lock();
        try {
            return !events.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Adds an event: {@code fsnotify_add_event}. An equal one as the last is enough; when there are too many, one says so. */
    void queue(InotifyEvent event) {
        lock.lock();
        try {
            if (events.size() >= MAX_QUEUED_EVENTS) {
                if (overflowed) {
                    return;
                }
                overflowed = true;
                events.add(OVERFLOW);
            } else {
                InotifyEvent last = events.peekLast();
                if (last != null && event.repeats(last)) {
                    return;
                }
                events.add(event);
            }
        } finally {
            lock.unlock();
        }
        waiters.wakeUp(0);
    }

    /**
     * Watches a file, or changes its watch: {@code inotify_update_watch}.
     *
     * @param inode the file
     * @param mask IN_* bits
     * @return the watch's number; −EEXIST if there is one and IN_MASK_CREATE is given
     */
    long update(Inode inode, int mask) {
        lock.lock();
        try {
            InotifyWatch watch = find(inode);
            if (watch == null) {
                InotifyWatch made = new InotifyWatch(this, ++lastDescriptor, inode, mask);
                watches.put(made.descriptor(), made);
                inode.addWatch(made);
                return made.descriptor();
            }
            if ((mask & IN_MASK_CREATE) != 0) {
                return ErrorNumbers.EEXIST;
            }
            if ((mask & IN_MASK_ADD) != 0) {
                watch.add(mask);
            } else {
                watch.replace(mask);
            }
            return watch.descriptor();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable InotifyWatch find(Inode inode) {
        for (InotifyWatch watch : inode.watches()) {
            if (watches.get(watch.descriptor()) == watch) {
                return watch;
            }
        }
        return null;
    }

    /** {@return 0, or −EINVAL if there is no watch of that number: {@code inotify_rm_watch}} */
    long remove(int descriptor) {
        InotifyWatch watch;
        lock.lock();
        try {
            watch = watches.get(descriptor);
        } finally {
            lock.unlock();
        }
        if (watch == null) {
            return ErrorNumbers.EINVAL;
        }
        remove(watch);
        return 0;
    }

    /** Ends a watch, if nobody has before: {@code fsnotify_destroy_mark}. */
    void remove(InotifyWatch watch) {
        lock.lock();
        try {
            if (!watches.remove(watch.descriptor(), watch)) {
                return;
            }
            watch.inode().removeWatch(watch);
        } finally {
            lock.unlock();
        }
        queue(new InotifyEvent(watch.descriptor(), InotifyEvent.IN_IGNORED, 0, ""));
    }

    /** {@code inotify_read}: as many events as there are, waiting for the first. What could not be told is lost. */
    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        long done = 0;
        while (true) {
            InotifyEvent event;
            lock.lock();
            try {
                event = events.peekFirst();
                if (event != null && event.size() > to.pieceLeft()) {
                    return done == 0 ? ErrorNumbers.EINVAL : done;
                }
                events.pollFirst();
                overflowed &= event != OVERFLOW;
            } finally {
                lock.unlock();
            }
            if (event != null) {
                if (to.copyTo(event.bytes(), 0, event.size()) < event.size()) {
                    return ErrorNumbers.EFAULT;
                }
                done += event.size();
            } else if (done != 0) {
                return done;
            } else if (file.isNonblocking()) {
                return ErrorNumbers.EAGAIN;
            } else if (WaitingTask.waitEvent(current, waiters, WaitQueue.Share.SHARED, this::hasEvents) != 0) {
                return ErrorNumbers.ERESTARTSYS;
            }
        }
    }

    @Override
    public long ioctl(Task current, File file, int command, long argument) {
        if (command != FIONREAD) {
            return ErrorNumbers.ENOTTY;
        }
        int size;
        lock.lock();
        try {
            size = events.stream().mapToInt(InotifyEvent::size).sum();
        } finally {
            lock.unlock();
        }
        return Arguments.orFault(current.uaccess().putUser32(argument, size));
    }

    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        return Llseek.noop(file);
    }

    /** {@code fsnotify_destroy_group}. */
    @Override
    public void release(File file) {
        List<InotifyWatch> all;
        lock.lock();
        try {
            all = new ArrayList<>(watches.values());
            watches.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(watch -> watch.inode().removeWatch(watch));
    }
}
