package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.linux.fs.EmulatedCalls.Running;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventpollTest {

    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int MODIFY = 3;
    private static final int EPOLLIN = 1;
    private static final int EPOLLOUT = 4;
    private static final int EPOLLEXCLUSIVE = 1 << 28;
    private static final int EPOLLONESHOT = 1 << 30;
    private static final int EPOLLET = 1 << 31;
    private static final int EFD_SEMAPHORE_NONBLOCK = 0x801;
    private static final int EVENT = 12;

    private final EmulatedCalls calls = new EmulatedCalls();

    @AfterEach
    void close() {
        calls.close();
    }

    private int epoll() {
        return (int) calls.call(Syscall.EPOLL_CREATE1, 0);
    }

    private int eventfd(int count) {
        return (int) calls.call(Syscall.EVENTFD2, count, EFD_SEMAPHORE_NONBLOCK);
    }

    private long control(int epoll, int operation, int descriptor, int events, long data) {
        UserBuffer event = calls.buffer(EVENT);
        event.segment().set(ValueLayout.JAVA_INT_UNALIGNED, 0, events);
        event.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, 4, data);
        return calls.call(Syscall.EPOLL_CTL, epoll, operation, descriptor, event.address());
    }

    private void add(int descriptor) {
        UserBuffer buffer = calls.buffer(8);
        buffer.segment().set(ValueLayout.JAVA_LONG, 0, 1);
        assertThat(calls.call(Syscall.WRITE, descriptor, buffer.address(), 8)).isEqualTo(8);
    }

    private boolean take(int descriptor) {
        return calls.call(Syscall.READ, descriptor, calls.buffer(8).address(), 8) == 8;
    }

    /** {@return the data of the events that there are} */
    private List<Long> await(int epoll, int timeout) {
        UserBuffer events = calls.buffer(8 * EVENT);
        long count = calls.call(Syscall.EPOLL_WAIT, epoll, events.address(), 8, timeout);
        List<Long> data = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            data.add(events.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, (long) i * EVENT + 4));
        }
        return data;
    }

    @Test
    void aWaiterHearsOfTheFileThatBecameReady() throws Exception {
        int epoll = epoll();
        int one = eventfd(0);
        int other = eventfd(0);
        control(epoll, ADD, one, EPOLLIN, 1);
        control(epoll, ADD, other, EPOLLIN, 2);
        Running<List<Long>> waiter = calls.start(() -> await(epoll, -1));
        waiter.awaitSleep();

        add(other);

        assertThat(waiter.await()).containsExactly(2L);
    }

    @Test
    void aWaiterHearsThroughEpollsThatWatchEachOther() throws Exception {
        int outer = epoll();
        int middle = epoll();
        int inner = epoll();
        int descriptor = eventfd(0);
        control(outer, ADD, middle, EPOLLIN, 1);
        control(middle, ADD, inner, EPOLLIN, 2);
        control(inner, ADD, descriptor, EPOLLIN, 3);
        Running<List<Long>> waiter = calls.start(() -> await(outer, -1));
        waiter.awaitSleep();

        add(descriptor);

        assertThat(waiter.await()).containsExactly(1L);
        assertThat(await(inner, 0)).containsExactly(3L);
    }

    @Test
    void aModificationWakesWhoWaits() throws Exception {
        int epoll = epoll();
        int descriptor = eventfd(1);
        control(epoll, ADD, descriptor, 0, 1);
        Running<List<Long>> waiter = calls.start(() -> await(epoll, -1));
        waiter.awaitSleep();

        control(epoll, MODIFY, descriptor, EPOLLOUT, 2);

        assertThat(waiter.await()).containsExactly(2L);
    }

    @Test
    void aFileAddedWhileSomeoneWaitsIsHeardOf() throws Exception {
        int epoll = epoll();
        int descriptor = eventfd(1);
        Running<List<Long>> waiter = calls.start(() -> await(epoll, -1));
        waiter.awaitSleep();

        control(epoll, ADD, descriptor, EPOLLIN, 5);

        assertThat(waiter.await()).containsExactly(5L);
    }

    @Test
    void theLastWritersEndHangsUp() throws Exception {
        int epoll = epoll();
        int[] pipe = calls.pipe(0);
        control(epoll, ADD, pipe[0], EPOLLET, 9);
        Running<List<Long>> waiter = calls.start(() -> await(epoll, -1));
        waiter.awaitSleep();

        calls.call(Syscall.CLOSE, pipe[1]);

        assertThat(waiter.await()).containsExactly(9L);
    }

    @Test
    void aFileClosedWhileSomeoneWaitsIsForgotten() throws Exception {
        int epoll = epoll();
        int descriptor = eventfd(0);
        int other = eventfd(0);
        control(epoll, ADD, descriptor, EPOLLIN, 1);
        control(epoll, ADD, other, EPOLLIN, 2);
        Running<List<Long>> waiter = calls.start(() -> await(epoll, -1));
        waiter.awaitSleep();

        calls.call(Syscall.CLOSE, descriptor);
        waiter.awaitSleep();
        add(other);

        assertThat(waiter.await()).containsExactly(2L);
        assertThat(control(epoll, DELETE, descriptor, 0, 0)).isEqualTo(-Errno.EBADF.number());
    }

    @Test
    void oneWriteWakesOneWaiterOfOneEpoll() throws Exception {
        int epoll = epoll();
        int descriptor = eventfd(0);
        control(epoll, ADD, descriptor, EPOLLIN | EPOLLET, 1);
        List<Running<List<Long>>> waiters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiters.add(calls.start(() -> await(epoll, -1)));
        }
        for (Running<List<Long>> waiter : waiters) {
            waiter.awaitSleep();
        }

        add(descriptor);

        List<Running<List<Long>>> left = awaitOne(waiters);
        for (Running<List<Long>> waiter : left) {
            waiter.awaitSleep();
        }
    }

    private static List<Running<List<Long>>> awaitOne(List<Running<List<Long>>> waiters) throws InterruptedException {
        while (waiters.stream().noneMatch(waiter -> waiter.result().isDone())) {
            Thread.sleep(1);
        }
        List<Running<List<Long>>> left =
                waiters.stream().filter(waiter -> !waiter.result().isDone()).toList();
        assertThat(left).hasSize(waiters.size() - 1);
        return left;
    }

    @Test
    void oneWriteWakesOneOfExclusiveEpolls() throws Exception {
        int descriptor = eventfd(0);
        List<Running<List<Long>>> waiters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int epoll = epoll();
            control(epoll, ADD, descriptor, EPOLLIN | EPOLLEXCLUSIVE, i);
            waiters.add(calls.start(() -> await(epoll, -1)));
        }
        for (Running<List<Long>> waiter : waiters) {
            waiter.awaitSleep();
        }

        add(descriptor);

        for (Running<List<Long>> waiter : awaitOne(waiters)) {
            waiter.awaitSleep();
        }
    }

    @Test
    void aTimeoutEndsTheWait() {
        int epoll = epoll();

        assertThat(await(epoll, 20)).isEmpty();
    }

    @Test
    void noEventIsLostBetweenWritersAndWaiters() throws Exception {
        int epoll = epoll();
        int rounds = 500;
        int files = 8;
        int[] descriptors = new int[files];
        for (int i = 0; i < files; i++) {
            descriptors[i] = eventfd(0);
            control(epoll, ADD, descriptors[i], EPOLLIN | (i % 2 == 0 ? EPOLLET : EPOLLONESHOT), i);
        }
        AtomicLong taken = new AtomicLong();
        List<Running<Long>> waiters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiters.add(calls.start(() -> drain(epoll, descriptors, taken, (long) rounds * files)));
        }
        List<Running<Long>> writers = new ArrayList<>();
        for (int descriptor : descriptors) {
            writers.add(calls.start(() -> {
                for (int n = 0; n < rounds; n++) {
                    add(descriptor);
                }
                return 0L;
            }));
        }
        for (Running<Long> writer : writers) {
            writer.await();
        }
        for (Running<Long> waiter : waiters) {
            waiter.await();
        }
        assertThat(taken.get()).isEqualTo((long) rounds * files);
    }

    private long drain(int epoll, int[] descriptors, AtomicLong taken, long all) {
        while (taken.get() < all) {
            for (long index : await(epoll, 100)) {
                int descriptor = descriptors[(int) index];
                while (take(descriptor)) {
                    taken.incrementAndGet();
                }
                if (index % 2 != 0) {
                    control(epoll, MODIFY, descriptor, EPOLLIN | EPOLLONESHOT, index);
                }
            }
        }
        return 0;
    }

    @Test
    void epollsThatAreAddedToEachOtherAtOnceMakeNoLoop() throws Exception {
        for (int round = 0; round < 50; round++) {
            int one = epoll();
            int other = epoll();
            Running<Long> first = calls.start(() -> control(one, ADD, other, EPOLLIN, 1));
            Running<Long> second = calls.start(() -> control(other, ADD, one, EPOLLIN, 1));

            assertThat(List.of(first.await(), second.await()))
                    .containsExactlyInAnyOrder(0L, (long) -Errno.ELOOP.number());
            calls.call(Syscall.CLOSE, one);
            calls.call(Syscall.CLOSE, other);
        }
    }

    @Test
    void aFileHasOnlySoManyWaysUp() {
        // As many epolls may watch the one that watches the file.
        int descriptor = eventfd(0);
        int inner = epoll();
        assertThat(control(inner, ADD, descriptor, EPOLLIN, 1)).isZero();
        for (int i = 0; i < 500; i++) {
            assertThat(control(epoll(), ADD, inner, EPOLLIN, 1)).as("way " + i).isZero();
        }

        assertThat(control(epoll(), ADD, inner, EPOLLIN, 1)).isEqualTo(-Errno.EINVAL.number());
    }

    @Test
    void closingTheMachineEndsAllThatWait() throws Exception {
        int epoll = epoll();
        control(epoll, ADD, eventfd(0), EPOLLIN, 1);
        List<Running<List<Long>>> waiters = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiters.add(calls.start(() -> await(epoll, -1)));
        }
        for (Running<List<Long>> waiter : waiters) {
            waiter.awaitSleep();
        }

        calls.machine().close();

        for (Running<List<Long>> waiter : waiters) {
            assertThatThrownBy(waiter::await).hasCauseInstanceOf(EmulatedEndException.class);
        }
    }
}
