package dev.trapgate.event;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.Timespec;
import dev.trapgate.time.Clock;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Waiting for descriptors, and descriptors to wait for: epoll, poll, event counters, timers.
 *
 * <p>Timeouts are in milliseconds: 0 does not wait, −1 waits for ever. A virtual thread that waits blocks its carrier.
 *
 * @param kernel whose calls
 */
public record EventCalls(Kernel kernel) {

    private static final Call EPOLL_CREATE1 = Call.of(Syscall.EPOLL_CREATE1);
    private static final Call EPOLL_CTL = Call.of(Syscall.EPOLL_CTL);
    private static final Call EPOLL_WAIT = Call.of(Syscall.EPOLL_WAIT);
    private static final Call POLL = Call.of(Syscall.POLL);
    private static final Call EVENTFD2 = Call.of(Syscall.EVENTFD2);
    private static final Call TIMERFD_CREATE = Call.of(Syscall.TIMERFD_CREATE);
    private static final Call TIMERFD_SETTIME = Call.of(Syscall.TIMERFD_SETTIME, Syscall.TIMERFD_SETTIME64);
    private static final Call TIMERFD_GETTIME = Call.of(Syscall.TIMERFD_GETTIME, Syscall.TIMERFD_GETTIME64);
    private static final Call READ = Call.of(Syscall.READ);
    private static final Call WRITE = Call.of(Syscall.WRITE);

    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;
    private static final int POLLFD = 8;
    private static final int POLL_EVENTS = 4;
    private static final int POLL_REVENTS = 6;
    private static final long ITIMERSPEC = 2 * Timespec.SIZE;

    /**
     * Makes an epoll instance, as {@code epoll_create1(2)}.
     *
     * @param flags what kind
     * @return its descriptor, to be closed
     * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
     */
    public FileDescriptor epollCreate(EpollFlags flags) {
        return kernel.open(EPOLL_CREATE1, flags.bits(), 0, 0);
    }

    /**
     * Waits for a descriptor from now on, as {@code epoll_ctl(2)} with EPOLL_CTL_ADD.
     *
     * @param epoll the instance
     * @param descriptor what to watch; closing it ends this only if no copy of it is open
     * @param events what to wait for
     * @param data what {@link EpollList#data} is to say of it
     * @throws SyscallException EEXIST if it is watched already; EPERM if it is a file that is always ready; ENOSPC
     */
    public void epollAdd(FileDescriptor epoll, FileDescriptor descriptor, EpollEvents events, long data) {
        epollCtl(epoll, EPOLL_CTL_ADD, descriptor, events.bits(), data);
    }

    /** Waits for other events of a descriptor that is watched, as with EPOLL_CTL_MOD; ENOENT if it is not. */
    public void epollModify(FileDescriptor epoll, FileDescriptor descriptor, EpollEvents events, long data) {
        epollCtl(epoll, EPOLL_CTL_MOD, descriptor, events.bits(), data);
    }

    /** Waits for a descriptor no more, as with EPOLL_CTL_DEL; ENOENT if it is not watched. */
    public void epollDelete(FileDescriptor epoll, FileDescriptor descriptor) {
        epollCtl(epoll, EPOLL_CTL_DEL, descriptor, 0, 0);
    }

    private void epollCtl(FileDescriptor epoll, int operation, FileDescriptor descriptor, int events, long data) {
        int number = descriptor.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(EpollList.EVENT, Long.BYTES);
            MemorySegment event = scratch.at(address, EpollList.EVENT);
            event.set(Layouts.INT, 0, events);
            event.set(Layouts.LONG, Integer.BYTES, data);
            kernel.callOn(EPOLL_CTL, epoll, operation, number, address);
        } finally {
            descriptor.letGo();
        }
    }

    /**
     * Waits, as {@code epoll_wait(2)}, without allocating.
     *
     * @param epoll the instance
     * @param into where the events go
     * @param timeout in milliseconds; 0 does not wait, −1 waits for ever
     * @return how many events there are, 0 if time ran out
     * @throws SyscallException EINTR if a signal came first; EBADF
     */
    public int epollWait(FileDescriptor epoll, EpollList into, int timeout) {
        int capacity = into.capacity();
        long address = kernel.address(into.buffer(), EpollList.EVENT);
        return (int) kernel.callOn(EPOLL_WAIT, epoll, address, capacity, timeout);
    }

    /**
     * Waits for some of several descriptors, as {@code poll(2)}.
     *
     * @param requests which, and for what
     * @param timeout in milliseconds; 0 does not wait, −1 waits for ever
     * @return what came, for each request in turn; {@link PollEvents#NONE} for those that are not ready
     * @throws SyscallException EINTR if a signal came first; EINVAL above RLIMIT_NOFILE
     */
    public List<PollEvents> poll(List<PollRequest> requests, int timeout) {
        int held = 0;
        try (Scratch scratch = kernel.scratch()) {
            long size = (long) requests.size() * POLLFD;
            long address = scratch.zeroed(size, Long.BYTES);
            MemorySegment array = scratch.at(address, size);
            for (PollRequest request : requests) {
                long at = (long) held * POLLFD;
                array.set(Layouts.INT, at, request.descriptor().hold(kernel));
                held++;
                array.set(Layouts.SHORT, at + POLL_EVENTS, (short) request.events().bits());
            }
            kernel.call(POLL, address, requests.size(), timeout);
            return ready(array);
        } finally {
            requests.stream().limit(held).forEach(request -> request.descriptor().letGo());
        }
    }

    private static List<PollEvents> ready(MemorySegment array) {
        List<PollEvents> ready = new ArrayList<>();
        for (long at = 0; at < array.byteSize(); at += POLLFD) {
            ready.add(new PollEvents(array.get(Layouts.SHORT, at + POLL_REVENTS) & 0xffff));
        }
        return ready;
    }

    /**
     * Makes an event counter, as {@code eventfd2(2)}.
     *
     * @param initial where it begins, to be read as unsigned
     * @param flags what kind
     * @return its descriptor, to be closed
     * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
     */
    public FileDescriptor eventfd(int initial, EventfdFlags flags) {
        return kernel.open(EVENTFD2, initial, flags.bits(), 0);
    }

    /**
     * Takes what a counter holds: all, or one with EFD_SEMAPHORE. Waits while it is 0.
     *
     * @param counter the counter, or a timer
     * @return how much; for a timer how often it has expired
     * @throws SyscallException EAGAIN if it does not block and there is nothing; EINTR
     */
    public long take(FileDescriptor counter) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Long.BYTES, Long.BYTES);
            kernel.callOn(READ, counter, address, Long.BYTES, 0);
            return scratch.at(address, Long.BYTES).get(Layouts.LONG, 0);
        }
    }

    /**
     * Adds to a counter. Waits while it would become more than 2⁶⁴ − 2.
     *
     * @param counter the counter
     * @param value how much, to be read as unsigned, not −1
     * @throws SyscallException EAGAIN if it does not block and there is no room; EINVAL for −1
     */
    public void add(FileDescriptor counter, long value) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Long.BYTES, Long.BYTES);
            scratch.at(address, Long.BYTES).set(Layouts.LONG, 0, value);
            kernel.callOn(WRITE, counter, address, Long.BYTES, 0);
        }
    }

    /**
     * Makes a timer, which is off, as {@code timerfd_create(2)}.
     *
     * @param clock by which clock
     * @param flags what kind
     * @return its descriptor, to be closed; {@link #take} waits for it and says how often it has expired
     * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</a>
     */
    public FileDescriptor timerfd(Clock clock, TimerfdFlags flags) {
        return kernel.open(TIMERFD_CREATE, clock.number(), flags.bits(), 0);
    }

    /**
     * Sets a timer, as {@code timerfd_settime(2)}.
     *
     * @param timer the timer
     * @param first until it expires, or with TFD_TIMER_ABSTIME the clock's time when it does; zero turns it off
     * @param interval between expirations after that; zero for none
     * @param setting how {@code first} is meant
     * @throws SyscallException ECANCELED with TFD_TIMER_CANCEL_ON_SET if the clock was set
     */
    public void timerfdSettime(FileDescriptor timer, Duration first, Duration interval, TimerSetting setting) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(ITIMERSPEC, Long.BYTES);
            MemorySegment spec = scratch.at(address, ITIMERSPEC);
            Timespec.write(spec, 0, interval);
            Timespec.write(spec, Timespec.SIZE, first);
            kernel.callOn(TIMERFD_SETTIME, timer, setting.bits(), address, 0);
        }
    }

    /** {@return how a timer is set, as {@code timerfd_gettime(2)}} */
    public TimerState timerfdGettime(FileDescriptor timer) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(ITIMERSPEC, Long.BYTES);
            kernel.callOn(TIMERFD_GETTIME, timer, address, 0, 0);
            MemorySegment spec = scratch.at(address, ITIMERSPEC);
            return new TimerState(duration(spec, Timespec.SIZE), duration(spec, 0));
        }
    }

    private static Duration duration(MemorySegment memory, long at) {
        return Duration.ofSeconds(memory.get(Layouts.LONG, at), memory.get(Layouts.LONG, at + Long.BYTES));
    }
}
