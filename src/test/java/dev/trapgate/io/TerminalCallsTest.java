package dev.trapgate.io;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Errno;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.util.Arrays;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Terminals; the emulated kernel has no pseudoterminals. */
@Timeout(60)
class TerminalCallsTest {

    @ParameterizedTest
    @EnumSource
    void aFileIsNoTerminal(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor file = test.linux().fs().open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______)) {
            TerminalCalls terminals = test.linux().terminal();

            for (Runnable call : Arrays.<Runnable>asList(
                    () -> terminals.windowSize(file),
                    () -> terminals.termios(file),
                    () -> terminals.ptsNumber(file),
                    () -> terminals.openPeer(file))) {
                assertThatThrownBy(call::run)
                        .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.ENOTTY))
                                .isTrue());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void aTerminalHasASizeAndSettings(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor terminal = test.linux().terminal().openpt()) {
            TerminalCalls terminals = test.linux().terminal();
            WindowSize size = new WindowSize(40, 132, 0, 0);

            terminals.windowSize(terminal, size);
            assertThat(terminals.windowSize(terminal)).isEqualTo(size);

            Termios before = terminals.termios(terminal);
            assertThat(before.localFlags() & Termios.ECHO).isNotZero();
            terminals.termios(terminal, before.raw());
            assertThat(terminals.termios(terminal).localFlags() & (Termios.ECHO | Termios.ICANON))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void whatIsTypedAtTheMasterIsReadAtTheTerminalByPathAndByPeer(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor master = test.linux().terminal().openpt();
                FileDescriptor peer = test.linux().terminal().openPeer(master);
                FileDescriptor byPath = test.linux()
                        .fs()
                        .open("/dev/pts/" + test.linux().terminal().ptsNumber(master), O_RDWR)) {
            for (FileDescriptor terminal : Arrays.asList(peer, byPath)) {
                byte[] line = new byte[80];
                test.linux().io().write(master, "typed\n".getBytes(UTF_8));

                int count = test.linux().io().read(terminal, line);

                assertThat(new String(line, 0, count, UTF_8)).isEqualTo("typed\n");
            }
        }
    }
}
