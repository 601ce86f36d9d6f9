package dev.trapgate.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Errno;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.kernel.Timespec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TimeCallsTest {

    @ParameterizedTest
    @EnumSource
    void aClockGoesOn(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                UserMemory.Scope scope = test.linux().memory().open()) {
            TimeCalls time = test.linux().time();
            Timespec now = Timespec.in(scope);

            long first = time.nanos(Clock.CLOCK_MONOTONIC);
            time.clockGettime(Clock.CLOCK_MONOTONIC, now);
            long third = time.nanos(Clock.CLOCK_MONOTONIC);

            assertThat(now.toNanos()).isBetween(first, third);
            assertThat(now.toDuration()).isEqualTo(Duration.ofNanos(now.toNanos()));
            assertThat(time.clockGetres(Clock.CLOCK_MONOTONIC)).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRealTimeClockIsJavas(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                UserMemory.Scope scope = test.linux().memory().open()) {
            Timespec now = Timespec.in(scope);
            Instant before = Instant.now();
            test.linux().time().clockGettime(Clock.CLOCK_REALTIME, now);

            assertThat(now.toInstant())
                    .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sleepingTakesAtLeastThatLong(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            TimeCalls time = test.linux().time();
            long before = time.nanos(Clock.CLOCK_MONOTONIC);

            assertThat(time.nanosleep(Duration.ofMillis(2))).isZero();
            time.sleepUntil(Clock.CLOCK_MONOTONIC, Duration.ofNanos(before + 4_000_000));

            assertThat(time.nanos(Clock.CLOCK_MONOTONIC)).isGreaterThanOrEqualTo(before + 4_000_000);
            assertThatThrownBy(() -> time.nanosleep(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownClockIsRefused(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            assertThatThrownBy(() -> test.linux().time().nanos(new Clock(15)))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.EINVAL))
                            .isTrue());
        }
    }
}
