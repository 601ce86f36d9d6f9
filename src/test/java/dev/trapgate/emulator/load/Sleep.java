package dev.trapgate.emulator.load;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The calls in which a thread sleeps until something happens that never does. */
enum Sleep {
    READ_PIPE(threads -> on(threads, pipe(threads)[0], Syscall.READ)),
    WRITE_PIPE(threads -> on(threads, fullPipe(threads), Syscall.WRITE)),
    READV(threads -> {
        int end = pipe(threads)[0];
        long vector = vector(threads);
        return () -> threads.call(Syscall.READV, end, vector, 1);
    }),
    SPLICE(threads -> {
        int from = pipe(threads)[0];
        int to = pipe(threads)[1];
        return () -> threads.call(Syscall.SPLICE, from, 0, to, 0, 1, 0);
    }),
    TEE(threads -> {
        int from = pipe(threads)[0];
        int to = pipe(threads)[1];
        return () -> threads.call(Syscall.TEE, from, to, 1, 0);
    }),
    VMSPLICE(threads -> {
        int end = fullPipe(threads);
        long vector = vector(threads);
        return () -> threads.call(Syscall.VMSPLICE, end, vector, 1, 0);
    }),
    SENDFILE(threads -> {
        int file = file(threads);
        int end = fullPipe(threads);
        return () -> threads.call(Syscall.SENDFILE, end, file, 0, 1);
    }),
    OPEN_FIFO(threads -> {
        UserBuffer name = name(threads);
        threads.must(Syscall.MKNODAT, Sleep.AT_FDCWD, name.address(), Sleep.S_IFIFO | 0600, 0);
        return () -> threads.call(Syscall.OPENAT, Sleep.AT_FDCWD, name.address(), 0, 0);
    }),
    EPOLL_WAIT(threads -> {
        long epoll = epoll(threads, pipe(threads)[0]);
        UserBuffer told = threads.buffer(EpollEvents.SIZE);
        return () -> threads.call(Syscall.EPOLL_WAIT, epoll, told.address(), 1, -1);
    }),
    EPOLL_WAIT_NESTED(threads -> {
        long epoll = epoll(threads, epoll(threads, pipe(threads)[0]));
        UserBuffer told = threads.buffer(EpollEvents.SIZE);
        return () -> threads.call(Syscall.EPOLL_PWAIT, epoll, told.address(), 1, Sleep.LONG_MILLIS, 0, 0);
    }),
    POLL(threads -> poll(threads, Syscall.POLL, -1)),
    POLL_FOR_LONG(threads -> poll(threads, Syscall.POLL, Sleep.LONG_MILLIS)),
    PPOLL(threads -> poll(threads, Syscall.PPOLL, 0)),
    SELECT(threads -> {
        int end = pipe(threads)[0];
        UserBuffer set = threads.buffer(512);
        long at = (long) end / Long.SIZE * Long.BYTES;
        return () -> {
            set.segment().set(ValueLayout.JAVA_LONG, at, 1L << end % Long.SIZE);
            return threads.call(Syscall.PSELECT6, end + 1L, set.address(), 0, 0, 0, 0);
        };
    }),
    EVENTFD(threads -> on(threads, threads.must(Syscall.EVENTFD2, 0, 0), Syscall.READ)),
    TIMERFD(threads -> {
        long timer = threads.must(Syscall.TIMERFD_CREATE, 1, 0);
        UserBuffer setting = threads.buffer(32);
        setting.segment().set(ValueLayout.JAVA_LONG, 16, Sleep.LONG_SECONDS);
        threads.must(Syscall.TIMERFD_SETTIME, timer, 0, setting.address(), 0);
        return on(threads, timer, Syscall.READ);
    }),
    SIGNALFD(threads -> on(threads, threads.must(Syscall.SIGNALFD4, -1, signals(threads), 8, 0), Syscall.READ)),
    INOTIFY(threads -> on(threads, threads.must(Syscall.INOTIFY_INIT1, 0), Syscall.READ)),
    FUTEX(threads -> {
        UserBuffer word = threads.buffer(4);
        return () -> threads.call(Syscall.FUTEX, word.address(), 0x80, 0);
    }),
    FUTEX_FOR_LONG(threads -> {
        UserBuffer word = threads.buffer(4);
        long time = seconds(threads);
        return () -> threads.call(Syscall.FUTEX, word.address(), 0, 0, time);
    }),
    FUTEX_WAITV(threads -> {
        UserBuffer word = threads.buffer(4);
        UserBuffer waiter = threads.buffer(24);
        waiter.segment().set(ValueLayout.JAVA_LONG, 8, word.address());
        waiter.segment().set(ValueLayout.JAVA_INT, 16, 2);
        return () -> threads.call(Syscall.FUTEX_WAITV, waiter.address(), 1, 0, 0, 0);
    }),
    RECEIVE_STREAM(threads -> on(threads, sockets(threads, Loopback.STREAM)[0], Syscall.READ)),
    RECEIVE_DATAGRAM(threads -> on(threads, sockets(threads, Loopback.DATAGRAM)[0], Syscall.READ)),
    SEND_STREAM(threads -> on(threads, full(threads, sockets(threads, Loopback.STREAM)[0]), Syscall.WRITE)),
    SEND_DATAGRAM(threads -> on(threads, full(threads, sockets(threads, Loopback.DATAGRAM)[0]), Syscall.WRITE)),
    RECVMMSG(threads -> {
        int socket = sockets(threads, Loopback.DATAGRAM)[0];
        UserBuffer message = threads.buffer(64);
        message.segment().set(ValueLayout.JAVA_LONG, 16, vector(threads));
        message.segment().set(ValueLayout.JAVA_LONG, 24, 1);
        return () -> threads.call(Syscall.RECVMMSG, socket, message.address(), 1, 0, 0);
    }),
    RECEIVE_UDP(threads -> {
        Loopback loopback = new Loopback(threads);
        int socket = loopback.socket(Loopback.DATAGRAM);
        loopback.bind(socket);
        return on(threads, socket, Syscall.READ);
    }),
    RECEIVE_TCP(threads -> on(threads, LinkKind.TCP.ends(threads).reader(), Syscall.READ)),
    SEND_TCP(threads -> on(threads, full(threads, LinkKind.TCP.ends(threads).writer()), Syscall.WRITE)),
    ACCEPT_TCP(threads -> {
        Loopback loopback = new Loopback(threads);
        int socket = loopback.socket(Loopback.STREAM);
        loopback.bind(socket);
        threads.must(Syscall.LISTEN, socket, 1);
        return () -> threads.call(Syscall.ACCEPT, socket, 0, 0);
    }),
    CONNECT_TCP(threads -> {
        Loopback loopback = new Loopback(threads);
        int listener = loopback.socket(Loopback.STREAM);
        UserBuffer address = loopback.address(loopback.bind(listener));
        threads.must(Syscall.LISTEN, listener, 0);
        threads.must(Syscall.CONNECT, loopback.socket(Loopback.STREAM), address.address(), 16);
        return () -> threads.call(Syscall.CONNECT, loopback.socket(Loopback.STREAM), address.address(), 16);
    }),
    ACCEPT_UNIX(threads -> {
        long socket = threads.must(Syscall.SOCKET, Sleep.AF_UNIX, Loopback.STREAM, 0);
        threads.must(Syscall.BIND, socket, unixName(threads), 16);
        threads.must(Syscall.LISTEN, socket, 1);
        return () -> threads.call(Syscall.ACCEPT4, socket, 0, 0, 0);
    }),
    CONNECT_UNIX(threads -> {
        long listener = threads.must(Syscall.SOCKET, Sleep.AF_UNIX, Loopback.STREAM, 0);
        long name = unixName(threads);
        threads.must(Syscall.BIND, listener, name, 16);
        threads.must(Syscall.LISTEN, listener, 0);
        threads.must(Syscall.CONNECT, threads.must(Syscall.SOCKET, Sleep.AF_UNIX, Loopback.STREAM, 0), name, 16);
        return () -> threads.call(
                Syscall.CONNECT, threads.must(Syscall.SOCKET, Sleep.AF_UNIX, Loopback.STREAM, 0), name, 16);
    }),
    MSGRCV(threads -> {
        long queue = threads.must(Syscall.MSGGET, 0, 0600);
        UserBuffer message = threads.buffer(16);
        return () -> threads.call(Syscall.MSGRCV, queue, message.address(), 8, 0, 0);
    }),
    MSGSND(threads -> {
        long queue = threads.must(Syscall.MSGGET, 0, 0600);
        UserBuffer message = threads.buffer(Sleep.MSGMAX + 8);
        message.segment().set(ValueLayout.JAVA_LONG, 0, 1);
        threads.must(Syscall.MSGSND, queue, message.address(), Sleep.MSGMAX, 0);
        threads.must(Syscall.MSGSND, queue, message.address(), Sleep.MSGMAX, 0);
        return () -> threads.call(Syscall.MSGSND, queue, message.address(), Sleep.MSGMAX, 0);
    }),
    SEMOP(threads -> semaphore(threads, 0)),
    SEMTIMEDOP(threads -> semaphore(threads, seconds(threads))),
    MQ_TIMEDRECEIVE(threads -> {
        long queue = queue(threads);
        UserBuffer message = threads.buffer(8);
        return () -> threads.call(Syscall.MQ_TIMEDRECEIVE, queue, message.address(), 8, 0, 0);
    }),
    MQ_TIMEDSEND(threads -> {
        long queue = queue(threads);
        UserBuffer message = threads.buffer(8);
        threads.must(Syscall.MQ_TIMEDSEND, queue, message.address(), 8, 0, 0);
        return () -> threads.call(Syscall.MQ_TIMEDSEND, queue, message.address(), 8, 0, 0);
    }),
    NANOSLEEP(threads -> {
        long time = seconds(threads);
        return () -> threads.call(Syscall.NANOSLEEP, time, 0);
    }),
    CLOCK_NANOSLEEP(threads -> {
        long time = seconds(threads);
        return () -> threads.call(Syscall.CLOCK_NANOSLEEP, 0, 0, time, 0);
    }),
    PAUSE(threads -> () -> threads.call(Syscall.PAUSE)),
    SIGSUSPEND(threads -> {
        long set = signals(threads);
        return () -> threads.call(Syscall.RT_SIGSUSPEND, set, 8);
    }),
    SIGTIMEDWAIT(threads -> {
        long set = signals(threads);
        return () -> threads.call(Syscall.RT_SIGTIMEDWAIT, set, 0, 0, 8);
    }),
    FLOCK(threads -> {
        UserBuffer name = name(threads);
        threads.must(Syscall.FLOCK, open(threads, name), 2);
        long other = open(threads, name);
        return () -> threads.call(Syscall.FLOCK, other, 2);
    }),
    RECORD_LOCK(threads -> lock(threads, 7)),
    OFD_LOCK(threads -> lock(threads, 38));

    private static final int AT_FDCWD = -100;
    private static final int S_IFIFO = 0010000;
    private static final int AF_UNIX = 1;
    private static final int O_RDWR_CREAT = 0102;
    private static final int O_NONBLOCK = 04000;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_OFD_SETLK = 37;
    private static final int MSGMAX = 8192;
    private static final int LONG_MILLIS = 1_000_000_000;
    private static final long LONG_SECONDS = 1_000_000;
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** A call that does not come back. */
    interface Call {

        /** {@return what the kernel answered after all} */
        long answer();
    }

    @SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
    private final Function<ManyThreads, Call> preparation;

    Sleep(Function<ManyThreads, Call> preparation) {
        this.preparation = preparation;
    }

    /** {@return the call, with all in place that makes it sleep; any number of threads may make it} */
    Call prepare(ManyThreads threads) {
        return preparation.apply(threads);
    }

    private static int[] pipe(ManyThreads threads) {
        return threads.pair(Syscall.PIPE2, 0);
    }

    private static int fullPipe(ManyThreads threads) {
        return (int) full(threads, pipe(threads)[1]);
    }

    /** {@return a descriptor to which so much was written that there is no room} */
    private static long full(ManyThreads threads, long descriptor) {
        UserBuffer bytes = threads.buffer(4096);
        long flags = threads.must(Syscall.FCNTL, descriptor, F_GETFL);
        threads.must(Syscall.FCNTL, descriptor, F_SETFL, flags | O_NONBLOCK);
        while (threads.call(Syscall.WRITE, descriptor, bytes.address(), 4096) > 0) {
            // There was room.
        }
        threads.must(Syscall.FCNTL, descriptor, F_SETFL, flags);
        return descriptor;
    }

    private static int[] sockets(ManyThreads threads, int type) {
        return threads.pair(Syscall.SOCKETPAIR, AF_UNIX, type, 0);
    }

    private static Call on(ManyThreads threads, long descriptor, Syscall call) {
        UserBuffer bytes = threads.buffer(4096);
        return () -> threads.call(call, descriptor, bytes.address(), 4096);
    }

    private static long vector(ManyThreads threads) {
        UserBuffer vector = threads.buffer(16);
        vector.segment().set(ValueLayout.JAVA_LONG, 0, threads.buffer(8).address());
        vector.segment().set(ValueLayout.JAVA_LONG, 8, 8);
        return vector.address();
    }

    private static long seconds(ManyThreads threads) {
        UserBuffer time = threads.buffer(16);
        time.segment().set(ValueLayout.JAVA_LONG, 0, LONG_SECONDS);
        return time.address();
    }

    /** {@return the address of a set that holds SIGUSR1} */
    private static long signals(ManyThreads threads) {
        UserBuffer set = threads.buffer(8);
        set.segment().set(ValueLayout.JAVA_LONG, 0, 1L << 9);
        return set.address();
    }

    private static UserBuffer name(ManyThreads threads) {
        UserBuffer name = threads.buffer(32);
        name.segment().setString(0, "/tmp/" + NAMES.incrementAndGet(), StandardCharsets.US_ASCII);
        return name;
    }

    private static long unixName(ManyThreads threads) {
        UserBuffer name = threads.buffer(16);
        name.segment().set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        name.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, 3, NAMES.incrementAndGet());
        return name.address();
    }

    private static long open(ManyThreads threads, UserBuffer name) {
        return threads.must(Syscall.OPENAT, AT_FDCWD, name.address(), O_RDWR_CREAT, 0600);
    }

    private static int file(ManyThreads threads) {
        long file = open(threads, name(threads));
        threads.must(Syscall.FTRUNCATE, file, 4096);
        return (int) file;
    }

    private static long epoll(ManyThreads threads, long descriptor) {
        long epoll = threads.must(Syscall.EPOLL_CREATE1, 0);
        UserBuffer event = EpollEvents.of(threads, EpollEvents.IN, 0);
        threads.must(Syscall.EPOLL_CTL, epoll, EpollEvents.ADD, descriptor, event.address());
        return epoll;
    }

    private static Call poll(ManyThreads threads, Syscall call, int timeout) {
        UserBuffer list = threads.buffer(8);
        list.segment().set(ValueLayout.JAVA_INT, 0, pipe(threads)[0]);
        list.segment().set(ValueLayout.JAVA_SHORT, 4, (short) EpollEvents.IN);
        return () -> threads.call(call, list.address(), 1, timeout);
    }

    private static Call semaphore(ManyThreads threads, long time) {
        long set = threads.must(Syscall.SEMGET, 0, 1, 0600);
        UserBuffer operation = threads.buffer(6);
        operation.segment().set(ValueLayout.JAVA_SHORT, 2, (short) -1);
        return () -> threads.call(Syscall.SEMTIMEDOP, set, operation.address(), 1, time);
    }

    private static long queue(ManyThreads threads) {
        UserBuffer name = threads.buffer(16);
        name.segment().setString(0, "q" + NAMES.incrementAndGet());
        UserBuffer attributes = threads.buffer(64);
        attributes.segment().set(ValueLayout.JAVA_LONG, 8, 1);
        attributes.segment().set(ValueLayout.JAVA_LONG, 16, 8);
        return threads.must(Syscall.MQ_OPEN, name.address(), O_RDWR_CREAT, 0600, attributes.address());
    }

    /** A lock that another open file holds. */
    private static Call lock(ManyThreads threads, int operation) {
        UserBuffer name = name(threads);
        UserBuffer lock = threads.buffer(32);
        lock.segment().set(ValueLayout.JAVA_SHORT, 0, (short) 1);
        threads.must(Syscall.FCNTL, open(threads, name), F_OFD_SETLK, lock.address());
        long other = open(threads, name);
        return () -> threads.call(Syscall.FCNTL, other, operation, lock.address());
    }
}
