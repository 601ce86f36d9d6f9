package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Descriptors: {@code struct files_struct} of fs/file.c. Looking one up takes no lock; a file that a call has looked up
 * stays open until the call drops it, even if its descriptor is closed meanwhile.
 */
public final class FilesStruct {

    /** The most descriptors any limit allows: {@code sysctl_nr_open}. */
    public static final int NR_OPEN = 1 << 20;

    private static final int FIRST_SIZE = 64;

    /** Whether execve(2) closes a descriptor. */
    public enum OnExec {
        /** It stays open. */
        KEEP,
        /** It is closed: FD_CLOEXEC. */
        CLOSE;

        /** {@return what an O_CLOEXEC bit, of that value, among flags asks for} */
        public static OnExec of(long flags, long bit) {
            return (flags & bit) != 0 ? CLOSE : KEEP;
        }
    }

    private final BitSet taken = new BitSet();
    private final BitSet closeOnExec = new BitSet();
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile AtomicReferenceArray<@Nullable File> open = new AtomicReferenceArray<>(FIRST_SIZE);

    /** Makes an empty table. */
    public FilesStruct() {}

    /**
     * Looks a descriptor up: {@code fdget}. The caller drops the file with {@link File#release} ({@code fdput}).
     *
     * @return the open file, with a reference of the caller's; null if there is none, or only a place (O_PATH)
     */
    public @Nullable File get(int descriptor) {
        File file = getRaw(descriptor);
        if (file != null && file.isPathOnly()) {
            file.release();
            return null;
        }
        return file;
    }

    /** {@return the same, places opened with O_PATH too: {@code fdget_raw}} */
    public @Nullable File getRaw(int descriptor) {
        while (true) {
            AtomicReferenceArray<@Nullable File> table = open;
            File file = Integer.compareUnsigned(descriptor, table.length()) < 0 ? table.get(descriptor) : null;
            if (file == null || file.tryAcquire()) {
                return file;
            }
            // It was released since the table was read, so the table has changed.
            Thread.onSpinWait();
        }
    }

    /**
     * Takes the lowest free descriptor for a file that is yet to come: {@code get_unused_fd_flags}. Until
     * {@link #install} it is not open.
     *
     * @param start the lowest descriptor wanted
     * @param limit RLIMIT_NOFILE
     * @param onExec whether execve(2) closes it
     * @return the descriptor, or −EMFILE
     */
    public synchronized long allocate(int start, long limit, OnExec onExec) {
        int descriptor = taken.nextClearBit(start);
        if (Long.compareUnsigned(descriptor, limit) >= 0 || descriptor >= NR_OPEN) {
            return ErrorNumbers.EMFILE;
        }
        grow(descriptor);
        taken.set(descriptor);
        closeOnExec.set(descriptor, onExec == OnExec.CLOSE);
        return descriptor;
    }

    /** {@return the lowest free descriptor for a task's new file, or −EMFILE: {@link #allocate} with its limit} */
    public static long allocate(Task current, OnExec onExec) {
        return current.files().allocate(0, current.descriptorLimit(), onExec);
    }

    /** Opens a descriptor that {@link #allocate} took; the table has the caller's reference: {@code fd_install}. */
    public void install(int descriptor, File file) {
        synchronized (this) {
            open.set(descriptor, file);
        }
    }

    /** Gives back a descriptor that {@link #allocate} took: {@code put_unused_fd}. */
    public synchronized void putUnused(int descriptor) {
        taken.clear(descriptor);
        closeOnExec.clear(descriptor);
    }

    /**
     * Opens the lowest free descriptor for a file, which it drops if there is none.
     *
     * @return the descriptor, or −EMFILE
     */
    public static long open(Task current, File file, OnExec onExec) {
        long descriptor = allocate(current, onExec);
        if (descriptor < 0) {
            file.release();
        } else {
            current.files().install((int) descriptor, file);
        }
        return descriptor;
    }

    /**
     * Closes a descriptor: {@code close_fd}.
     *
     * @return 0, or −EBADF if it was not open, or what flushing the file answers
     */
    public long close(int descriptor) {
        File file = pick(descriptor);
        return file == null ? ErrorNumbers.EBADF : file.close(this);
    }

    private synchronized @Nullable File pick(int descriptor) {
        AtomicReferenceArray<@Nullable File> table = open;
        File file = Integer.compareUnsigned(descriptor, table.length()) < 0 ? table.get(descriptor) : null;
        if (file != null) {
            table.set(descriptor, null);
            putUnused(descriptor);
        }
        return file;
    }

    /**
     * Makes a descriptor stand for a file, closing what it stood for: {@code do_dup2}.
     *
     * @param file the file, with a reference for the table, which is dropped if this fails
     * @param descriptor the descriptor, below the limit
     * @param onExec whether execve(2) closes it
     * @return the descriptor; −EBUSY if another task is just opening it
     */
    public long replace(File file, int descriptor, OnExec onExec) {
        File old;
        synchronized (this) {
            grow(descriptor);
            old = open.get(descriptor);
            if (old == null && taken.get(descriptor)) {
                file.release();
                return ErrorNumbers.EBUSY;
            }
            taken.set(descriptor);
            closeOnExec.set(descriptor, onExec == OnExec.CLOSE);
            open.set(descriptor, file);
        }
        if (old != null) {
            old.close(this);
        }
        return descriptor;
    }

    /** {@return whether execve(2) closes a descriptor} */
    public synchronized OnExec onExec(int descriptor) {
        return closeOnExec.get(descriptor) ? OnExec.CLOSE : OnExec.KEEP;
    }

    /**
     * Says whether execve(2) closes a descriptor.
     *
     * @return whether the descriptor is open
     */
    public synchronized boolean setOnExec(int descriptor, OnExec onExec) {
        boolean isOpen = isOpen(descriptor);
        if (isOpen) {
            closeOnExec.set(descriptor, onExec == OnExec.CLOSE);
        }
        return isOpen;
    }

    /** Marks the open descriptors of a range, inclusive, as FD_CLOEXEC: {@code __range_cloexec}. */
    public synchronized void closeOnExec(int first, int last) {
        int end = Math.min(last, open.length() - 1);
        if (first <= end) {
            closeOnExec.set(first, end + 1);
        }
    }

    /** {@return how many descriptors there is room for at present: {@code max_fds}} */
    public int size() {
        return open.length();
    }

    /** {@return the lowest open descriptor at or after one; −1 if there is none} */
    public synchronized int nextOpen(int descriptor) {
        int next = descriptor < 0 ? -1 : taken.nextSetBit(descriptor);
        while (next >= 0 && open.get(next) == null) {
            next = taken.nextSetBit(next + 1);
        }
        return next;
    }

    /** {@return a table of its own for a task that shared this one: {@code dup_fd}} */
    public synchronized FilesStruct copy() {
        FilesStruct copy = new FilesStruct();
        for (int descriptor = nextOpen(0); descriptor >= 0; descriptor = nextOpen(descriptor + 1)) {
            File file = open.get(descriptor);
            if (file != null) {
                copy.replace(file.acquire(), descriptor, onExec(descriptor));
            }
        }
        return copy;
    }

    /** Closes the descriptors that execve(2) closes: {@code do_close_on_exec}. */
    public void closeOnExec() {
        for (int descriptor = nextOpen(0); descriptor >= 0; descriptor = nextOpen(descriptor + 1)) {
            if (onExec(descriptor) == OnExec.CLOSE) {
                close(descriptor);
            }
        }
    }

    /** {@return how many have the table: tasks, and the process that begins new ones with it} */
    public int users() {
        return users.get();
    }

    /** {@return this, which one more has} */
    public FilesStruct get() {
        users.incrementAndGet();
        return this;
    }

    /** Notes that one less has the table; with the last one every descriptor is closed: {@code put_files_struct}. */
    public void put() {
        if (users.decrementAndGet() == 0) {
            closeAll();
        }
    }

    /** Closes every descriptor. */
    public void closeAll() {
        for (int descriptor = nextOpen(0); descriptor >= 0; descriptor = nextOpen(descriptor + 1)) {
            close(descriptor);
        }
    }

    private boolean isOpen(int descriptor) {
        return Integer.compareUnsigned(descriptor, open.length()) < 0 && open.get(descriptor) != null;
    }

    private void grow(int descriptor) {
        AtomicReferenceArray<@Nullable File> table = open;
        if (descriptor < table.length()) {
            return;
        }
        int size = Math.max(2 * table.length(), Integer.highestOneBit(descriptor) << 1);
        AtomicReferenceArray<@Nullable File> larger = new AtomicReferenceArray<>(size);
        for (int i = 0; i < table.length(); i++) {
            larger.setPlain(i, table.get(i));
        }
        open = larger;
    }
}
