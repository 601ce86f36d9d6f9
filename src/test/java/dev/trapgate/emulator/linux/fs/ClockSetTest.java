package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.fs.EmulatedCalls.Running;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that wait until the wall clock shows a time, when that clock is set; the host's is none to be set. */
@Timeout(60)
class ClockSetTest {

    private static final long YEAR_2040 = 2_208_988_800L;
    private static final int FUTEX_WAIT_BITSET_REALTIME = 9 | 0x80 | 0x100;
    private static final int TIMER_ABSTIME = 1;

    private final EmulatedCalls calls = EmulatedCalls.ofRoot();

    @AfterEach
    void close() {
        calls.close();
    }

    private UserBuffer time(long seconds) {
        UserBuffer time = calls.buffer(16);
        time.segment().set(ValueLayout.JAVA_LONG, 0, seconds);
        return time;
    }

    private void setClock(long seconds) {
        assertThat(calls.call(Syscall.CLOCK_SETTIME, 0, time(seconds).address()))
                .isZero();
    }

    private Running<Long> waitOnFutex(long seconds) throws InterruptedException {
        UserBuffer word = calls.buffer(8);
        long until = time(seconds).address();
        Running<Long> waiting = calls.start(
                () -> calls.call(Syscall.FUTEX, word.address(), FUTEX_WAIT_BITSET_REALTIME, 0, until, 0, -1));
        waiting.awaitSleep();
        return waiting;
    }

    @Test
    void aFutexWaitEndsWhenTheClockIsSetBehindItsTime() throws Exception {
        Running<Long> waiting = waitOnFutex(YEAR_2040);

        setClock(YEAR_2040 - 1000);
        waiting.awaitSleep();
        setClock(YEAR_2040 + 1);

        assertThat(waiting.await()).isEqualTo(-Errno.ETIMEDOUT.number());
    }

    @Test
    void aFutexWaitGoesOnWhenTheClockIsSetBack() throws Exception {
        setClock(YEAR_2040);
        Running<Long> waiting = waitOnFutex(YEAR_2040 + 2);

        setClock(YEAR_2040 - 1_000_000);
        Thread.sleep(2_200);

        assertThat(waiting.result()).isNotDone();
    }

    @Test
    void waitvIsLate() throws Exception {
        UserBuffer word = calls.buffer(8);
        UserBuffer waiter = calls.buffer(24);
        waiter.segment().set(ValueLayout.JAVA_LONG, 8, word.address());
        waiter.segment().set(ValueLayout.JAVA_INT, 16, 2 | 0x80);
        long until = time(YEAR_2040).address();
        Running<Long> waiting = calls.start(() -> calls.call(Syscall.FUTEX_WAITV, waiter.address(), 1, 0, until, 0));
        waiting.awaitSleep();

        setClock(YEAR_2040);

        assertThat(waiting.await()).isEqualTo(-Errno.ETIMEDOUT.number());
    }

    @Test
    void aSleepEnds() throws Exception {
        long until = time(YEAR_2040).address();
        Running<Long> waiting = calls.start(() -> calls.call(Syscall.CLOCK_NANOSLEEP, 0, TIMER_ABSTIME, until, 0));
        waiting.awaitSleep();

        setClock(YEAR_2040 + 1);

        assertThat(waiting.await()).isZero();
    }
}
