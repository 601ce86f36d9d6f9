package dev.trapgate.pipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipeCallsTest {

    @ParameterizedTest
    @EnumSource
    void dataGoFromPipeToPipeWithoutBeingRead(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SPLICE, Syscall.TEE);
                Pipe one = test.linux().pipe().pipe();
                Pipe other = test.linux().pipe().pipe()) {
            PipeCalls pipe = test.linux().pipe();
            test.linux().io().write(one.writer(), "words".getBytes(UTF_8));

            assertThat(pipe.tee(one.reader(), other.writer(), 4, SpliceFlags.NONE))
                    .isEqualTo(4);
            assertThat(pipe.splice(one.reader(), other.writer(), 100, SpliceFlags.NONE))
                    .isEqualTo(5);

            byte[] read = new byte[9];
            assertThat(test.linux().io().readFully(other.reader(), read)).isEqualTo(9);
            assertThat(read).asString(UTF_8).isEqualTo("wordwords");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPipeIsMadeLarger(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Pipe one = test.linux().pipe().pipe2(PipeFlags.O_CLOEXEC.or(PipeFlags.O_NONBLOCK))) {
            assertThat(test.linux().pipe().capacity(one.reader())).isEqualTo(65536);
            assertThat(test.linux().pipe().capacity(one.writer(), 100_000)).isEqualTo(131_072);
            assertThat(test.linux().descriptor().isNonblocking(one.reader())).isTrue();
        }
    }
}
