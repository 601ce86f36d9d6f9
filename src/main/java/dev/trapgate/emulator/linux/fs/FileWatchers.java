package dev.trapgate.emulator.linux.fs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The items of {@link Eventpoll} that watch an open file: {@code f_ep}. */
final class FileWatchers {

    private final List<Epitem> items = new CopyOnWriteArrayList<>();

    /** Begins without one. */
    FileWatchers() {}

    /** Adds one: {@code attach_epitem}. */
    void add(Epitem item) {
        items.addFirst(item);
    }

    /** Removes one. */
    void remove(Epitem item) {
        items.remove(item);
    }

    /** {@return whether nobody watches} */
    boolean isEmpty() {
        return items.isEmpty();
    }

    /** {@return those that watch, the latest first} */
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
