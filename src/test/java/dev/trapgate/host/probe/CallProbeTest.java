package dev.trapgate.host.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.FilteredThread;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.probe.ProbeOutcome.Answered;
import dev.trapgate.host.probe.ProbeOutcome.Ended;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallProbeTest {

    @BeforeEach
    void needsTheHostsKernel() {
        OpenGate.orSkip(Gate.LIBC_SYSCALL);
    }

    private static ProbedCall call(Abi abi, Syscall call, long first) {
        return new ProbedCall(call.number(abi), List.of(first, 0L, 0L, 0L, 0L, 0L));
    }

    @Test
    void tellsWhatEachCallAnsweredInTheirOrder() throws IOException {
        List<ProbeOutcome> outcomes = CallProbe.outcomes(
                Abi.X86_64,
                List.of(
                        call(Abi.X86_64, Syscall.CLOSE, -1),
                        call(Abi.X86_64, Syscall.GETPPID, 0),
                        call(Abi.X86_64, Syscall.UNAME, 1)));

        assertThat(outcomes)
                .containsExactly(
                        new Answered(-Errno.EBADF.number()),
                        new Answered(ProcessHandle.current().pid()),
                        new Answered(-Errno.EFAULT.number()));
    }

    @Test
    void makesCallsOfThe32BitTableToo() throws IOException {
        OpenGate.orSkip(Gate.INT80);

        assertThat(CallProbe.outcomes(Abi.I386, List.of(call(Abi.I386, Syscall.CLOSE, -1))))
                .containsExactly(new Answered(-Errno.EBADF.number()));
    }

    @Test
    void goesOnAfterACallThatEndsTheChild() throws IOException {
        assertThat(CallProbe.outcomes(
                        Abi.X86_64,
                        List.of(
                                call(Abi.X86_64, Syscall.EXIT_GROUP, 3),
                                call(Abi.X86_64, Syscall.CLOSE, -1),
                                call(Abi.X86_64, Syscall.RT_SIGRETURN, 0))))
                .containsExactly(new Ended(0), new Answered(-Errno.EBADF.number()), new Ended(11));
    }

    @Test
    void aChildThatCannotTellIsAnError() throws Exception {
        Exception thrown = FilteredThread.refusing(Syscall.WRITE, Errno.EPERM).run(() -> {
            try {
                CallProbe.outcomes(Abi.X86_64, List.of(call(Abi.X86_64, Syscall.CLOSE, -1)));
                return new Exception("it told");
            } catch (IOException expected) {
                return expected;
            }
        });

        assertThat(thrown).isInstanceOf(IOException.class);
    }

    @Test
    void takesSixArguments() {
        assertThatThrownBy(() -> new ProbedCall(1, List.of(1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 arguments; a probed call has six");
    }
}
