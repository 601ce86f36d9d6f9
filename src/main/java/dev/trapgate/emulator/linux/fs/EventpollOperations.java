package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** What an open file of epoll_create(2) does: {@code eventpoll_fops} of fs/eventpoll.c, Linux 6.18. */
final class EventpollOperations implements FileOperations {

    private static final int EPIOCSPARAMS = 0x4008_8a01;
    private static final int EPIOCGPARAMS = 0x8008_8a02;
    private static final int NAPI_POLL_WEIGHT = 64;

    private final Eventpoll eventpoll;
    /** {@code struct epoll_params}: microseconds, budget, whether busy polling is preferred. */
    private volatile long parameters;

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

    /** {@code ep_eventpoll_ioctl}: how to poll network devices, which here is only kept. */
    @Override
    public long ioctl(Task current, File file, int command, long argument) {
        return switch (command) {
            case EPIOCSPARAMS -> setParameters(current, argument);
            case EPIOCGPARAMS -> Arguments.putLong(current, argument, parameters);
            default -> ErrorNumbers.EINVAL;
        };
    }

    private long setParameters(Task current, long from) {
        if (!Arguments.fetch(current, from, Long.BYTES)) {
            return ErrorNumbers.EFAULT;
        }
        long given = current.buffer().get(Arguments.LONG, 0);
        int budget = (int) (given >> 32) & 0xffff;
        boolean wrong = (int) given < 0 || (given >> 48 & 0xff) > 1 || given >>> 56 != 0;
        if (wrong) {
            return ErrorNumbers.EINVAL;
        }
        if (budget > NAPI_POLL_WEIGHT && !current.credentials().capable(Capability.CAP_NET_ADMIN)) {
            return ErrorNumbers.EPERM;
        }
        parameters = given;
        return 0;
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
