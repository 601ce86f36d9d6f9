package dev.trapgate.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SignalCallsTest {

    private static final SignalSet SET = SignalSet.of(Signal.SIGWINCH, Signal.SIGURG);

    @ParameterizedTest
    @EnumSource
    void aSignalToAThreadThatBlocksItIsRead(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SIGNALFD4, Syscall.TGKILL, Syscall.RT_SIGPROCMASK)) {
            SignalCalls signals = test.linux().signal();
            SignalSet before = signals.block(SET);
            try (FileDescriptor descriptor = signals.signalfd(SET, SignalfdFlags.SFD_NONBLOCK);
                    UserMemory.Scope scope = test.linux().memory().open()) {
                assertThat(signals.blocked().contains(Signal.SIGWINCH)).isTrue();
                assertThatThrownBy(() -> signals.read(descriptor))
                        .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.EAGAIN))
                                .isTrue());
                send(test.linux(), Signal.SIGWINCH);
                assertThat(signals.pending()).isEqualTo(SignalSet.of(Signal.SIGWINCH));

                SignalInfo info = signals.read(descriptor);
                send(test.linux(), Signal.SIGURG);
                SignalInfo view = SignalInfo.in(scope);
                signals.read(descriptor, view);

                assertThat(info.signal()).isEqualTo(Signal.SIGWINCH);
                assertThat(info.pid()).isEqualTo(test.linux().process().getpid());
                assertThat(info.uid()).isEqualTo(test.linux().process().getuid());
                assertThat(info.code()).as("SI_TKILL").isEqualTo(-6);
                assertThat(view.signal()).isEqualTo(Signal.SIGURG);
                signals.signalfd(descriptor, SignalSet.of(Signal.SIGURG));
                assertThat(signals.pending()).isEqualTo(SignalSet.NONE);
            } finally {
                signals.unblock(new SignalSet(SET.bits() & ~before.bits()));
            }
        }
    }

    private static void send(Linux linux, Signal signal) {
        linux.signal().tgkill(linux.process().getpid(), linux.thread().gettid(), signal);
    }

    @Test
    void whatTheJvmLivesByIsNotBlocked() {
        assertThatThrownBy(() -> Linux.host().signal().block(SignalSet.of(Signal.SIGSEGV)))
                .isInstanceOf(RefusedCallException.class)
                .hasMessageContaining("SIGSEGV");
    }

    @Test
    void aVirtualThreadsCarrierKeepsItsSignals() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                Linux.host().signal().block(SET);
                thrown.complete(new AssertionError("they were blocked"));
            } catch (RuntimeException refusal) {
                thrown.complete(refusal);
            }
        });

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(RefusedCallException.class);
    }

    @Test
    void aSetPrintsItsSignals() {
        assertThat(SET).hasToString("[SIGURG, SIGWINCH]");
        assertThat(SET.contains(Signal.SIGURG)).isTrue();
        assertThat(SET.contains(Signal.SIGUSR1)).isFalse();
    }
}
