package dev.trapgate.security;

import static dev.trapgate.security.SeccompAction.SECCOMP_RET_ALLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.ChildJvm;
import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters on emulated kernels in this JVM, on the host's in JVMs of their own. */
class SeccompCallsTest {

    @ParameterizedTest
    @EnumSource(names = "EMULATED.*", mode = EnumSource.Mode.MATCH_ANY)
    void theKernelRunsTheFilter(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SECCOMP)) {
            Linux linux = test.linux();
            linux.process().setNoNewPrivs();
            linux.seccomp()
                    .install(SeccompFilter.of(linux.kernel().abi())
                            .on(SeccompAction.errno(Errno.EDOM), Syscall.GETPGID, ArgumentComparison.isInt(0, 5))
                            .otherwise(SECCOMP_RET_ALLOW));

            assertThat(linux.raw(Syscall.GETPGID, 5)).isEqualTo(-Errno.EDOM.number());
            assertThat(linux.raw(Syscall.GETPGID, 0)).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "EMULATED.*", mode = EnumSource.Mode.MATCH_ANY)
    void withoutNoNewPrivsAFilterIsRefused(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SECCOMP)) {
            SeccompFilter filter = SeccompFilter.of(test.linux().kernel().abi()).otherwise(SECCOMP_RET_ALLOW);

            assertThatThrownBy(() -> test.linux().seccomp().install(filter))
                    .isInstanceOf(RefusedCallException.class)
                    .hasMessageContaining("setNoNewPrivs");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFilterForAnotherAbiIsRefused(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SECCOMP)) {
            boolean own32 = kernel == TestKernel.EMULATED_INT80;
            SeccompFilter filter =
                    SeccompFilter.of(own32 ? Abi.X86_64 : Abi.I386).otherwise(SECCOMP_RET_ALLOW);

            assertThatThrownBy(() -> test.linux().seccomp().install(filter))
                    .isInstanceOf(RefusedCallException.class)
                    .hasMessageContaining(own32 ? "Abi.I386" : "Abi.X86_64");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void theKernelTellsWhichActionsItKnows(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            assertThat(test.linux().seccomp().knows(SECCOMP_RET_ALLOW)).isTrue();
            assertThat(test.linux().seccomp().knows(new SeccompAction(0x1234_0000)))
                    .isFalse();
        }
    }

    @Test
    void oneThreadIsConfinedAndTheOthersAreNot() throws Exception {
        ChildJvm.Outcome outcome =
                ChildJvm.running(Confined.class.getName(), "thread").run();

        assertThat(outcome.output())
                .contains("seccomp is refused", "setNoNewPrivs")
                .contains("confined: EACCES made")
                .contains("others: made made")
                .contains("mount(NULL, NULL, NULL, 0, NULL): EPERM (1)", "a seccomp filter is on");
        assertThat(outcome.exitStatus()).isZero();
    }

    @Test
    void allThreadsAreConfinedOnDemand() throws Exception {
        ChildJvm.Outcome outcome =
                ChildJvm.running(Confined.class.getName(), "all").run();

        assertThat(outcome.output()).contains("an older thread: EACCES made").contains("and the JVM lives");
        assertThat(outcome.exitStatus()).isZero();
    }

    @Test
    void aForeignCallEndsTheProcess() throws Exception {
        assumeTrue(Gates.status(Gate.INT80).isOpen(), "this host has no int $0x80");

        ChildJvm.Outcome outcome =
                ChildJvm.running(Confined.class.getName(), "foreign").run();

        assertThat(outcome.output()).contains("before: true", "64-bit: true").doesNotContain("after: ");
        assertThat(outcome.exitStatus()).as("128 + SIGSYS").isEqualTo(159);
    }

    @Test
    void aVirtualThreadsCarrierIsNotConfined() throws Exception {
        SeccompFilter filter = SeccompFilter.of(Abi.X86_64).otherwise(SECCOMP_RET_ALLOW);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                Linux.host().seccomp().install(filter);
                thrown.complete(new AssertionError("it was installed"));
            } catch (RuntimeException refusal) {
                thrown.complete(refusal);
            }
        });

        assertThat(thrown.get(30, TimeUnit.SECONDS))
                .isInstanceOf(RefusedCallException.class)
                .hasMessageContaining("virtual thread");
    }
}
