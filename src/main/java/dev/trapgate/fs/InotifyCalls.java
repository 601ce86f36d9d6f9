package dev.trapgate.fs;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.PathForm;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Being told what happens to files and directories.
 *
 * @param <P> in which form paths are given
 * @param kernel whose calls
 * @param form how to lay them out
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
public record InotifyCalls<P>(Kernel kernel, PathForm<P> form) {

    private static final Call INOTIFY_INIT1 = Call.of(Syscall.INOTIFY_INIT1);
    private static final Call INOTIFY_ADD_WATCH = Call.of(Syscall.INOTIFY_ADD_WATCH);
    private static final Call INOTIFY_RM_WATCH = Call.of(Syscall.INOTIFY_RM_WATCH);
    private static final Call READ = Call.of(Syscall.READ);

    private static final long ROOM = 16 << 10;
    private static final long MASK = 4;
    private static final long COOKIE = 8;
    private static final long LENGTH = 12;
    private static final long NAME = 16;

    /**
     * {@return the same calls, with paths in another form}
     *
     * @param <Q> the form
     * @param paths the form
     */
    public <Q> InotifyCalls<Q> with(PathForm<Q> paths) {
        return new InotifyCalls<>(kernel, paths);
    }

    /**
     * Makes an inotify instance, as {@code inotify_init1(2)}.
     *
     * @param flags what kind
     * @return its descriptor, to be closed
     * @throws SyscallException EMFILE if the user has too many (/proc/sys/fs/inotify/max_user_instances)
     */
    public FileDescriptor init(InotifyFlags flags) {
        return kernel.open(INOTIFY_INIT1, flags.bits(), 0, 0);
    }

    /**
     * Watches a file or directory from now on, as {@code inotify_add_watch(2)}.
     *
     * @param inotify the instance
     * @param path what to watch; a directory's events tell of what is directly in it
     * @param mask what to be told
     * @return the watch's number
     * @throws SyscallException ENOSPC if the user has too many (/proc/sys/fs/inotify/max_user_watches); what a path may fail
     *     with
     */
    public int addWatch(FileDescriptor inotify, P path, InotifyMask mask) {
        try (Scratch scratch = kernel.scratch()) {
            return (int) kernel.callOn(INOTIFY_ADD_WATCH, inotify, form.address(scratch, path), mask.bits(), 0);
        }
    }

    /**
     * Watches something no more, as {@code inotify_rm_watch(2)}; an IN_IGNORED event follows.
     *
     * @param inotify the instance
     * @param watch the watch's number
     */
    public void removeWatch(FileDescriptor inotify, int watch) {
        kernel.callOn(INOTIFY_RM_WATCH, inotify, watch, 0, 0);
    }

    /**
     * Waits for events, and takes as many as are there.
     *
     * @param inotify the instance
     * @return the events, in the order in which they happened; at least one
     * @throws SyscallException EAGAIN if it does not block and there are none; EINTR
     */
    public List<InotifyEvent> read(FileDescriptor inotify) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(ROOM, Long.BYTES);
            long length = kernel.callOn(READ, inotify, address, ROOM, 0);
            return events(scratch.at(address, length));
        }
    }

    private static List<InotifyEvent> events(MemorySegment records) {
        List<InotifyEvent> events = new ArrayList<>();
        long at = 0;
        while (at < records.byteSize()) {
            int length = records.get(Layouts.INT, at + LENGTH);
            events.add(new InotifyEvent(
                    records.get(Layouts.INT, at),
                    new InotifyMask(records.get(Layouts.INT, at + MASK)),
                    records.get(Layouts.INT, at + COOKIE),
                    length == 0 ? "" : records.getString(at + NAME)));
            at += NAME + length;
        }
        return events;
    }
}
