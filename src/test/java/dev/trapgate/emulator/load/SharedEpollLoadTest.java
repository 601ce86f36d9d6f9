package dev.trapgate.emulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many writers with a pipe each, and many readers who learn by epoll which pipe has something. A writer goes on once all it
 * wrote was answered, so that a lost event stops it for good; what was read is summed up by writer.
 */
@Timeout(200)
class SharedEpollLoadTest {

    private static final int GROUP = 100;
    private static final int WRITERS = GROUP / 2;
    private static final int READERS = GROUP / 2;
    private static final int BURST = 4;
    private static final int ROUNDS = 8;
    private static final int SIZE = 8;
    private static final int FINISH = WRITERS;
    private static final int O_NONBLOCK = 04000;
    private static final long EAGAIN = -Errno.EAGAIN.number();

    /** How the readers ask. */
    private enum Mode {
        LEVEL(EpollEvents.IN),
        EDGE(EpollEvents.IN | EpollEvents.EDGE),
        ONE_SHOT(EpollEvents.IN | EpollEvents.ONE_SHOT),
        EDGE_ONE_SHOT(EpollEvents.IN | EpollEvents.EDGE | EpollEvents.ONE_SHOT),
        /** An epoll for each reader, all on the same pipes. */
        EXCLUSIVE(EpollEvents.IN | EpollEvents.EXCLUSIVE),
        EXCLUSIVE_EDGE(EpollEvents.IN | EpollEvents.EXCLUSIVE | EpollEvents.EDGE),
        /** An epoll for each reader, all of which are told. */
        ALL_TOLD(EpollEvents.IN | EpollEvents.EDGE),
        /** A thread takes pipes out and puts them in again meanwhile. */
        CHANGED_MEANWHILE(EpollEvents.IN);

        private final long events;

        Mode(long events) {
            this.events = events;
        }

        boolean isShared() {
            return (events & EpollEvents.EXCLUSIVE) == 0 && this != ALL_TOLD;
        }

        boolean is(long event) {
            return (events & event) != 0;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMessageIsReadOnce(Mode mode) throws InterruptedException {
        try (ManyThreads threads = new ManyThreads()) {
            Group[] groups = new Group[ManyThreads.COUNT / GROUP];
            Arrays.setAll(groups, i -> new Group(threads, mode));
            threads.begin();
            for (Group group : groups) {
                group.start();
            }
            threads.joinAll("shared epoll, " + mode);
            for (Group group : groups) {
                group.check();
            }
            assertThat(threads.messages()).isGreaterThanOrEqualTo((long) groups.length * WRITERS * ROUNDS);
        }
    }

    /** Writers and readers that have to do with each other. */
    private static final class Group {

        private final ManyThreads threads;
        private final Mode mode;
        private final int[][] pipes = new int[WRITERS][];
        private final int[][] answers = new int[WRITERS][];
        private final int[] epolls;
        private final int finish;
        private final AtomicInteger writing = new AtomicInteger(WRITERS);
        private final AtomicLong[] sent = counters();
        private final AtomicLong[] read = counters();
        private final AtomicInteger[] readers = new AtomicInteger[WRITERS];

        Group(ManyThreads threads, Mode mode) {
            this.threads = threads;
            this.mode = mode;
            Arrays.setAll(readers, i -> new AtomicInteger());
            Arrays.setAll(pipes, i -> threads.pair(Syscall.PIPE2, O_NONBLOCK));
            Arrays.setAll(answers, i -> threads.pair(Syscall.PIPE2, 0));
            finish = (int) threads.must(Syscall.EVENTFD2, 0, 0);
            epolls = new int[mode.isShared() ? 1 : READERS];
            for (int i = 0; i < epolls.length; i++) {
                epolls[i] = (int) threads.must(Syscall.EPOLL_CREATE1, 0);
                for (int pipe = 0; pipe < WRITERS; pipe++) {
                    control(epolls[i], EpollEvents.ADD, pipe);
                }
                UserBuffer event = EpollEvents.of(threads, EpollEvents.IN, FINISH);
                threads.must(Syscall.EPOLL_CTL, epolls[i], EpollEvents.ADD, finish, event.address());
            }
        }

        private static AtomicLong[] counters() {
            AtomicLong[] counters = new AtomicLong[WRITERS];
            Arrays.setAll(counters, i -> new AtomicLong());
            return counters;
        }

        private void control(int epoll, int operation, int pipe) {
            control(epoll, operation, pipe, EpollEvents.of(threads, mode.events, pipe));
        }

        private void control(int epoll, int operation, int pipe, UserBuffer event) {
            threads.must(Syscall.EPOLL_CTL, epoll, operation, pipes[pipe][0], event.address());
        }

        void start() {
            for (int i = 0; i < READERS; i++) {
                int number = i;
                threads.start("a reader", () -> readAll(epolls[number % epolls.length], 1 + number % 3));
            }
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                threads.start("a writer", () -> writeAll(number));
            }
            if (mode == Mode.CHANGED_MEANWHILE) {
                threads.start("one that changes what is waited for", this::change);
            }
        }

        void check() {
            for (int i = 0; i < WRITERS; i++) {
                assertThat(read[i]).as("sum of what writer " + i + " wrote").hasValue(sent[i].get());
            }
        }

        private void writeAll(int number) {
            UserBuffer burst = threads.buffer(BURST * SIZE);
            UserBuffer told = threads.buffer(BURST);
            long next = 1;
            for (int round = 0; round < ROUNDS || !threads.isOver(); round++) {
                int count = 1 + round % BURST;
                for (int i = 0; i < count; i++, next++) {
                    burst.segment().set(ValueLayout.JAVA_LONG, (long) i * SIZE, next);
                    sent[number].addAndGet(next);
                }
                threads.must(Syscall.WRITE, pipes[number][1], burst.address(), (long) count * SIZE);
                for (int left = count; left > 0; ) {
                    left -= (int) threads.must(Syscall.READ, answers[number][0], told.address(), left);
                }
            }
            if (writing.decrementAndGet() == 0) {
                threads.must(Syscall.WRITE, finish, burst.address(), SIZE);
            }
        }

        private void readAll(int epoll, int most) {
            UserBuffer told = threads.buffer((long) most * EpollEvents.SIZE);
            UserBuffer message = threads.buffer(SIZE);
            UserBuffer event = threads.buffer(EpollEvents.SIZE);
            long count = 0;
            boolean finished = false;
            while (!finished) {
                long events = threads.must(Syscall.EPOLL_WAIT, epoll, told.address(), most, -1);
                for (int i = 0; i < events; i++) {
                    int pipe = (int) EpollEvents.data(told, i);
                    finished |= pipe == FINISH;
                    count += pipe == FINISH ? 0 : take(epoll, pipe, message, event);
                }
            }
            threads.arrived(count);
        }

        /** {@return how many messages of a pipe were read: one, or for edges all there are} */
        private long take(int epoll, int pipe, UserBuffer message, UserBuffer event) {
            boolean alone = mode.is(EpollEvents.ONE_SHOT);
            if (alone && readers[pipe].incrementAndGet() != 1) {
                throw new AssertionError("two readers were told of one shot");
            }
            long count = 0;
            do {
                long answer = threads.call(Syscall.READ, pipes[pipe][0], message.address(), SIZE);
                if (answer == EAGAIN) {
                    break;
                }
                count++;
                read[pipe].addAndGet(message.segment().get(ValueLayout.JAVA_LONG, 0));
                threads.must(Syscall.WRITE, answers[pipe][1], message.address(), 1);
            } while (mode.is(EpollEvents.EDGE));
            if (alone) {
                readers[pipe].decrementAndGet();
                event.segment().copyFrom(EpollEvents.bytes(mode.events, pipe));
                control(epoll, EpollEvents.MOD, pipe, event);
            }
            return count;
        }

        private void change() {
            UserBuffer event = threads.buffer(EpollEvents.SIZE);
            for (int i = 0; writing.get() > 0; i++) {
                int pipe = i % WRITERS;
                event.segment().copyFrom(EpollEvents.bytes(mode.events, pipe));
                control(epolls[0], EpollEvents.DEL, pipe, event);
                threads.must(Syscall.SCHED_YIELD);
                control(epolls[0], EpollEvents.ADD, pipe, event);
            }
        }
    }
}
