package dev.trapgate.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.probe.ProbeOutcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from what, on kernels that are not this one. */
class HostCapabilitiesTest {

    private static final CallFilter OFF = new CallFilter(false, "none");
    private static final CallFilter ON = new CallFilter(true, "one");

    private static Capability judged(String release, CallFilter filter, Syscall call, ProbeOutcome... outcome) {
        return new HostCapabilities(Abi.X86_64, release, filter, Symbols.none(Abi.X86_64))
                .judged(
                        call,
                        Optional.of(outcome).filter(some -> some.length == 1).map(some -> some[0]));
    }

    private static ProbeOutcome answered(Errno errno) {
        return new ProbeOutcome.Answered(-errno.number());
    }

    @Test
    void whatWasNotTriedFollowsFromTheRelease() {
        Capability older = judged("5.4.0-42-generic", OFF, Syscall.OPENAT2);
        assertThat(older.availability()).isEqualTo(Availability.MISSING);
        assertThat(older.basis()).isEqualTo(Basis.INFERRED);
        assertThat(older.evidence()).isEqualTo("not tried; Linux has it since 5.6, and this is 5.4");
        assertThat(judged("5.6.0", OFF, Syscall.OPENAT2).availability()).isEqualTo(Availability.PRESENT);
        assertThat(judged("no number", OFF, Syscall.OPENAT2).availability()).isEqualTo(Availability.UNKNOWN);
    }

    @Test
    void underAFilterNothingThatWasNotTriedIsCalledPresent() {
        assertThat(judged("6.1.0", ON, Syscall.FORK).availability()).isEqualTo(Availability.UNKNOWN);
    }

    @Test
    void enosysUnderAFilterIsARefusalOnlyWhereTheReleaseHasTheCall() {
        assertThat(judged("5.10.0", ON, Syscall.OPENAT2, answered(Errno.ENOSYS)).availability())
                .isEqualTo(Availability.REFUSED);
        assertThat(judged("5.4.0", ON, Syscall.OPENAT2, answered(Errno.ENOSYS)).availability())
                .isEqualTo(Availability.MISSING);
    }

    @Test
    void enosysWithoutAFilterIsSeenToBeMissing() {
        Capability call = judged("5.10.0", OFF, Syscall.OPENAT2, answered(Errno.ENOSYS));

        assertThat(call.availability()).isEqualTo(Availability.MISSING);
        assertThat(call.basis()).isEqualTo(Basis.OBSERVED);
        assertThat(call.evidence()).endsWith("though its release has the call: it was built or started without it");
    }

    @Test
    void epermIsTheFiltersOnlyWhereTheKernelWouldNotAnswerIt() {
        assertThat(judged("6.1.0", ON, Syscall.OPENAT2, answered(Errno.EPERM)).availability())
                .isEqualTo(Availability.REFUSED);
        assertThat(judged("6.1.0", ON, Syscall.REBOOT, answered(Errno.EPERM)).availability())
                .isEqualTo(Availability.UNKNOWN);
        assertThat(judged("6.1.0", OFF, Syscall.REBOOT, answered(Errno.EPERM)).availability())
                .isEqualTo(Availability.PRESENT);
    }

    @Test
    void aChildThatDiedOtherwiseProvesNothing() {
        Capability call = judged("6.1.0", OFF, Syscall.OPENAT2, new ProbeOutcome.Ended(11));

        assertThat(call.availability()).isEqualTo(Availability.UNKNOWN);
        assertThat(call)
                .hasToString(
                        "openat2 (since 5.6): UNKNOWN, inferred: the child process that tried it ended by signal 11");
    }
}
