package dev.trapgate.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ProcessCallsTest {

    @Test
    void theHostsAnswersAreJavas() {
        ProcessCalls process = Linux.host().process();

        assertThat(process.getpid()).isEqualTo(Pid.of(ProcessHandle.current()));
        assertThat(process.getppid())
                .isEqualTo(ProcessHandle.current().parent().map(Pid::of).orElse(Pid.SELF));
    }

    @ParameterizedTest
    @EnumSource
    void identityAndLimitsAreTold(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            ProcessCalls process = test.linux().process();

            assertThat(process.getuid()).isEqualTo(process.geteuid());
            assertThat(process.getgid()).isEqualTo(process.getegid());
            assertThat(process.getgroups()).doesNotContainNull();
            assertThat(process.getpgid(Pid.SELF)).isEqualTo(process.getpgid(process.getpid()));
            assertThat(process.getpriority(PriorityOf.PRIO_PROCESS, 0)).isBetween(-20, 19);
            Limit limit = process.prlimit(Pid.SELF, Resource.RLIMIT_NOFILE);
            process.prlimit(Pid.SELF, Resource.RLIMIT_NOFILE, limit);
            assertThat(process.prlimit(Pid.SELF, Resource.RLIMIT_NOFILE)).isEqualTo(limit);
            assertThat(process.hasNoNewPrivs()).isFalse();
        }
    }

    @Test
    void aProcessIsKilledByDescriptorAndWaitedFor() throws IOException, InterruptedException {
        ProcessCalls process = Linux.host().process();
        Process sleep = new ProcessBuilder("sleep", "600").start();
        try (FileDescriptor child = process.pidfdOpen(Pid.of(sleep.toHandle()))) {
            assertThat(process.waitid(
                            child, WaitOptions.WEXITED.or(WaitOptions.WNOHANG).or(WaitOptions.WNOWAIT)))
                    .isEmpty();

            process.pidfdSendSignal(child, Signal.SIGTERM);

            assertThat(sleep.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(sleep.exitValue()).isEqualTo(128 + Signal.SIGTERM.number());
        } finally {
            sleep.destroyForcibly();
        }
    }

    @Test
    void waitidTellsWhatBecameOfAChild() throws IOException {
        ProcessCalls process = Linux.host().process();
        Process cat = new ProcessBuilder("cat").start();
        try (FileDescriptor child = process.pidfdOpen(Pid.of(cat.toHandle()))) {
            process.kill(Pid.of(cat.toHandle()), Signal.SIGSTOP);
            Optional<ChildStatus> stopped = process.waitid(child, WaitOptions.WSTOPPED.or(WaitOptions.WNOWAIT));

            assertThat(stopped.orElseThrow().change()).isEqualTo(ChildStatus.Change.STOPPED);
            assertThat(stopped.orElseThrow().pid()).isEqualTo(Pid.of(cat.toHandle()));
            assertThat(stopped.orElseThrow().status()).isEqualTo(Signal.SIGSTOP.number());
        } finally {
            cat.destroyForcibly();
        }
    }

    @Test
    void manyProcessesAreNotKilledByMistake() {
        assertThatThrownBy(() -> Linux.host().process().kill(new Pid(-1), Signal.SIGKILL))
                .isInstanceOf(RefusedCallException.class)
                .hasMessageContaining("whole group");
        assertThatThrownBy(() -> Linux.host().process().kill(new Pid(Integer.MAX_VALUE), Signal.SIGTERM))
                .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.ESRCH))
                        .isTrue());
    }
}
