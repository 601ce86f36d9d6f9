package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.stub.Int80Probe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A filter may answer any error to any call, or end the process that makes it. */
class SeccompTest {

    @ParameterizedTest
    @EnumSource(names = {"GLIBC", "LIBC_SYSCALL", "SYSCALL", "JNR"})
    void whatAFilterAnswersIsTheGatesAnswer(Gate gate) throws Exception {
        SyscallEntry entry = OpenGate.orSkip(gate);
        for (Errno errno : new Errno[] {Errno.EPERM, Errno.ENOSYS, Errno.EACCES}) {
            assertThat(FilteredThread.refusing(Syscall.UNAME, errno).run(() -> RawCall.enter(entry, Syscall.UNAME, 1)))
                    .isEqualTo(-errno.number());
        }
    }

    @Test
    void whatAFilterAnswersToI386CallsIsInt80sAnswer() throws Exception {
        SyscallEntry entry = OpenGate.orSkip(Gate.INT80);

        assertThat(FilteredThread.refusingI386(Errno.EPERM).run(() -> RawCall.enter(entry, Syscall.GETPID)))
                .isEqualTo(-Errno.EPERM.number());
    }

    @Test
    void aFilterThatRefusesI386CallsShutsInt80() throws Exception {
        OpenGate.orSkip(Gate.INT80);

        assertThat(FilteredThread.refusingI386(Errno.EPERM).run(Int80Probe::refusal))
                .hasValue("getpid by int $0x80 answered an error in a child process: a seccomp filter refuses it");
    }

    @Test
    void aFilterThatKillsWhoMakesI386CallsShutsInt80AndOnlyTheProbeDies() throws Exception {
        OpenGate.orSkip(Gate.INT80);

        assertThat(FilteredThread.killingI386().run(Int80Probe::refusal))
                .hasValue("int $0x80 ended a child process with SIGSYS: a seccomp filter forbids it");
    }

    @Test
    void whereTheProbeCannotBeRunInt80IsNotTried() throws Exception {
        OpenGate.orSkip(Gate.INT80);

        assertThat(FilteredThread.refusing(Syscall.MEMFD_CREATE, Errno.ENOSYS).run(Int80Probe::refusal))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("int $0x80 could not be tried in a child process first")
                        .endsWith("memfd_create is refused"));
    }

    @Test
    void withoutAFilterInt80IsTried() {
        OpenGate.orSkip(Gate.INT80);

        assertThat(Int80Probe.refusal()).isEmpty();
    }
}
