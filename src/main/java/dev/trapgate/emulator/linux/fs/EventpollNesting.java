package dev.trapgate.emulator.linux.fs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether an {@link Eventpoll} may watch another: {@code ep_loop_check} and {@code reverse_path_check} of fs/eventpoll.c,
 * Linux 6.18. One such question is answered at a time, {@link #LOCK} held, since two answers could make a loop together.
 */
final class EventpollNesting {

    /** {@code epnested_mutex}. */
    static final ReentrantLock LOCK = new ReentrantLock();

    private static final int EP_MAX_NESTS = 4;
    private static final int TOO_DEEP = EP_MAX_NESTS + 1;

    /** How many ways there may be from a file to an epoll that nobody watches, by the number of epolls in between. */
    private static final int[] PATH_LIMITS = {1000, 500, 100, 50, 10};

    private final Eventpoll inserting;
    private final Map<Eventpoll, Integer> down = new HashMap<>();
    private final Map<Eventpoll, Integer> up = new HashMap<>();
    private final Set<File> reached = new HashSet<>();
    private final int[] paths = new int[PATH_LIMITS.length];

    /**
     * Begins a question. {@link #LOCK} is held.
     *
     * @param inserting who is to watch another file
     */
    EventpollNesting(Eventpoll inserting) {
        this.inserting = inserting;
    }

    /** {@return whether it must not watch another: it would see itself, or more than five would be in a row} */
    boolean forbids(Eventpoll other) {
        int depth = depthBelow(other, 0);
        return depth > EP_MAX_NESTS || depth + 1 + heightAbove(inserting) > EP_MAX_NESTS;
    }

    /** {@code ep_loop_check_proc}. */
    private int depthBelow(Eventpoll eventpoll, int depth) {
        Integer known = down.get(eventpoll);
        if (known != null) {
            return known;
        }
        down.put(eventpoll, 0);
        int result = 0;
        eventpoll.mutex().lock();
        try {
            for (Epitem item : eventpoll.items()) {
                Eventpoll next = EventpollOperations.of(item.key().file());
                if (next == null) {
                    reached.add(item.key().file());
                } else if (next == inserting || depth > EP_MAX_NESTS) {
                    result = TOO_DEEP;
                } else {
                    result = Math.max(result, depthBelow(next, depth + 1) + 1);
                }
                if (result > EP_MAX_NESTS) {
                    break;
                }
            }
        } finally {
            eventpoll.mutex().unlock();
        }
        down.put(eventpoll, result);
        return result;
    }

    /** {@code ep_get_upwards_depth_proc}. */
    private int heightAbove(Eventpoll eventpoll) {
        Integer known = up.get(eventpoll);
        if (known != null) {
            return known;
        }
        int result = 0;
        for (Epitem item : eventpoll.watchers().items()) {
            result = Math.max(result, heightAbove(item.eventpoll()) + 1);
        }
        up.put(eventpoll, result);
        return result;
    }

    /** Notes a file that is no epoll and gets another watcher. */
    void reach(File file) {
        reached.add(file);
    }

    /** {@return whether a file has too many ways upwards now: {@code reverse_path_check}} */
    boolean hasTooManyPaths() {
        for (File file : reached) {
            java.util.Arrays.fill(paths, 0);
            if (exceeds(file.watchers(), 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean exceeds(FileWatchers watchers, int depth) {
        if (depth > EP_MAX_NESTS) {
            return true;
        }
        for (Epitem item : watchers.items()) {
            FileWatchers above = item.eventpoll().watchers();
            boolean over = above.isEmpty() ? exceedsLimit(depth) : exceeds(above, depth + 1);
            if (over) {
                return true;
            }
        }
        return false;
    }

    /** Any number of epolls may watch a file themselves: {@code path_count_inc}. */
    private boolean exceedsLimit(int depth) {
        return depth != 0 && ++paths[depth] > PATH_LIMITS[depth];
    }
}
