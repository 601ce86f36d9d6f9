package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.Collection;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The System V objects of one kind: {@code struct ipc_ids} of ipc/util.c, Linux 6.18. Its monitor guards them all, where the
 * kernel has a lock for each.
 *
 * <p>An id is an index and, above 15 bits of it, a sequence number, which grows each time the indices have gone round. So an
 * id that was removed is not that of a later object.
 *
 * @param <T> the kind
 */
final class IpcIds<T extends KernIpcPerm> {

    /** Make the object if there is none. */
    static final int IPC_CREAT = 01000;
    /** Fail if there is one. */
    static final int IPC_EXCL = 02000;
    /** Do not wait. */
    static final int IPC_NOWAIT = 04000;
    /** The key of what has none. */
    static final int IPC_PRIVATE = 0;

    private static final int SEQUENCE_SHIFT = 15;
    private static final int INDEX_MASK = (1 << SEQUENCE_SHIFT) - 1;
    private static final int MOST_SEQUENCES = Integer.MAX_VALUE >> SEQUENCE_SHIFT;
    /** RADIX_TREE_MAP_SIZE: indices go round no sooner. */
    private static final int LEAST_CYCLE = 64;

    private final TreeMap<Integer, T> byIndex = new TreeMap<>();
    private final int limit;
    private int next;
    private int lastIndex = -1;
    private int sequence;

    /**
     * Makes none.
     *
     * @param limit how many there can be
     */
    IpcIds(int limit) {
        this.limit = limit;
    }

    /** {@return how many there are} */
    synchronized int inUse() {
        return byIndex.size();
    }

    /** {@return the highest index in use, 0 if there is none: {@code ipc_get_maxidx}} */
    synchronized int maxIndex() {
        return byIndex.isEmpty() ? 0 : byIndex.lastKey();
    }

    /** {@return all of them; the caller holds the monitor} */
    Collection<T> all() {
        return byIndex.values();
    }

    /** What kind-specific work making and finding need: {@code struct ipc_ops}. */
    interface Kind<T> {

        /** {@return 0 if a found object is what was asked for, or −EINVAL} */
        long check(T found);

        /** {@return 0 if one can be made, or why not} */
        long mayMake();

        /** {@return a new one} */
        Supplier<T> maker();
    }

    /**
     * Finds or makes an object: {@code ipcget}.
     *
     * @param current the calling task
     * @param key the key
     * @param flags IPC_CREAT, IPC_EXCL, and the rights that the caller wants
     * @param kind how
     * @return its id; −ENOENT, −EEXIST, −EACCES, −ENOSPC and what {@code kind} answers
     */
    synchronized long get(Task current, int key, int flags, Kind<T> kind) {
        T found = key == IPC_PRIVATE ? null : find(key);
        if (found == null) {
            return key != IPC_PRIVATE && (flags & IPC_CREAT) == 0 ? ErrorNumbers.ENOENT : make(kind);
        }
        if ((flags & IPC_CREAT) != 0 && (flags & IPC_EXCL) != 0) {
            return ErrorNumbers.EEXIST;
        }
        long refusal = kind.check(found);
        if (refusal == 0) {
            refusal = found.check(current.credentials(), flags);
        }
        return refusal == 0 ? found.id() : refusal;
    }

    private @Nullable T find(int key) {
        return byIndex.values().stream()
                .filter(object -> object.key() == key)
                .findFirst()
                .orElse(null);
    }

    private long make(Kind<T> kind) {
        long refusal = kind.mayMake();
        if (refusal != 0) {
            return refusal;
        }
        return byIndex.size() >= limit
                ? ErrorNumbers.ENOSPC
                : add(kind.maker().get());
    }

    /** {@code ipc_idr_alloc}: indices are given out in turn. */
    private int add(T object) {
        int end = Math.min(Math.max(byIndex.size() * 3 / 2, LEAST_CYCLE), INDEX_MASK + 1);
        int index = free(next, end);
        if (index < 0) {
            index = free(0, end);
        }
        next = index + 1;
        if (index <= lastIndex) {
            sequence = sequence + 1 >= MOST_SEQUENCES ? 0 : sequence + 1;
        }
        lastIndex = index;
        object.identify(sequence << SEQUENCE_SHIFT | index, sequence);
        byIndex.put(index, object);
        return object.id();
    }

    private int free(int from, int end) {
        for (int index = from; index < end; index++) {
            if (!byIndex.containsKey(index)) {
                return index;
            }
        }
        return -1;
    }

    /** {@return the object at an id's index, whatever its sequence number; null for EINVAL} */
    @Nullable
    T atIndex(int id) {
        return byIndex.get(id & INDEX_MASK);
    }

    /** {@return 0 if there is an object with that id, or −EINVAL: {@code ipc_obtain_object_check}} */
    long exists(int id) {
        T object = atIndex(id);
        return object != null && id >> SEQUENCE_SHIFT == object.sequence() ? 0 : ErrorNumbers.EINVAL;
    }

    /** {@return 0 if there is an object with that id that someone may change: {@code ipcctl_obtain_check}} */
    long mayControl(Credentials someone, int id) {
        long missing = exists(id);
        T object = atIndex(id);
        return missing != 0 || object == null ? missing : object.checkControl(someone);
    }

    /** Takes one out: {@code ipc_rmid}. */
    void remove(T object) {
        byIndex.remove(object.id() & INDEX_MASK);
        object.delete();
    }
}
