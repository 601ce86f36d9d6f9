package dev.trapgate.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.thread.Futex.Sharing;
import dev.trapgate.thread.FutexCalls.Expectation;
import dev.trapgate.thread.FutexCalls.Wait;
import dev.trapgate.time.Clock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FutexCallsTest {

    private static Futex word(UserMemory.Scope scope, int value) {
        Futex futex = Futex.in(scope.allocate(4, 4), Sharing.PRIVATE);
        futex.memory().set(Layouts.INT, 0, value);
        return futex;
    }

    private static Duration soon(TestLinux test) {
        return Duration.ofNanos(test.linux().time().nanos(Clock.CLOCK_MONOTONIC))
                .plusMillis(1);
    }

    @ParameterizedTest
    @EnumSource
    void aWordThatHasChangedIsNotWaitedFor(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.FUTEX);
                UserMemory.Scope scope = test.linux().memory().open()) {
            assertThat(test.linux().futex().await(word(scope, 1), 2)).isEqualTo(Wait.CHANGED);
            assertThat(test.linux().futex().wake(word(scope, 1), 1)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitingEndsAtTheDeadline(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.FUTEX);
                UserMemory.Scope scope = test.linux().memory().open()) {
            Duration deadline = soon(test);

            assertThat(test.linux().futex().awaitUntil(word(scope, 7), 7, deadline))
                    .isEqualTo(Wait.TIMED_OUT);
            assertThat(test.linux().time().nanos(Clock.CLOCK_MONOTONIC)).isGreaterThanOrEqualTo(deadline.toNanos());
        }
    }

    /** Waits in a thread of its own; answers when it sleeps. */
    private static <T> CompletableFuture<T> sleeping(Supplier<T> call) throws InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(call.get());
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void whoWaitsIsWokenByWakeAndNotByOtherBits(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open();
                UserMemory.Scope scope = test.linux().memory().open()) {
            FutexCalls futexes = test.linux().futex();
            Futex futex = word(scope, 5);
            CompletableFuture<Wait> wait = sleeping(() -> futexes.await(futex, 5, 0b10));

            while (futexes.wake(futex, 1, 0b10) == 0) {
                assertThat(futexes.wake(futex, 1, 0b01)).isZero();
            }

            assertThat(wait.get(30, TimeUnit.SECONDS)).isEqualTo(Wait.WOKEN);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void whoIsRequeuedWaitsForTheOtherWord(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open();
                UserMemory.Scope scope = test.linux().memory().open()) {
            FutexCalls futexes = test.linux().futex();
            Futex one = word(scope, 5);
            Futex other = word(scope, 6);
            CompletableFuture<Wait> wait = sleeping(() -> futexes.await(one, 5));

            assertThat(futexes.requeue(one, 4, 0, other, 1)).as("not its value").isEmpty();
            while (futexes.requeue(one, 5, 0, other, 1).orElseThrow() == 0) {
                Thread.onSpinWait();
            }

            assertThat(futexes.wake(one, 1)).isZero();
            assertThat(futexes.wake(other, 1)).isEqualTo(1);
            assertThat(wait.get(30, TimeUnit.SECONDS)).isEqualTo(Wait.WOKEN);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void severalWordsAreWaitedForAtOnce(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open();
                UserMemory.Scope scope = test.linux().memory().open()) {
            FutexCalls futexes = test.linux().futex();
            List<Expectation> words = List.of(new Expectation(word(scope, 1), 1), new Expectation(word(scope, 2), 2));
            try {
                assertThat(futexes.awaitAny(words, soon(test)))
                        .as("time ran out")
                        .isEmpty();
            } catch (SyscallException failure) {
                assumeFalse(failure.is(Errno.ENOSYS), failure.getMessage());
                throw failure;
            }
            Duration later = soon(test).plusSeconds(30);
            CompletableFuture<Integer> wait =
                    sleeping(() -> futexes.awaitAny(words, later).orElseThrow());
            while (futexes.wake(words.get(1).futex(), 1) == 0) {
                Thread.onSpinWait();
            }

            assertThat(wait.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThatThrownBy(() -> futexes.awaitAny(List.of(), later)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatIsNoFutexIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(8, 8);
            assertThatThrownBy(() -> Futex.in(memory.asSlice(1), Sharing.PRIVATE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a multiple of 4");
            assertThatThrownBy(() -> Futex.in(memory.asSlice(0, 3), Sharing.PRIVATE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Futex.in(MemorySegment.ofArray(new int[1]), Sharing.PRIVATE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("native memory");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_INT80", "EMULATED"})
    void memoryThatTheKernelCannotAddressIsRefused(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.FUTEX);
                Arena arena = Arena.ofConfined()) {
            MemorySegment high = arena.allocate(4, 4);
            Kernel behind = test.linux().kernel();
            assumeFalse(behind.reaches(high), "this JVM's heap lies below 4 GiB");

            assertThatThrownBy(() -> test.linux().futex().wake(Futex.in(high, Sharing.PRIVATE), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("memory()");
        }
    }

    @Test
    void aFutexOfAClosedArenaIsNotPassedOn() {
        Futex futex;
        try (Arena arena = Arena.ofConfined()) {
            futex = Futex.in(arena.allocate(4, 4), Sharing.PRIVATE);
        }
        assertThatThrownBy(() -> Linux.host().futex().wake(futex, 1)).isInstanceOf(IllegalStateException.class);
    }
}
