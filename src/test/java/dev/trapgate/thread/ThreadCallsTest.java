package dev.trapgate.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.Linux;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ThreadCallsTest {

    @ParameterizedTest
    @EnumSource
    void aPinnedThreadRunsWhereItIsPinned(TestKernel kernel) throws Exception {
        CompletableFuture<CpuAndNode> ran = new CompletableFuture<>();
        try (TestLinux test = kernel.open(Syscall.SCHED_SETAFFINITY, Syscall.GETCPU);
                UserMemory.Scope scope = test.linux().memory().open()) {
            ThreadCalls thread = test.linux().thread();
            CurrentCpu own = CurrentCpu.in(scope);
            int last = thread.schedGetaffinity(Pid.SELF).stream().max().orElseThrow();
            Thread.ofPlatform().start(() -> {
                try {
                    thread.schedSetaffinity(Pid.SELF, CpuSet.of(last));
                    assertThat(thread.schedGetaffinity(Pid.SELF)).hasToString(Integer.toString(last));
                    thread.getcpu(own);
                    ran.complete(thread.getcpu());
                } catch (RuntimeException | AssertionError failure) {
                    ran.completeExceptionally(failure);
                }
            });
            CpuAndNode there = ran.get(30, TimeUnit.SECONDS);
            assertThat(there.cpu()).isEqualTo(last);
            assertThat(own).hasToString("cpu " + last + ", node " + there.node());
        }
    }

    @Test
    void aVirtualThreadIsNotPinned() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                Linux.host().thread().schedSetaffinity(Pid.SELF, CpuSet.of(0));
                thrown.complete(new AssertionError("it was pinned"));
            } catch (RuntimeException refusal) {
                thrown.complete(refusal);
            }
        });

        assertThat(thrown.get(30, TimeUnit.SECONDS))
                .isInstanceOf(RefusedCallException.class)
                .hasMessageContaining("virtual thread");
    }

    @ParameterizedTest
    @EnumSource
    void attributesAreTold(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SCHED_GETATTR)) {
            SchedulingAttributes attributes = test.linux().thread().schedGetattr(Pid.SELF);

            assertThat(attributes.policy()).isEqualTo(SchedulingPolicy.SCHED_NORMAL);
            test.linux().thread().schedSetattr(Pid.SELF, SchedulingAttributes.normal(attributes.nice()));
            assertThat(test.linux().thread().schedGetattr(Pid.SELF).nice()).isEqualTo(attributes.nice());
        }
    }

    @ParameterizedTest
    @EnumSource
    void barriersAreQueried(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.MEMBARRIER)) {
            long commands = test.linux().thread().membarrier(MembarrierCommand.MEMBARRIER_CMD_QUERY);

            assertThat(commands & MembarrierCommand.MEMBARRIER_CMD_GLOBAL.number())
                    .isNotZero();
            assertThat(test.linux().thread().gettid().value()).isPositive();
        }
    }
}
