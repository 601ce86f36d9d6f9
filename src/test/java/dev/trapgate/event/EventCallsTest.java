package dev.trapgate.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.pipe.Pipe;
import dev.trapgate.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class EventCallsTest {

    @ParameterizedTest
    @EnumSource
    void epollTellsWhichDescriptorIsReady(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.EPOLL_CREATE1);
                UserMemory.Scope scope = test.linux().memory().open();
                FileDescriptor epoll = test.linux().event().epollCreate(EpollFlags.EPOLL_CLOEXEC);
                Pipe one = test.linux().pipe().pipe();
                Pipe other = test.linux().pipe().pipe()) {
            EventCalls event = test.linux().event();
            EpollList list = EpollList.in(scope, 4);
            event.epollAdd(epoll, one.reader(), EpollEvents.EPOLLIN, 0x1_0000_0001L);
            event.epollAdd(epoll, other.reader(), EpollEvents.EPOLLIN, -2);
            assertThat(event.epollWait(epoll, list, 0)).isZero();

            test.linux().io().write(other.writer(), new byte[1]);
            assertThat(event.epollWait(epoll, list, -1)).isEqualTo(1);
            assertThat(list.data(0)).isEqualTo(-2);
            assertThat(list.events(0)).hasToString("EPOLLIN");

            event.epollDelete(epoll, other.reader());
            event.epollModify(epoll, one.reader(), EpollEvents.EPOLLIN.or(EpollEvents.EPOLLET), 5);
            one.writer().close();
            assertThat(event.epollWait(epoll, list, -1)).isEqualTo(1);
            assertThat(list.data(0)).isEqualTo(5);
            assertThat(list.events(0).has(EpollEvents.EPOLLHUP)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pollAnswersForEachRequestInTurn(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Pipe pipe = test.linux().pipe().pipe()) {
            List<PollEvents> ready = test.linux()
                    .event()
                    .poll(
                            List.of(
                                    new PollRequest(pipe.reader(), PollEvents.POLLIN),
                                    new PollRequest(pipe.writer(), PollEvents.POLLOUT)),
                            0);

            assertThat(ready).containsExactly(PollEvents.NONE, PollEvents.POLLOUT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCounterCounts(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.EVENTFD2);
                FileDescriptor counter =
                        test.linux().event().eventfd(2, EventfdFlags.EFD_NONBLOCK.or(EventfdFlags.EFD_CLOEXEC))) {
            EventCalls event = test.linux().event();
            event.add(counter, 40);

            assertThat(event.take(counter)).isEqualTo(42);
            assertThatThrownBy(() -> event.take(counter))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.EAGAIN))
                            .isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimerExpiresAndSaysHowOften(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.TIMERFD_CREATE);
                FileDescriptor timer = test.linux().event().timerfd(Clock.CLOCK_MONOTONIC, TimerfdFlags.TFD_CLOEXEC)) {
            EventCalls event = test.linux().event();
            assertThat(event.timerfdGettime(timer)).isEqualTo(new TimerState(Duration.ZERO, Duration.ZERO));

            event.timerfdSettime(timer, Duration.ofMillis(1), Duration.ofHours(1), TimerSetting.NONE);
            assertThat(event.take(timer)).isEqualTo(1);

            TimerState state = event.timerfdGettime(timer);
            assertThat(state.interval()).isEqualTo(Duration.ofHours(1));
            assertThat(state.remaining()).isBetween(Duration.ofMinutes(58), Duration.ofHours(1));
        }
    }
}
