package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** What an open file of epoll_create(2) does: {@code eventpoll_fops} of fs/eventpoll.c, Linux 6.18. */
final class EventpollOperations implements FileOperations {

    private final Eventpoll eventpoll;

    /**
     * Makes those of one file.
     *
     * @param watchers who watches that file
     */
    EventpollOperations(FileWatchers watchers) {
        this.eventpoll = new Eventpoll(watchers);
    }

    /** {@return what an open file watches; null if it is no epoll: {@code is_file_epoll}} */
    static @Nullable Eventpoll of(File file) {
        return file.operations() instanceof EventpollOperations operations ? operations.eventpoll : null;
    }

    @Override
    public int modes() {
        return FMODE_LSEEK;
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public int poll(Task current, File file, PollTable wait) {
        LateReleases later = new LateReleases();
        try {
            return eventpoll.poll(current, wait, later);
        } finally {
            later.run();
        }
    }

    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        return Llseek.noop(file);
    }

    @Override
    public void release(File file) {
        eventpoll.clear();
    }
}
