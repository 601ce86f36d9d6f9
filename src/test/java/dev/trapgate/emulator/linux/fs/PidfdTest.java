package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PidfdTest {

    private static final int SIGUSR1 = 10;
    private static final int PIDFD_THREAD = 0x80;
    private static final int PIDFD_SELF_THREAD = -10_000;

    private final EmulatedCalls calls = new EmulatedCalls();

    @AfterEach
    void close() {
        calls.close();
    }

    private int pidfd() {
        return (int) calls.call(Syscall.PIDFD_OPEN, calls.call(Syscall.GETPID), 0);
    }

    private void block() {
        UserBuffer set = calls.buffer(8);
        set.segment().set(ValueLayout.JAVA_LONG, 0, 1L << (SIGUSR1 - 1));
        calls.call(Syscall.RT_SIGPROCMASK, 0, set.address(), 0, 8);
    }

    @Test
    void aSignalGoesToTheProcess() {
        block();

        assertThat(calls.call(Syscall.PIDFD_SEND_SIGNAL, pidfd(), SIGUSR1, 0, 0))
                .isZero();

        assertThat(Signals.pending(calls.machine().currentThread().task())).isEqualTo(1L << (SIGUSR1 - 1));
    }

    @Test
    void aSignalGoesToTheCallingThreadWithoutADescriptor() {
        block();

        assertThat(calls.call(Syscall.PIDFD_SEND_SIGNAL, PIDFD_SELF_THREAD, SIGUSR1, 0, 0))
                .isZero();

        assertThat(Signals.pending(calls.machine().currentThread().task())).isEqualTo(1L << (SIGUSR1 - 1));
    }

    @Test
    void aDescriptorIsTakenFromTheProcess() {
        int[] pipe = calls.pipe(0);

        int copy = (int) calls.call(Syscall.PIDFD_GETFD, pidfd(), pipe[1], 0);

        assertThat(calls.call(Syscall.WRITE, copy, calls.text("x").address(), 1))
                .isEqualTo(1);
        assertThat(calls.call(Syscall.READ, pipe[0], calls.buffer(1).address(), 1))
                .isEqualTo(1);
        assertThat(calls.call(Syscall.FCNTL, copy, 1, 0)).as("FD_CLOEXEC").isEqualTo(1);
        assertThat(calls.call(Syscall.PIDFD_GETFD, pidfd(), 99, 0)).isEqualTo(-Errno.EBADF.number());
    }

    @Test
    void aThreadThatIsNoProcessIsOpenedAsAThreadOnly() throws Exception {
        calls.call(Syscall.GETPID);
        long tid = calls.start(() -> {
                    long own = calls.call(Syscall.GETTID);
                    assertThat(calls.call(Syscall.PIDFD_OPEN, own, 0)).isEqualTo(-Errno.ENOENT.number());
                    assertThat(calls.call(Syscall.PIDFD_OPEN, own, PIDFD_THREAD))
                            .isPositive();
                    return own;
                })
                .await();
        assertThat(tid).isNotEqualTo(calls.call(Syscall.GETPID));
    }

    @Test
    void aProcessKeepsAttributesWhenNobodyHasADescriptorOfIt() {
        try (EmulatedCalls root = EmulatedCalls.ofRoot()) {
            long pid = root.call(Syscall.GETPID);
            UserBuffer name = root.buffer(16);
            name.segment().setString(0, "trusted.t");
            UserBuffer value = root.buffer(8);

            long first = root.call(Syscall.PIDFD_OPEN, pid, 0);
            assertThat(root.call(Syscall.FSETXATTR, first, name.address(), name.address(), 3, 0))
                    .isZero();
            root.call(Syscall.CLOSE, first);
            long second = root.call(Syscall.PIDFD_OPEN, pid, 0);

            assertThat(root.call(Syscall.FGETXATTR, second, name.address(), value.address(), 8))
                    .isEqualTo(3);
            assertThat(value.segment().getString(0)).isEqualTo("tru");
        }
    }
}
