package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.time.Timespec;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Watching many files: fs/eventpoll.c, Linux 6.18. */
public final class EventpollCalls {

    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;
    private static final int EP_MAX_EVENTS = Integer.MAX_VALUE / Eventpoll.SIZE_OF_EVENT;
    private static final int EPOLLEXCLUSIVE_OK_BITS = FileOperations.POLLIN
            | FileOperations.POLLOUT
            | FileOperations.POLLERR
            | FileOperations.POLLHUP
            | Epitem.EPOLLWAKEUP
            | Epitem.EPOLLET
            | Epitem.EPOLLEXCLUSIVE;

    private EventpollCalls() {}

    /** {@code epoll_create(2)}: the size must be positive and means nothing. */
    public static long epollCreate(Task current, PtRegs regs) {
        return (int) regs.argument(1) <= 0 ? ErrorNumbers.EINVAL : doEpollCreate(current, 0);
    }

    /** {@code epoll_create1(2)}. */
    public static long epollCreate1(Task current, PtRegs regs) {
        return doEpollCreate(current, (int) regs.argument(1));
    }

    private static long doEpollCreate(Task current, int flags) {
        if ((flags & ~File.O_CLOEXEC) != 0) {
            return ErrorNumbers.EINVAL;
        }
        FileWatchers watchers = new FileWatchers();
        File file = AnonInodes.file(current, "[eventpoll]", File.O_RDWR, new EventpollOperations(watchers), watchers);
        return FilesStruct.open(current, file, OnExec.of(flags, File.O_CLOEXEC));
    }

    /** An event as the program gives it to epoll_ctl(2). */
    private record Wanted(int events, long data) {

        boolean has(int bits) {
            return (events & bits) != 0;
        }
    }

    /** {@code epoll_ctl(2)}. */
    public static long epollCtl(Task current, PtRegs regs) {
        int operation = (int) regs.argument(2);
        Wanted wanted = new Wanted(0, 0);
        if (operation != EPOLL_CTL_DEL) {
            if (!Arguments.fetch(current, regs.argument(4), Eventpoll.SIZE_OF_EVENT)) {
                return ErrorNumbers.EFAULT;
            }
            wanted = new Wanted(
                    current.buffer().get(Arguments.INT, 0), current.buffer().get(Arguments.LONG, Integer.BYTES));
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            int descriptor = (int) regs.argument(3);
            File target = current.files().get(descriptor);
            if (target == null) {
                return ErrorNumbers.EBADF;
            }
            try {
                return doEpollCtl(current, file, operation, new Epitem.Key(target, descriptor), wanted);
            } finally {
                target.release();
            }
        } finally {
            file.release();
        }
    }

    private static long doEpollCtl(Task current, File file, int operation, Epitem.Key key, Wanted wanted) {
        if (!key.file().operations().canPoll()) {
            return ErrorNumbers.EPERM;
        }
        Eventpoll eventpoll = EventpollOperations.of(file);
        if (file == key.file() || eventpoll == null || refusesExclusive(operation, key, wanted)) {
            return ErrorNumbers.EINVAL;
        }
        Wanted allowed = new Wanted(allowed(current, wanted), wanted.data());
        Control control = new Control(current, eventpoll, key, allowed, new LateReleases());
        try {
            return operation == EPOLL_CTL_ADD && control.nests()
                    ? control.addNested()
                    : control.locked(operation, null);
        } finally {
            control.later().run();
        }
    }

    /** An exclusive item cannot be made of another, nor of an epoll. */
    private static boolean refusesExclusive(int operation, Epitem.Key key, Wanted wanted) {
        if (!wanted.has(Epitem.EPOLLEXCLUSIVE)) {
            return false;
        }
        return switch (operation) {
            case EPOLL_CTL_MOD -> true;
            case EPOLL_CTL_ADD -> EventpollOperations.of(key.file()) != null || wanted.has(~EPOLLEXCLUSIVE_OK_BITS);
            default -> false;
        };
    }

    /** One epoll_ctl(2) whose arguments have been looked at. */
    private record Control(Task current, Eventpoll eventpoll, Epitem.Key key, Wanted wanted, LateReleases later) {

        /** {@return whether an epoll watches another then, so that all have to be looked at} */
        boolean nests() {
            return !eventpoll.watchers().isEmpty() || EventpollOperations.of(key.file()) != null;
        }

        long addNested() {
            EventpollNesting.LOCK.lock();
            try {
                EventpollNesting nesting = new EventpollNesting(eventpoll);
                Eventpoll inner = EventpollOperations.of(key.file());
                return inner != null && nesting.forbids(inner) ? ErrorNumbers.ELOOP : locked(EPOLL_CTL_ADD, nesting);
            } finally {
                EventpollNesting.LOCK.unlock();
            }
        }

        long locked(int operation, @Nullable EventpollNesting nesting) {
            eventpoll.mutex().lock();
            try {
                Epitem item = eventpoll.find(key);
                return switch (operation) {
                    case EPOLL_CTL_ADD -> item == null ? insert(nesting) : ErrorNumbers.EEXIST;
                    case EPOLL_CTL_MOD -> item == null ? ErrorNumbers.ENOENT : modify(item);
                    case EPOLL_CTL_DEL -> item == null ? ErrorNumbers.ENOENT : remove(item);
                    default -> ErrorNumbers.EINVAL;
                };
            } finally {
                eventpoll.mutex().unlock();
            }
        }

        private long insert(@Nullable EventpollNesting nesting) {
            Epitem item = eventpoll.attach(key, wanted.events(), wanted.data());
            if (nesting != null && nesting.hasTooManyPaths(key.file())) {
                eventpoll.remove(item);
                return ErrorNumbers.EINVAL;
            }
            eventpoll.begin(current, item, later);
            return 0;
        }

        private long modify(Epitem item) {
            if (item.has(Epitem.EPOLLEXCLUSIVE)) {
                return ErrorNumbers.EINVAL;
            }
            eventpoll.modify(current, item, wanted.events(), wanted.data(), later);
            return 0;
        }

        private long remove(Epitem item) {
            eventpoll.remove(item);
            return 0;
        }
    }

    /** {@code ep_take_care_of_epollwakeup}: not everybody may keep the machine awake. */
    private static int allowed(Task current, Wanted wanted) {
        return current.credentials().capable(Capability.CAP_BLOCK_SUSPEND)
                ? wanted.events()
                : wanted.events() & ~Epitem.EPOLLWAKEUP;
    }

    /**
     * Looks a watched file up for kcmp(2): {@code get_epoll_tfile_raw_ptr}.
     *
     * @param file an open file, an epoll if all is well
     * @param descriptor under which descriptor it watches
     * @param number which of the items under that, from 0
     * @param comparison what is done with the watched file
     * @return what that answers; −EINVAL if the first is no epoll, −ENOENT if it has no such item
     */
    public static long compareWatched(File file, int descriptor, int number, ToLongFunction<File> comparison) {
        Eventpoll eventpoll = EventpollOperations.of(file);
        if (eventpoll == null) {
            return ErrorNumbers.EINVAL;
        }
        eventpoll.mutex().lock();
        try {
            int left = number;
            for (Epitem item : eventpoll.items()) {
                if (item.key().descriptor() == descriptor && left-- == 0) {
                    return comparison.applyAsLong(item.key().file());
                }
            }
            return ErrorNumbers.ENOENT;
        } finally {
            eventpoll.mutex().unlock();
        }
    }

    /** {@code epoll_wait(2)}: a signal breaks it off in any case. */
    public static long epollWait(Task current, PtRegs regs) {
        return doEpollWait(current, regs, PollTimeout.ofMillis((int) regs.argument(4)));
    }

    /** {@code epoll_pwait(2)}: signals are blocked meanwhile as a mask says. */
    public static long epollPwait(Task current, PtRegs regs) {
        return doEpollPwait(current, regs, PollTimeout.ofMillis((int) regs.argument(4)));
    }

    /** {@code epoll_pwait2(2)}: the time is a {@code struct timespec} of 64-bit fields on i386 too. */
    public static long epollPwait2(Task current, PtRegs regs) {
        PollTimeout timeout = PollTimeout.forever();
        if (regs.argument(4) != 0) {
            Timespec time = Timespec.from(current, regs, regs.argument(4), Timespec.Width.BITS_64);
            if (time == null) {
                return ErrorNumbers.EFAULT;
            }
            timeout = PollTimeout.of(time);
        }
        return timeout.error() != 0 ? timeout.error() : doEpollPwait(current, regs, timeout);
    }

    private static long doEpollPwait(Task current, PtRegs regs, PollTimeout timeout) {
        long refusal = WaitMask.set(current, regs.argument(5), regs.argument(6));
        if (refusal != 0) {
            return refusal;
        }
        long result = doEpollWait(current, regs, timeout);
        boolean interrupted = result == ErrorNumbers.EINTR;
        Signals.restoreUnless(current, interrupted ? Signals.Interrupted.YES : Signals.Interrupted.NO);
        return result;
    }

    private static long doEpollWait(Task current, PtRegs regs, PollTimeout timeout) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            long address = regs.argument(2);
            int most = (int) regs.argument(3);
            if (most <= 0 || most > EP_MAX_EVENTS) {
                return ErrorNumbers.EINVAL;
            }
            if (!current.uaccess().accessOk(address, (long) most * Eventpoll.SIZE_OF_EVENT)) {
                return ErrorNumbers.EFAULT;
            }
            Eventpoll eventpoll = EventpollOperations.of(file);
            return eventpoll == null ? ErrorNumbers.EINVAL : eventpoll.waitEvents(current, address, most, timeout);
        } finally {
            file.release();
        }
    }
}
