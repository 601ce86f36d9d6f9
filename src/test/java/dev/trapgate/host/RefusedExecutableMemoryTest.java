package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.ChildJvm;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.host.glibc.LibcSyscall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a process may not make pages executable, the gates of our own machine code are shut and the others open. */
class RefusedExecutableMemoryTest {

    /** Who refuses. */
    enum Policy {
        /** A filter that answers EACCES, as SELinux does. */
        SECCOMP,
        /** The kernel's own: no page becomes executable any more, for as long as the process lives. */
        MDWE
    }

    private static final int NO_SUCH_POLICY = 77;

    /** The child's program. Its argument is the policy. */
    static final class Program {

        private static final long PR_SET_MDWE = 65;
        private static final long PR_MDWE_REFUSE_EXEC_GAIN = 1;

        private Program() {}

        public static void main(String[] policy) {
            if (!isInForce(Policy.valueOf(policy[0]))) {
                System.exit(NO_SUCH_POLICY);
            }
            for (Gate gate : OpenGate.nativeGates()) {
                GateStatus status = Host.status(gate);
                String answer = status.isOpen()
                        ? "open, answers " + getpid(gate)
                        : status.unavailable().orElse("");
                System.out.println(gate + ": " + answer);
            }
            System.out.println("executable memory: " + HostFacts.all().get("executable memory"));
            System.out.println("this process is " + ProcessHandle.current().pid());
        }

        private static boolean isInForce(Policy policy) {
            return switch (policy) {
                case SECCOMP -> FilteredThread.refusingExecutablePages().install();
                case MDWE -> LibcSyscall.call(Syscall.PRCTL, PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN) == 0;
            };
        }

        private static String getpid(Gate gate) {
            var entry = Host.open(gate);
            return entry.refusal(Syscall.GETPID.number(entry.abi())).isPresent()
                    ? "no getpid"
                    : String.valueOf(RawCall.enter(entry, Syscall.GETPID));
        }
    }

    /**
     * A JVM that compiles needs executable pages itself, and must have them before the policy comes into force: it
     * interprets, and its code cache is committed from the start.
     */
    @ParameterizedTest
    @EnumSource
    void onlyTheGatesWithoutMachineCodeOfOurOwnAreOpen(Policy policy) throws Exception {
        OpenGate.orSkip(Gate.SYSCALL);
        ChildJvm.Outcome outcome = ChildJvm.running(Program.class, policy.name())
                .with("-Xint", "-XX:InitialCodeCacheSize=32m", "-XX:ReservedCodeCacheSize=32m")
                .run();
        assumeTrue(outcome.exitStatus() != NO_SUCH_POLICY, "this kernel has no such policy");

        String pid = outcome.output().replaceAll("(?s).*this process is (\\d+).*", "$1");
        assertThat(outcome.exitStatus()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("SYSCALL: executable memory is refused: mprotect(PROT_READ|PROT_EXEC)")
                .contains("Use LIBC_SYSCALL")
                .contains("GLIBC: open, answers " + pid)
                .contains("LIBC_SYSCALL: open, answers " + pid)
                .contains("VDSO: open")
                .contains("executable memory: executable memory is refused")
                .doesNotContain("INT80: open")
                .containsAnyOf("JNR: JNR-FFI writes machine code of its own, and executable", "JNR: JNR-FFI is not on")
                .doesNotContain("\tat ");
        if (policy == Policy.MDWE) {
            assertThat(outcome.output()).contains("PR_SET_MDWE is on");
        }
    }
}
