package dev.trapgate.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilityCallsTest {

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void capabilitiesAreWhatProcSays(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open()) {
            String effective = Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .findFirst()
                    .orElseThrow();

            Capabilities capabilities = test.linux().capability().capget(Pid.SELF);

            assertThat(capabilities.effective().bits())
                    .isEqualTo(Long.parseUnsignedLong(effective.substring(7).trim(), 16));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAThreadGivesUpItCannotHaveAgainAndOthersKeep(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open(Syscall.CAPGET, Syscall.CAPSET)) {
            CapabilityCalls calls = test.linux().capability();
            Capabilities before = calls.capget(Pid.SELF);
            assumeTrue(before.effective().contains(Capability.CAP_KILL), "this process has no rights to give up");
            CompletableFuture<SyscallException> again = new CompletableFuture<>();
            CompletableFuture<Capabilities> after = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                calls.capset(before.without(Capability.CAP_KILL));
                after.complete(calls.capget(Pid.SELF));
                try {
                    calls.capset(before);
                } catch (SyscallException refusal) {
                    again.complete(refusal);
                }
            });

            assertThat(after.get(30, TimeUnit.SECONDS)).isEqualTo(before.without(Capability.CAP_KILL));
            assertThat(again.get(30, TimeUnit.SECONDS).is(Errno.EPERM)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBoundingSetIsAskedForEach(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            assertThat(test.linux().capability().isInBoundingSet(new Capability(63)))
                    .isFalse();
        }
    }

    @Test
    void noThreadIsAnError() {
        assertThatThrownBy(() -> Linux.host().capability().capget(new Pid(Integer.MAX_VALUE)))
                .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.ESRCH))
                        .isTrue());
    }

    @Test
    void aVirtualThreadsCarrierKeepsItsRights() throws Exception {
        Linux linux = Linux.host();
        Capabilities own = linux.capability().capget(Pid.SELF);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                linux.capability().capset(own);
                thrown.complete(new AssertionError("they were set"));
            } catch (RuntimeException refusal) {
                thrown.complete(refusal);
            }
        });

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(RefusedCallException.class);
    }

    @Test
    void aSetPrintsItsCapabilities() {
        assertThat(CapabilitySet.of(Capability.CAP_KILL, Capability.CAP_CHECKPOINT_RESTORE))
                .hasToString("[CAP_KILL, CAP_CHECKPOINT_RESTORE]");
    }
}
