package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.fs.EmulatedCalls.Running;
import dev.trapgate.emulator.linux.kernel.time.Hrtimers;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimerfdTest {

    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int TFD_TIMER_ABSTIME = 1;
    private static final int TFD_TIMER_CANCEL_ON_SET = 2;
    private static final int O_NONBLOCK = 0x800;

    private final EmulatedCalls calls = EmulatedCalls.ofRoot();

    @AfterEach
    void close() {
        calls.close();
    }

    private int timer(int clock, int flags) {
        return (int) calls.call(Syscall.TIMERFD_CREATE, clock, flags);
    }

    private long set(int descriptor, int flags, long interval, long seconds, long nanos) {
        UserBuffer setting = calls.buffer(32);
        setting.segment().set(ValueLayout.JAVA_LONG, 8, interval);
        setting.segment().set(ValueLayout.JAVA_LONG, 16, seconds);
        setting.segment().set(ValueLayout.JAVA_LONG, 24, nanos);
        return calls.call(Syscall.TIMERFD_SETTIME, descriptor, flags, setting.address(), 0);
    }

    private long read(int descriptor) {
        UserBuffer ticks = calls.buffer(8);
        long result = calls.call(Syscall.READ, descriptor, ticks.address(), 8);
        return result == 8 ? ticks.segment().get(ValueLayout.JAVA_LONG, 0) : result;
    }

    private long setClock(long seconds) {
        UserBuffer time = calls.buffer(16);
        time.segment().set(ValueLayout.JAVA_LONG, 0, seconds);
        return calls.call(Syscall.CLOCK_SETTIME, CLOCK_REALTIME, time.address());
    }

    private long now() {
        UserBuffer time = calls.buffer(16);
        calls.call(Syscall.CLOCK_GETTIME, CLOCK_REALTIME, time.address());
        return time.segment().get(ValueLayout.JAVA_LONG, 0);
    }

    @Test
    void aReaderSleepsUntilItsTimerExpires() {
        int timer = timer(CLOCK_MONOTONIC, 0);
        long start = System.nanoTime();
        set(timer, 0, 0, 0, 30_000_000);

        assertThat(read(timer)).isEqualTo(1);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void aPeriodicTimerCountsThePeriodsThatNobodyRead() throws Exception {
        int timer = timer(CLOCK_MONOTONIC, 0);
        set(timer, 0, 1_000_000, 0, 1_000_000);
        Thread.sleep(20);

        assertThat(read(timer)).isGreaterThanOrEqualTo(15);
        assertThat(read(timer)).isPositive();
    }

    @Test
    void aTimerOfTheWallClockFollowsWhenItIsSet() throws Exception {
        int timer = timer(CLOCK_REALTIME, 0);
        long then = now() + 3600;
        set(timer, TFD_TIMER_ABSTIME, 0, then, 0);
        Running<Long> reader = calls.start(() -> read(timer));
        reader.awaitSleep();

        assertThat(setClock(then + 1)).isZero();

        assertThat(reader.await()).isEqualTo(1);
    }

    @Test
    void aRelativeTimerDoesNotFollow() {
        int timer = timer(CLOCK_REALTIME, O_NONBLOCK);
        set(timer, 0, 0, 3600, 0);

        assertThat(setClock(now() + 7200)).isZero();

        assertThat(read(timer)).isEqualTo(-Errno.EAGAIN.number());
    }

    @Test
    void aReaderHearsThatTheClockWasSet() throws Exception {
        int timer = timer(CLOCK_REALTIME, 0);
        set(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, 0, now() + 3600, 0);
        Running<Long> reader = calls.start(() -> read(timer));
        reader.awaitSleep();

        assertThat(setClock(now() + 100)).isZero();

        assertThat(reader.await()).isEqualTo(-Errno.ECANCELED.number());
    }

    @Test
    void aTimerThatIsSetAnewForgetsItsExpiry() {
        int timer = timer(CLOCK_MONOTONIC, O_NONBLOCK);
        set(timer, TFD_TIMER_ABSTIME, 0, 0, 1);
        UserBuffer list = calls.buffer(8);
        list.segment().set(ValueLayout.JAVA_INT, 0, timer);
        list.segment().set(ValueLayout.JAVA_SHORT, 4, (short) 1);
        assertThat(calls.call(Syscall.POLL, list.address(), 1, -1)).isEqualTo(1);

        set(timer, 0, 0, 3600, 0);

        assertThat(read(timer)).isEqualTo(-Errno.EAGAIN.number());
    }

    @Test
    void noThreadIsLeftForAMachineThatWasClosed() throws Exception {
        set(timer(CLOCK_MONOTONIC, 0), 0, 0, 3600, 0);
        Hrtimers timers = calls.machine().process().timekeeper().hrtimers();
        assertThat(timers.isIdle()).isFalse();

        calls.machine().close();

        while (!timers.isIdle()) {
            Thread.sleep(10);
        }
    }
}
