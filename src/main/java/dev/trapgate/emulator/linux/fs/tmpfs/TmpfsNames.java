package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.linux.fs.Dentry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The names of a directory in the order that a listing has them, each with a lasting offset: {@code struct offset_ctx} of
 * fs/libfs.c together with the dentry's list of children. Finding a name takes no lock; everything else wants the file
 * system's tree lock.
 */
final class TmpfsNames {

    private static final long DIR_OFFSET_MIN = 3;

    /** A name, its offset, and its neighbors in the list, the newest first. */
    static final class Entry {
        private final Dentry dentry;
        private final long offset;
        private @Nullable Entry newer;
        private @Nullable Entry older;

        private Entry(Dentry dentry, long offset) {
            this.dentry = dentry;
            this.offset = offset;
        }

        /** {@return the name} */
        Dentry dentry() {
            return dentry;
        }

        /** {@return where a listing finds it, 3 or more} */
        long offset() {
            return offset;
        }

        /** {@return the next one of a listing, or null} */
        @Nullable
        Entry next() {
            return older;
        }
    }

    private final Map<String, Entry> names = new ConcurrentHashMap<>();
    private final Map<Long, Entry> offsets = new HashMap<>();
    private @Nullable Entry newest;
    private long nextOffset = DIR_OFFSET_MIN;

    TmpfsNames() {}

    /** {@return what has a name, or null} */
    @Nullable
    Dentry find(String name) {
        Entry entry = names.get(name);
        return entry == null ? null : entry.dentry;
    }

    /** {@return whether there is none} */
    boolean isEmpty() {
        return names.isEmpty();
    }

    /** {@return the first one of a listing, or null} */
    @Nullable
    Entry first() {
        return newest;
    }

    /** {@return the one at an offset, or null} */
    @Nullable
    Entry at(long offset) {
        return offsets.get(offset);
    }

    /** {@return the offset of a name that is there} */
    long offsetOf(String name) {
        Entry entry = names.get(name);
        return entry == null ? 0 : entry.offset;
    }

    /** Adds a name at a new offset. */
    void add(String name, Dentry dentry) {
        put(name, dentry, nextOffset++);
    }

    /** Puts what has a name in the place of another, or of none, as the newest at a given offset. */
    void put(String name, Dentry dentry, long offset) {
        Entry entry = new Entry(dentry, offset);
        Entry replaced = names.put(name, entry);
        if (replaced != null) {
            unlist(replaced);
        }
        offsets.put(offset, entry);
        entry.older = newest;
        if (newest != null) {
            newest.newer = entry;
        }
        newest = entry;
    }

    /** Removes a name. */
    void remove(String name) {
        Entry entry = names.remove(name);
        if (entry != null) {
            unlist(entry);
        }
    }

    /** Takes an entry out of the list; its own way on stays, for a listing that stands on it. */
    private void unlist(Entry entry) {
        offsets.remove(entry.offset);
        if (entry.newer == null) {
            newest = entry.older;
        } else {
            entry.newer.older = entry.older;
        }
        if (entry.older != null) {
            entry.older.newer = entry.newer;
        }
    }
}
