package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The names of a directory in the order that a listing has them, each with a lasting offset: {@code struct offset_ctx} of
 * fs/libfs.c together with the dentry's list of children. Finding a name takes no lock; everything else wants the file
 * system's tree lock.
 *
 * <p>Names of a lower directory come in one by one as they are looked for, all of them before the names are listed; one that
 * was here once is never asked for again.
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

    private final @Nullable LowerDirectory lower;
    private final Map<String, Entry> names = new ConcurrentHashMap<>();
    /** Names that are, or were, here whatever the lower directory says; unused once all of its names have come in. */
    private final Set<String> decided = new HashSet<>();
    /** Whether the lower directory has nothing more to say. */
    private volatile boolean complete;

    private final Map<Long, Entry> offsets = new HashMap<>();
    private @Nullable Entry newest;
    private long nextOffset = DIR_OFFSET_MIN;

    /** Begins with the names of a lower directory, or with none. */
    TmpfsNames(@Nullable LowerDirectory lower) {
        this.lower = lower;
        this.complete = lower == null;
    }

    /** {@return what has a name in the directory with the name {@code self}, or null} */
    @Nullable
    Dentry find(Dentry self, String name) {
        // Before the name: it may come in with all the others in between.
        boolean all = complete;
        Entry entry = names.get(name);
        if (entry != null || all) {
            return entry == null ? null : entry.dentry;
        }
        return findBelow(self, name);
    }

    private synchronized @Nullable Dentry findBelow(Dentry self, String name) {
        Entry entry = names.get(name);
        if (lower == null || complete || decided.contains(name)) {
            return entry == null ? null : entry.dentry;
        }
        Inode inode = lower.find(name);
        return inode == null ? null : addFromBelow(self, name, inode);
    }

    private Dentry addFromBelow(Dentry self, String name, Inode inode) {
        Dentry dentry = new Dentry(inode, self, name);
        add(name, dentry);
        return dentry;
    }

    /**
     * Has all names of the lower directory come in.
     *
     * @param self the directory's own name
     * @return 0; or why they cannot be known: then those are here that are known
     */
    synchronized long complete(Dentry self) {
        if (lower == null || complete) {
            return 0;
        }
        try {
            // The newest is listed first.
            for (String name :
                    lower.names().stream().sorted(Comparator.reverseOrder()).toList()) {
                Inode inode = decided.contains(name) ? null : lower.find(name);
                if (inode != null) {
                    addFromBelow(self, name, inode);
                }
            }
        } catch (HostFileException unknown) {
            return -unknown.errno().number();
        }
        complete = true;
        decided.clear();
        return 0;
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
    synchronized void add(String name, Dentry dentry) {
        put(name, dentry, nextOffset++);
    }

    /** Puts what has a name in the place of another, or of none, as the newest at a given offset. */
    synchronized void put(String name, Dentry dentry, long offset) {
        if (!complete) {
            decided.add(name);
        }
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
    synchronized void remove(String name) {
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
