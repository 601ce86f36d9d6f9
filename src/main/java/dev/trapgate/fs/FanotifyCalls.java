package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Fields;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.PathForm;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Being told what happens to files, on whole file systems if need be, and being asked for permission.
 *
 * <p>Whoever opens a file under a permission mark waits until this program answers. A program that marks what it uses itself,
 * its class path for example, waits for itself for ever: mark only what others use, and close the group when in doubt, which
 * permits all.
 *
 * @param <P> in which form paths are given
 * @param kernel whose calls
 * @param form how to lay them out
 * @see <a href="https://man7.org/linux/man-pages/man7/fanotify.7.html">fanotify(7)</a>
 */
public record FanotifyCalls<P>(Kernel kernel, PathForm<P> form) {

    private static final Call FANOTIFY_INIT = Call.of(Syscall.FANOTIFY_INIT);
    private static final Call FANOTIFY_MARK = Call.of(Syscall.FANOTIFY_MARK);
    private static final Call READ = Call.of(Syscall.READ);
    private static final Call WRITE = Call.of(Syscall.WRITE);

    private static final Fields EVENT = Fields.of("fanotify_event_metadata");
    private static final long LENGTH = EVENT.offset("event_len");
    private static final long VERSION = EVENT.offset("vers");
    private static final long MASK = EVENT.offset("mask");
    private static final long FD = EVENT.offset("fd");
    private static final long PID = EVENT.offset("pid");

    /** FANOTIFY_METADATA_VERSION. */
    private static final int KNOWN_VERSION = 3;

    private static final long ROOM = 16 << 10;
    private static final int AT_FDCWD = -100;
    private static final int FAN_MARK_ADD = 1;
    private static final int FAN_MARK_REMOVE = 2;

    /** What to answer to who waits for permission. */
    public enum Answer {
        /** Let it go on. */
        FAN_ALLOW(1),
        /** Have it fail with EPERM. */
        FAN_DENY(2);

        private final int number;

        Answer(int number) {
            this.number = number;
        }
    }

    /**
     * {@return the same calls, with paths in another form}
     *
     * @param <Q> the form
     * @param paths the form
     */
    public <Q> FanotifyCalls<Q> with(PathForm<Q> paths) {
        return new FanotifyCalls<>(kernel, paths);
    }

    /**
     * Makes a fanotify group, as {@code fanotify_init(2)}.
     *
     * @param flags what kind
     * @param files how the files of events are opened: an access mode, O_CLOEXEC
     * @return its descriptor, to be closed
     * @throws SyscallException EPERM without CAP_SYS_ADMIN, which only groups that report file handles do not need; EMFILE if the
     *     user has too many (/proc/sys/fs/fanotify/max_user_groups); ENOSYS if it is not built in
     */
    public FileDescriptor init(FanotifyFlags flags, OpenFlags files) {
        return kernel.open(FANOTIFY_INIT, flags.bits(), files.bits(), 0);
    }

    /**
     * Watches a file, directory, mount or file system from now on, as {@code fanotify_mark(2)} with FAN_MARK_ADD.
     *
     * @param group the group
     * @param flags what to mark, and how
     * @param mask what to be told, and to be asked
     * @param path what to mark; the file itself unless the flags say more
     * @throws SyscallException ENOSPC if the user has too many marks; EINVAL for permission in a group of FAN_CLASS_NOTIF; what a
     *     path may fail with
     */
    public void mark(FileDescriptor group, FanotifyMarkFlags flags, FanotifyMask mask, P path) {
        mark(group, FAN_MARK_ADD | flags.bits(), mask, path);
    }

    /**
     * Watches something no more, as with FAN_MARK_REMOVE; ENOENT if it is not marked.
     *
     * @param group the group
     * @param flags as it was marked
     * @param mask what not to be told any more
     * @param path what was marked
     */
    public void unmark(FileDescriptor group, FanotifyMarkFlags flags, FanotifyMask mask, P path) {
        mark(group, FAN_MARK_REMOVE | flags.bits(), mask, path);
    }

    private void mark(FileDescriptor group, int flags, FanotifyMask mask, P path) {
        int number = group.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long name = form.address(scratch, path);
            if (kernel.abi() == Abi.I386) {
                kernel.call(FANOTIFY_MARK, number, flags, mask.bits(), 0, AT_FDCWD, name);
            } else {
                kernel.call(FANOTIFY_MARK, number, flags, mask.bits(), AT_FDCWD, name);
            }
        } finally {
            group.letGo();
        }
    }

    /**
     * Waits for events, and takes as many as are there.
     *
     * @param group the group
     * @return the events, in the order in which they happened, each to be closed; at least one
     * @throws SyscallException EAGAIN if it does not block and there are none; EINTR; EMFILE
     * @throws UnsupportedOperationException if the kernel has another version of events
     */
    public List<FanotifyEvent> read(FileDescriptor group) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(ROOM, Long.BYTES);
            long length = kernel.callOn(READ, group, address, ROOM, 0);
            return events(scratch.at(address, length));
        }
    }

    private List<FanotifyEvent> events(MemorySegment records) {
        List<FanotifyEvent> events = new ArrayList<>();
        long at = 0;
        while (at < records.byteSize()) {
            int version = records.get(ValueLayout.JAVA_BYTE, at + VERSION);
            if (version != KNOWN_VERSION) {
                throw new UnsupportedOperationException("events of version " + version + ": 3 is known");
            }
            int file = records.get(Layouts.INT, at + FD);
            events.add(new FanotifyEvent(
                    new FanotifyMask((int) records.get(Layouts.LONG, at + MASK)),
                    file < 0 ? Optional.empty() : Optional.of(FileDescriptor.own(kernel, file)),
                    new Pid(records.get(Layouts.INT, at + PID))));
            at += records.get(Layouts.INT, at + LENGTH);
        }
        return events;
    }

    /**
     * Answers who waits for permission.
     *
     * @param group the group
     * @param event what was asked, its file still open
     * @param answer whether it may
     * @throws IllegalArgumentException if the event asks for nothing
     * @throws SyscallException ENOENT if it has been answered
     */
    public void answer(FileDescriptor group, FanotifyEvent event, Answer answer) {
        if (!event.asksPermission()) {
            throw new IllegalArgumentException(event.mask() + " asks for no permission");
        }
        FileDescriptor file = event.file().orElseThrow();
        int number = file.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long response = scratch.room(Long.BYTES, Integer.BYTES);
            MemorySegment two = scratch.at(response, Long.BYTES);
            two.set(Layouts.INT, 0, number);
            two.set(Layouts.INT, Integer.BYTES, answer.number);
            kernel.callOn(WRITE, group, response, Long.BYTES, 0);
        } finally {
            file.letGo();
        }
    }
}
