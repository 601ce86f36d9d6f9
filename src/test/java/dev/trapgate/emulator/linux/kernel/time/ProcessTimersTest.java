package dev.trapgate.emulator.linux.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.linux.kernel.KernelUnderTest;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What timers do that scenarios do not wait for: overruns, processor time, deadly signals. */
@Timeout(60)
class ProcessTimersTest {

    private static final int SIGALRM = 14;
    private static final int SIGPROF = 27;
    private static final int ITIMER_PROF = 2;
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final int SIG_BLOCK = 0;
    private static final long MILLI = 1_000_000;

    private final KernelUnderTest kernel = KernelUnderTest.asUser();

    @AfterEach
    void close() {
        kernel.close();
    }

    private UserBuffer block(int signal) {
        UserBuffer set = words(1L << (signal - 1));
        assertThat(kernel.call(Syscall.RT_SIGPROCMASK, SIG_BLOCK, set.address(), 0, 8))
                .isZero();
        return set;
    }

    private UserBuffer words(long... values) {
        UserBuffer memory = kernel.memory(8L * values.length);
        for (int i = 0; i < values.length; i++) {
            memory.segment().setAtIndex(ValueLayout.JAVA_LONG, i, values[i]);
        }
        return memory;
    }

    @Test
    void aPeriodicTimerCountsWhatItsWaitingSignalMissed() {
        UserBuffer set = block(SIGALRM);
        UserBuffer id = kernel.memory(8);
        kernel.call(Syscall.TIMER_CREATE, 1, 0, id.address());
        kernel.call(Syscall.TIMER_SETTIME, 0, 0, words(0, MILLI, 0, MILLI).address(), 0);
        kernel.call(Syscall.NANOSLEEP, words(0, 50 * MILLI).address(), 0);
        UserBuffer info = kernel.memory(128);
        assertThat(kernel.call(
                        Syscall.RT_SIGTIMEDWAIT,
                        set.address(),
                        info.address(),
                        words(5, 0).address(),
                        8))
                .isEqualTo(SIGALRM);
        int overrun = info.segment().get(ValueLayout.JAVA_INT, 20);
        assertThat(overrun).isBetween(40, 50_000);
        assertThat(kernel.call(Syscall.TIMER_GETOVERRUN, 0)).isEqualTo(overrun);
    }

    @Test
    void processorTimeMakesTimersExpire() {
        UserBuffer set = block(SIGPROF);
        kernel.call(Syscall.SETITIMER, ITIMER_PROF, words(0, 0, 0, 5_000).address(), 0);
        UserBuffer pending = words(0);
        while (pending.segment().get(ValueLayout.JAVA_LONG, 0) == 0) {
            kernel.call(Syscall.RT_SIGPENDING, pending.address(), 8);
        }
        assertThat(kernel.call(
                        Syscall.RT_SIGTIMEDWAIT, set.address(), 0, words(0, 0).address(), 8))
                .isEqualTo(SIGPROF);
        UserBuffer set2 = block(SIGALRM);
        kernel.call(
                Syscall.TIMER_CREATE,
                CLOCK_PROCESS_CPUTIME_ID,
                0,
                kernel.memory(8).address());
        kernel.call(Syscall.TIMER_SETTIME, 0, 0, words(0, 0, 0, 5 * MILLI).address(), 0);
        pending.segment().set(ValueLayout.JAVA_LONG, 0, 0);
        while (pending.segment().get(ValueLayout.JAVA_LONG, 0) == 0) {
            kernel.call(Syscall.RT_SIGPENDING, pending.address(), 8);
        }
        assertThat(kernel.call(
                        Syscall.RT_SIGTIMEDWAIT, set2.address(), 0, words(0, 0).address(), 8))
                .isEqualTo(SIGALRM);
    }

    @Test
    void anAlarmThatIsNotBlockedEndsWhoWaitsForIt() {
        kernel.call(Syscall.SETITIMER, 0, words(0, 0, 0, 200_000).address(), 0);
        assertThatThrownBy(() -> kernel.call(Syscall.PAUSE))
                .isInstanceOf(EmulatedEndException.class)
                .hasMessageContaining("SIGALRM");
    }
}
