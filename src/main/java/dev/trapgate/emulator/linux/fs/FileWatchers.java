package dev.trapgate.emulator.linux.fs;

import java.util.ArrayList;
import java.util.List;

/** The items of {@link Eventpoll} that watch an open file: {@code f_ep}. Most files have none. */
final class FileWatchers {

    private volatile List<Epitem> items = List.of();

    /** Begins without one. */
    FileWatchers() {}

    /** Adds one: {@code attach_epitem}. */
    synchronized void add(Epitem item) {
        List<Epitem> more = new ArrayList<>(items.size() + 1);
        more.add(item);
        more.addAll(items);
        items = more;
    }

    /** Removes one. */
    synchronized void remove(Epitem item) {
        List<Epitem> fewer = new ArrayList<>(items);
        fewer.remove(item);
        items = fewer;
    }

    /** {@return whether nobody watches} */
    boolean isEmpty() {
        return items.isEmpty();
    }

    /** {@return those that watch, the latest first; this list is never changed} */
    List<Epitem> items() {
        return items;
    }

    /** Ends them all, because the file ends: {@code eventpoll_release_file}. */
    void release() {
        for (Epitem item : items) {
            Eventpoll eventpoll = item.eventpoll();
            eventpoll.mutex().lock();
            try {
                eventpoll.remove(item);
            } finally {
                eventpoll.mutex().unlock();
            }
        }
    }
}
