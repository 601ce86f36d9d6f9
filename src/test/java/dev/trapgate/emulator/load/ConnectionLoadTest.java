package dev.trapgate.emulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers with many clients at once: connections that are accepted, datagrams that are answered, streams that fill up. */
@Timeout(200)
class ConnectionLoadTest {

    private static final int GROUP = 100;
    private static final int ROUNDS = 3;
    private static final int SIZE = 8;
    private static final long FAREWELL = -1;

    /** Whose sockets, and how addresses of them look. */
    private enum Family {
        UNIX {
            @Override
            int socket(ManyThreads threads, int type) {
                return (int) threads.must(Syscall.SOCKET, AF_UNIX, type, 0);
            }

            @Override
            long bind(ManyThreads threads, int socket) {
                long number = NAMES.incrementAndGet();
                threads.must(Syscall.BIND, socket, address(threads, number).address(), ADDRESS);
                return number;
            }

            @Override
            UserBuffer address(ManyThreads threads, long number) {
                UserBuffer name = threads.buffer(16);
                name.segment().set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
                name.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, 3, number);
                return name;
            }
        },
        INET {
            @Override
            int socket(ManyThreads threads, int type) {
                return new Loopback(threads).socket(type);
            }

            @Override
            long bind(ManyThreads threads, int socket) {
                return new Loopback(threads).bind(socket);
            }

            @Override
            UserBuffer address(ManyThreads threads, long number) {
                return new Loopback(threads).address(number);
            }
        };

        private static final int AF_UNIX = 1;
        private static final int ADDRESS = 16;
        private static final AtomicLong NAMES = new AtomicLong();

        abstract int socket(ManyThreads threads, int type);

        /** {@return what stands for the new address of a socket} */
        abstract long bind(ManyThreads threads, int socket);

        abstract UserBuffer address(ManyThreads threads, long number);
    }

    @ParameterizedTest
    @EnumSource
    void everyConnectionIsAcceptedOnceAndAnswered(Family family) throws InterruptedException {
        try (ManyThreads threads = new ManyThreads()) {
            AtomicLong made = new AtomicLong();
            for (int i = 0; i < ManyThreads.COUNT / GROUP; i++) {
                new Listener(threads, family, made).start();
            }
            threads.begin();
            threads.joinAll("accept, " + family);
            assertThat(threads.messages()).isEqualTo(made.get()).isGreaterThanOrEqualTo(ManyThreads.COUNT);
        }
    }

    /** More clients than acceptors, and a short queue, so that clients wait to be connected and acceptors for clients. */
    private static final class Listener {

        private static final int ACCEPTORS = 40;
        private static final int CLIENTS = GROUP - ACCEPTORS;
        private static final int BACKLOG = 5;

        private final ManyThreads threads;
        private final AtomicLong made;
        private final AtomicInteger clients = new AtomicInteger(CLIENTS);
        private final int listener;
        private final UserBuffer address;
        private final Family family;

        Listener(ManyThreads threads, Family family, AtomicLong made) {
            this.threads = threads;
            this.family = family;
            this.made = made;
            listener = family.socket(threads, Loopback.STREAM);
            address = family.address(threads, family.bind(threads, listener));
            threads.must(Syscall.LISTEN, listener, BACKLOG);
        }

        void start() {
            for (int i = 0; i < ACCEPTORS; i++) {
                threads.start("an acceptor", this::accept);
            }
            for (int i = 0; i < CLIENTS; i++) {
                threads.start("a client", this::connect);
            }
        }

        private void accept() {
            UserBuffer message = threads.buffer(SIZE);
            long count = 0;
            long number;
            do {
                long connection = threads.must(Syscall.ACCEPT4, listener, 0, 0, 0);
                expect(SIZE, threads.call(Syscall.READ, connection, message.address(), SIZE));
                number = message.segment().get(ValueLayout.JAVA_LONG, 0);
                message.segment().set(ValueLayout.JAVA_LONG, 0, number + 1);
                expect(SIZE, threads.call(Syscall.WRITE, connection, message.address(), SIZE));
                expect(0, threads.call(Syscall.READ, connection, message.address(), SIZE));
                threads.must(Syscall.CLOSE, connection);
                count += number == FAREWELL ? 0 : 1;
            } while (number != FAREWELL);
            threads.arrived(count);
        }

        private void connect() {
            UserBuffer message = threads.buffer(SIZE);
            for (int round = 0; round < ROUNDS || !threads.isOver(); round++) {
                connect(message, made.incrementAndGet());
            }
            if (clients.decrementAndGet() == 0) {
                for (int i = 0; i < ACCEPTORS; i++) {
                    connect(message, FAREWELL);
                }
            }
        }

        private void connect(UserBuffer message, long number) {
            long socket = family.socket(threads, Loopback.STREAM);
            threads.must(Syscall.CONNECT, socket, address.address(), Family.ADDRESS);
            message.segment().set(ValueLayout.JAVA_LONG, 0, number);
            expect(SIZE, threads.call(Syscall.WRITE, socket, message.address(), SIZE));
            expect(SIZE, threads.call(Syscall.READ, socket, message.address(), SIZE));
            expect(number + 1, message.segment().get(ValueLayout.JAVA_LONG, 0));
            threads.must(Syscall.CLOSE, socket);
        }
    }

    private static void expect(long wanted, long answer) {
        if (wanted != answer) {
            throw new AssertionError("the answer was " + answer + ", not " + wanted);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDatagramIsAnswered(Family family) throws InterruptedException {
        try (ManyThreads threads = new ManyThreads()) {
            AtomicLong asked = new AtomicLong();
            for (int i = 0; i < ManyThreads.COUNT / GROUP; i++) {
                int server = family.socket(threads, Loopback.DATAGRAM);
                UserBuffer address = family.address(threads, family.bind(threads, server));
                threads.start("a server", () -> answer(threads, server, GROUP - 1));
                for (int client = 1; client < GROUP; client++) {
                    threads.start("a client", () -> ask(threads, family, address, asked));
                }
            }
            threads.begin();
            threads.joinAll("datagrams, " + family);
            assertThat(threads.messages()).isEqualTo(asked.get()).isGreaterThanOrEqualTo(ManyThreads.COUNT);
        }
    }

    private static void answer(ManyThreads threads, int server, int clients) {
        UserBuffer message = threads.buffer(SIZE);
        UserBuffer from = threads.buffer(32);
        UserBuffer length = threads.buffer(4);
        long count = 0;
        for (int left = clients; left > 0; ) {
            length.segment().set(ValueLayout.JAVA_INT, 0, 32);
            long got = threads.call(
                    Syscall.RECVFROM, server, message.address(), SIZE, 0, from.address(), length.address());
            expect(SIZE, got);
            long number = message.segment().get(ValueLayout.JAVA_LONG, 0);
            left -= number == FAREWELL ? 1 : 0;
            count += number == FAREWELL ? 0 : 1;
            message.segment().set(ValueLayout.JAVA_LONG, 0, number + 1);
            long size = length.segment().get(ValueLayout.JAVA_INT, 0);
            expect(SIZE, threads.call(Syscall.SENDTO, server, message.address(), SIZE, 0, from.address(), size));
        }
        threads.arrived(count);
    }

    private static void ask(ManyThreads threads, Family family, UserBuffer address, AtomicLong asked) {
        UserBuffer message = threads.buffer(SIZE);
        long socket = family.socket(threads, Loopback.DATAGRAM);
        family.bind(threads, (int) socket);
        threads.must(Syscall.CONNECT, socket, address.address(), Family.ADDRESS);
        for (int round = 0; round <= ROUNDS || !threads.isOver(); round++) {
            ask(threads, socket, message, asked.incrementAndGet());
        }
        ask(threads, socket, message, FAREWELL);
    }

    private static void ask(ManyThreads threads, long socket, UserBuffer message, long number) {
        message.segment().set(ValueLayout.JAVA_LONG, 0, number);
        expect(SIZE, threads.call(Syscall.WRITE, socket, message.address(), SIZE));
        expect(SIZE, threads.call(Syscall.READ, socket, message.address(), SIZE));
        expect(number + 1, message.segment().get(ValueLayout.JAVA_LONG, 0));
    }

    /** Each byte says where in its stream it is, modulo a prime. */
    @ParameterizedTest
    @EnumSource(names = {"PIPE", "UNIX_STREAM", "TCP"})
    void streamsThatFillUpLoseNothing(LinkKind kind) throws InterruptedException {
        try (ManyThreads threads = new ManyThreads()) {
            AtomicLong sent = new AtomicLong();
            for (int i = 0; i < ManyThreads.COUNT / 2; i++) {
                int seed = i;
                LinkKind.Ends ends = kind.ends(threads);
                threads.start("a sender", () -> sent.addAndGet(fill(threads, ends, new SplittableRandom(seed))));
                threads.start("a receiver", () -> empty(threads, ends, new SplittableRandom(~seed)));
            }
            threads.begin();
            threads.joinAll("bytes of streams, " + kind);
            assertThat(threads.messages()).isEqualTo(sent.get()).isGreaterThan(ManyThreads.COUNT);
        }
    }

    private static final int PRIME = 251;
    private static final int MOST = 16_384;

    private static long fill(ManyThreads threads, LinkKind.Ends ends, SplittableRandom random) {
        UserBuffer bytes = threads.buffer(PRIME + MOST);
        for (int i = 0; i < PRIME + MOST; i++) {
            bytes.segment().set(ValueLayout.JAVA_BYTE, i, (byte) (i % PRIME));
        }
        long position = 0;
        for (int round = 0; round < ROUNDS || !threads.isOver(); round++) {
            position += threads.must(
                    Syscall.WRITE, ends.writer(), bytes.address() + position % PRIME, random.nextInt(1, MOST));
        }
        threads.must(Syscall.CLOSE, ends.writer());
        return position;
    }

    private static void empty(ManyThreads threads, LinkKind.Ends ends, SplittableRandom random) {
        UserBuffer bytes = threads.buffer(MOST);
        MemorySegment pattern = MemorySegment.ofArray(new byte[PRIME + MOST]);
        for (int i = 0; i < PRIME + MOST; i++) {
            pattern.set(ValueLayout.JAVA_BYTE, i, (byte) (i % PRIME));
        }
        long position = 0;
        long got = threads.must(Syscall.READ, ends.reader(), bytes.address(), MOST);
        while (got > 0) {
            MemorySegment wanted = pattern.asSlice(position % PRIME, got);
            expect(-1, wanted.mismatch(bytes.segment().asSlice(0, got)));
            position += got;
            got = threads.must(Syscall.READ, ends.reader(), bytes.address(), random.nextInt(1, MOST));
        }
        threads.arrived(position);
    }
}
