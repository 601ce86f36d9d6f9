package dev.trapgate.emulator.linux.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.KernelUnderTest;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class ClockCallsTest {

    private static final long YEAR_2030 = 1_893_456_000L;
    private static final int ADJ_SETOFFSET = 0x100;
    private static final int ADJ_TAI = 0x80;

    private static UserBuffer pair(KernelUnderTest kernel, long first, long second) {
        UserBuffer buffer = kernel.memory(16);
        buffer.segment().set(ValueLayout.JAVA_LONG, 0, first);
        buffer.segment().set(ValueLayout.JAVA_LONG, 8, second);
        return buffer;
    }

    private static long nanos(KernelUnderTest kernel, int clock) {
        UserBuffer told = kernel.memory(16);
        assertThat(kernel.call(Syscall.CLOCK_GETTIME, clock, told.address())).isZero();
        return told.segment().get(ValueLayout.JAVA_LONG, 0) * Timekeeper.NSEC_PER_SEC
                + told.segment().get(ValueLayout.JAVA_LONG, 8);
    }

    @Test
    void theSuperuserSetsTheMachinesOwnClock() {
        try (KernelUnderTest kernel = KernelUnderTest.asRoot()) {
            long monotonic = nanos(kernel, Timekeeper.CLOCK_MONOTONIC);

            assertThat(kernel.call(
                            Syscall.CLOCK_SETTIME, 0, pair(kernel, YEAR_2030, 5).address()))
                    .isZero();

            assertThat(kernel.call(Syscall.TIME, 0)).isBetween(YEAR_2030, YEAR_2030 + 60);
            assertThat(nanos(kernel, Timekeeper.CLOCK_MONOTONIC)).isBetween(monotonic, monotonic + 60_000_000_000L);
        }
    }

    @Test
    void noClockIsSetToWhatIsNoTime() {
        try (KernelUnderTest kernel = KernelUnderTest.asRoot()) {
            long negative = pair(kernel, -1, 0).address();
            long tooLate = pair(kernel, Long.MAX_VALUE / 1_000_000_000, 0).address();
            long beforeBoot = pair(kernel, 0, 0).address();

            assertThat(kernel.call(Syscall.CLOCK_SETTIME, 0, negative)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.CLOCK_SETTIME, 0, tooLate)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(Syscall.CLOCK_SETTIME, 0, beforeBoot)).isEqualTo(ErrorNumbers.EINVAL);
            assertThat(kernel.call(
                            Syscall.SETTIMEOFDAY, pair(kernel, 1, 1_000_001).address(), 0))
                    .isEqualTo(ErrorNumbers.EINVAL);
        }
    }

    @Test
    void anOrdinaryUserSetsNoClock() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            long time = pair(kernel, YEAR_2030, 0).address();

            assertThat(kernel.call(Syscall.CLOCK_SETTIME, 0, time)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.SETTIMEOFDAY, time, 0)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.SETTIMEOFDAY, 0, 0)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.CLOCK_SETTIME, -6, time)).isEqualTo(ErrorNumbers.EPERM);
            assertThat(kernel.call(Syscall.CLOCK_SETTIME, -1, time)).isEqualTo(ErrorNumbers.EINVAL);
        }
    }

    @Test
    void adjtimexStepsTheClockAndKeepsTheDistanceToAtomicTime() {
        try (KernelUnderTest kernel = KernelUnderTest.asRoot()) {
            UserBuffer timex = kernel.memory(208);
            long before = nanos(kernel, Timekeeper.CLOCK_REALTIME);
            timex.segment().set(ValueLayout.JAVA_INT, 0, ADJ_SETOFFSET | ADJ_TAI);
            timex.segment().set(ValueLayout.JAVA_LONG, 48, 37);
            timex.segment().set(ValueLayout.JAVA_LONG, 72, 1000);

            assertThat(kernel.call(Syscall.ADJTIMEX, timex.address())).isEqualTo(5);

            long after = nanos(kernel, Timekeeper.CLOCK_REALTIME);
            assertThat(after - before).isBetween(1_000_000_000_000L, 1_060_000_000_000L);
            assertThat(timex.segment().get(ValueLayout.JAVA_INT, 160)).isEqualTo(37);
            assertThat(nanos(kernel, Timekeeper.CLOCK_TAI)).isGreaterThanOrEqualTo(after + 37_000_000_000L);
        }
    }

    @Test
    void sleepUsesNoProcessorTime() {
        try (KernelUnderTest kernel = KernelUnderTest.asUser()) {
            long wall = System.nanoTime();
            long before = nanos(kernel, Timekeeper.CLOCK_THREAD_CPUTIME_ID);

            assertThat(kernel.call(
                            Syscall.NANOSLEEP, pair(kernel, 0, 200_000_000).address(), 0))
                    .isZero();

            long used = nanos(kernel, Timekeeper.CLOCK_THREAD_CPUTIME_ID) - before;
            long passed = System.nanoTime() - wall;
            assertThat(used).isBetween(0L, passed - 200_000_000);
        }
    }
}
