package dev.trapgate.emulator.load;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** What a number can go through from one thread to another: a way to sleep and to be woken each. */
enum LinkKind {
    PIPE(LinkKind::pipe),
    FUTEX(LinkKind::futex),
    EVENTFD(LinkKind::eventfd),
    SEMAPHORE(LinkKind::semaphore),
    SIGNAL(LinkKind::signal),
    UNIX_STREAM(threads -> socketPair(threads, 1)),
    UNIX_DATAGRAM(threads -> socketPair(threads, 2)),
    UNIX_SEQPACKET(threads -> socketPair(threads, 5)),
    TCP(threads -> Bytes.of(threads, tcp(threads))),
    UDP(LinkKind::udp),
    POLL(LinkKind::poll),
    SELECT(LinkKind::select),
    EPOLL_LEVEL(threads -> epoll(threads, EpollEvents.IN)),
    EPOLL_EDGE(threads -> epoll(threads, EpollEvents.IN | EpollEvents.EDGE)),
    EPOLL_ONE_SHOT(threads -> epoll(threads, EpollEvents.IN | EpollEvents.ONE_SHOT)),
    EPOLL_NESTED(LinkKind::nestedEpoll),
    MESSAGE_QUEUE(LinkKind::messageQueue),
    POSIX_MESSAGE_QUEUE(LinkKind::posixMessageQueue);

    private static final int SIZE = 8;
    private static final long EAGAIN = -Errno.EAGAIN.number();
    private static final int O_NONBLOCK = 04000;
    private static final int AF_UNIX = 1;
    private static final int SIGRTMIN = 34;
    private static final VarHandle WORD =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final AtomicInteger NAMES = new AtomicInteger();

    @SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
    private final Function<ManyThreads, Link> maker;

    LinkKind(Function<ManyThreads, Link> maker) {
        this.maker = maker;
    }

    /** {@return a new one} */
    Link make(ManyThreads threads) {
        return maker.apply(threads);
    }

    /** The descriptors of what is read and written like a file. */
    record Ends(int reader, int writer) {}

    /** {@return the descriptors of a new pipe or connection} */
    Ends ends(ManyThreads threads) {
        return switch (this) {
            case PIPE -> ends(threads.pair(Syscall.PIPE2, 0));
            case UNIX_STREAM -> ends(threads.pair(Syscall.SOCKETPAIR, AF_UNIX, Loopback.STREAM, 0));
            case TCP -> tcp(threads);
            default -> throw new IllegalArgumentException(this + " is no stream of bytes");
        };
    }

    private static Ends ends(int... two) {
        return new Ends(two[0], two[1]);
    }

    /** What is read and written as eight bytes. */
    private record Bytes(ManyThreads threads, UserBuffer in, UserBuffer out, LongSupplier reader, LongSupplier writer)
            implements Link {

        /** A reader's and a writer's descriptor. */
        static Bytes of(ManyThreads threads, Ends ends) {
            UserBuffer in = threads.buffer(SIZE);
            UserBuffer out = threads.buffer(SIZE);
            return new Bytes(
                    threads,
                    in,
                    out,
                    () -> threads.call(Syscall.READ, ends.reader(), in.address(), SIZE),
                    () -> threads.call(Syscall.WRITE, ends.writer(), out.address(), SIZE));
        }

        @Override
        public void send(long number) {
            out.segment().set(ValueLayout.JAVA_LONG, 0, number);
            expect(writer.getAsLong());
        }

        @Override
        public long receive() {
            expect(reader.getAsLong());
            return in.segment().get(ValueLayout.JAVA_LONG, 0);
        }

        private static void expect(long answer) {
            if (answer != SIZE) {
                throw new AssertionError("the kernel answered " + answer + " where " + SIZE + " bytes were to go");
            }
        }

        /** The same, by a reader that waits in another way first. */
        Bytes after(Runnable wait) {
            LongSupplier reading = () -> {
                wait.run();
                return reader.getAsLong();
            };
            return new Bytes(threads, in, out, reading, writer);
        }
    }

    private static Bytes pipe(ManyThreads threads) {
        int[] ends = threads.pair(Syscall.PIPE2, 0);
        return Bytes.of(threads, ends(ends));
    }

    private static Link socketPair(ManyThreads threads, int type) {
        int[] ends = threads.pair(Syscall.SOCKETPAIR, AF_UNIX, type, 0);
        return Bytes.of(threads, ends(ends));
    }

    /** A word that is 0 or the number. */
    private static Link futex(ManyThreads threads) {
        UserBuffer word = threads.buffer(4);
        return new Link() {
            @Override
            public void send(long number) {
                int seen = (int) WORD.compareAndExchange(word.segment(), 0L, 0, (int) number);
                while (seen != 0) {
                    await(seen);
                    seen = (int) WORD.compareAndExchange(word.segment(), 0L, 0, (int) number);
                }
                wake();
            }

            @Override
            public long receive() {
                int number = (int) WORD.getAndSet(word.segment(), 0L, 0);
                while (number == 0) {
                    await(0);
                    number = (int) WORD.getAndSet(word.segment(), 0L, 0);
                }
                wake();
                return number;
            }

            private void await(int value) {
                long answer = threads.call(Syscall.FUTEX, word.address(), 0x80, value);
                if (answer != 0 && answer != EAGAIN) {
                    throw new AssertionError("FUTEX_WAIT answered " + answer);
                }
            }

            private void wake() {
                threads.must(Syscall.FUTEX, word.address(), 0x81, Integer.MAX_VALUE);
            }
        };
    }

    /** A queue in Java whose bell the kernel rings: as often as was rung, so often is answered. */
    private record Bell(Queue<Long> numbers, Runnable ring, Runnable await) implements Link {

        Bell(Runnable ring, Runnable await) {
            this(new ConcurrentLinkedQueue<>(), ring, await);
        }

        @Override
        public void send(long number) {
            numbers.add(number);
            ring.run();
        }

        @Override
        public long receive() {
            await.run();
            Long number = numbers.poll();
            if (number == null) {
                throw new AssertionError("the bell was heard more often than it was rung");
            }
            return number;
        }
    }

    private static Link eventfd(ManyThreads threads) {
        int semaphore = 1;
        int event = (int) threads.must(Syscall.EVENTFD2, 0, semaphore);
        UserBuffer one = threads.buffer(SIZE);
        UserBuffer value = threads.buffer(SIZE);
        one.segment().set(ValueLayout.JAVA_LONG, 0, 1);
        return new Bell(
                () -> threads.must(Syscall.WRITE, event, one.address(), SIZE),
                () -> threads.must(Syscall.READ, event, value.address(), SIZE));
    }

    private static Link semaphore(ManyThreads threads) {
        long set = threads.must(Syscall.SEMGET, 0, 1, 0600);
        UserBuffer up = operation(threads, 1);
        UserBuffer down = operation(threads, -1);
        return new Bell(
                () -> threads.must(Syscall.SEMOP, set, up.address(), 1),
                () -> threads.must(Syscall.SEMOP, set, down.address(), 1));
    }

    private static UserBuffer operation(ManyThreads threads, int change) {
        UserBuffer operation = threads.buffer(6);
        operation.segment().set(ValueLayout.JAVA_SHORT, 2, (short) change);
        return operation;
    }

    /** A real-time signal for each number, which are queued; the receiver has it blocked, and says who it is. */
    private static Link signal(ManyThreads threads) {
        UserBuffer set = threads.buffer(SIZE);
        set.segment().set(ValueLayout.JAVA_LONG, 0, 1L << (SIGRTMIN - 1));
        CompletableFuture<Long> receiver = new CompletableFuture<>();
        return new Bell(() -> threads.must(Syscall.TKILL, receiver.join(), SIGRTMIN), () -> {
            if (!receiver.isDone()) {
                threads.must(Syscall.RT_SIGPROCMASK, 0, set.address(), 0, SIZE);
                receiver.complete(threads.must(Syscall.GETTID));
            }
            threads.must(Syscall.RT_SIGTIMEDWAIT, set.address(), 0, 0, SIZE);
        });
    }

    private static Ends tcp(ManyThreads threads) {
        Loopback loopback = new Loopback(threads);
        int listener = loopback.socket(Loopback.STREAM);
        long port = loopback.bind(listener);
        threads.must(Syscall.LISTEN, listener, 1);
        int sender = loopback.socket(Loopback.STREAM);
        loopback.connect(sender, port);
        int receiver = (int) threads.must(Syscall.ACCEPT4, listener, 0, 0, 0);
        threads.must(Syscall.CLOSE, listener);
        return new Ends(receiver, sender);
    }

    private static Link udp(ManyThreads threads) {
        Loopback loopback = new Loopback(threads);
        int receiver = loopback.socket(Loopback.DATAGRAM);
        int sender = loopback.socket(Loopback.DATAGRAM);
        loopback.connect(sender, loopback.bind(receiver));
        return Bytes.of(threads, new Ends(receiver, sender));
    }

    private static Link poll(ManyThreads threads) {
        int[] ends = threads.pair(Syscall.PIPE2, 0);
        UserBuffer list = threads.buffer(8);
        list.segment().set(ValueLayout.JAVA_INT, 0, ends[0]);
        list.segment().set(ValueLayout.JAVA_SHORT, 4, (short) EpollEvents.IN);
        return Bytes.of(threads, ends(ends)).after(() -> threads.must(Syscall.POLL, list.address(), 1, -1));
    }

    private static Link select(ManyThreads threads) {
        int[] ends = threads.pair(Syscall.PIPE2, 0);
        UserBuffer set = threads.buffer(512);
        long at = (long) ends[0] / Long.SIZE * Long.BYTES;
        return Bytes.of(threads, ends(ends)).after(() -> {
            set.segment().set(ValueLayout.JAVA_LONG, at, 1L << ends[0] % Long.SIZE);
            threads.must(Syscall.SELECT, ends[0] + 1L, set.address(), 0, 0, 0);
        });
    }

    /** One reads until there is no more, and only then waits: right for edges, too. */
    private static Link epoll(ManyThreads threads, long events) {
        int[] ends = threads.pair(Syscall.PIPE2, O_NONBLOCK);
        int epoll = (int) threads.must(Syscall.EPOLL_CREATE1, 0);
        UserBuffer event = EpollEvents.of(threads, events, 0);
        threads.must(Syscall.EPOLL_CTL, epoll, EpollEvents.ADD, ends[0], event.address());
        UserBuffer told = threads.buffer(EpollEvents.SIZE);
        boolean again = (events & EpollEvents.ONE_SHOT) != 0;
        Bytes bytes = Bytes.of(threads, ends(ends));
        return new Bytes(
                threads,
                bytes.in(),
                bytes.out(),
                () -> {
                    long answer = bytes.reader().getAsLong();
                    while (answer == EAGAIN) {
                        if (again) {
                            threads.must(Syscall.EPOLL_CTL, epoll, EpollEvents.MOD, ends[0], event.address());
                        }
                        threads.must(Syscall.EPOLL_WAIT, epoll, told.address(), 1, -1);
                        answer = bytes.reader().getAsLong();
                    }
                    return answer;
                },
                bytes.writer());
    }

    /** An epoll in an epoll, whose edge is waited for. */
    private static Link nestedEpoll(ManyThreads threads) {
        int[] ends = threads.pair(Syscall.PIPE2, 0);
        int inner = (int) threads.must(Syscall.EPOLL_CREATE1, 0);
        int outer = (int) threads.must(Syscall.EPOLL_CREATE1, 0);
        UserBuffer event = EpollEvents.of(threads, EpollEvents.IN, 0);
        UserBuffer told = threads.buffer(EpollEvents.SIZE);
        threads.must(Syscall.EPOLL_CTL, inner, EpollEvents.ADD, ends[0], event.address());
        threads.must(Syscall.EPOLL_CTL, outer, EpollEvents.ADD, inner, event.address());
        return Bytes.of(threads, ends(ends))
                .after(() -> threads.must(Syscall.EPOLL_WAIT, outer, told.address(), 1, -1));
    }

    private static Link messageQueue(ManyThreads threads) {
        long queue = threads.must(Syscall.MSGGET, 0, 0600);
        UserBuffer message = threads.buffer(2 * SIZE);
        UserBuffer told = threads.buffer(2 * SIZE);
        message.segment().set(ValueLayout.JAVA_LONG, 0, 1);
        return new Link() {
            @Override
            public void send(long number) {
                message.segment().set(ValueLayout.JAVA_LONG, SIZE, number);
                threads.must(Syscall.MSGSND, queue, message.address(), SIZE, 0);
            }

            @Override
            public long receive() {
                threads.must(Syscall.MSGRCV, queue, told.address(), SIZE, 0, 0);
                return told.segment().get(ValueLayout.JAVA_LONG, SIZE);
            }
        };
    }

    private static Link posixMessageQueue(ManyThreads threads) {
        UserBuffer name = threads.buffer(16);
        name.segment().setString(0, "q" + NAMES.incrementAndGet());
        UserBuffer attributes = threads.buffer(64);
        attributes.segment().set(ValueLayout.JAVA_LONG, 8, 2);
        attributes.segment().set(ValueLayout.JAVA_LONG, 16, SIZE);
        int open = 0102;
        int queue = (int) threads.must(Syscall.MQ_OPEN, name.address(), open, 0600, attributes.address());
        UserBuffer in = threads.buffer(SIZE);
        UserBuffer out = threads.buffer(SIZE);
        return new Bytes(
                threads,
                in,
                out,
                () -> threads.call(Syscall.MQ_TIMEDRECEIVE, queue, in.address(), SIZE, 0, 0),
                () -> threads.must(Syscall.MQ_TIMEDSEND, queue, out.address(), SIZE, 0, 0) + SIZE);
    }
}
