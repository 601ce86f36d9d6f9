package dev.trapgate.host.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitProgramTest {

    @ParameterizedTest
    @EnumSource
    void exitsWithItsStatus(ExitProgram program) throws IOException {
        OpenGate.orSkip(program == ExitProgram.SYSCALL ? Gate.LIBC_SYSCALL : Gate.I386_VSYSCALL);

        assertThat(MemoryExecutable.run(program.image(42), Duration.ofSeconds(20)))
                .isEqualTo(42);
        assertThat(MemoryExecutable.run(program.image(0), Duration.ofSeconds(20)))
                .isZero();
    }

    @Test
    void refusesAStatusThatItCannotHave() {
        assertThatThrownBy(() -> ExitProgram.SYSCALL.image(256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256");
    }
}
