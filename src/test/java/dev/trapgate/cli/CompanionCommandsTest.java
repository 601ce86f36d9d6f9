package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands show of the 32-bit companion process. */
class CompanionCommandsTest {

    @BeforeEach
    void needsACompanion() {
        GateStatus status = Gates.status(Gate.I386_VSYSCALL);
        assumeTrue(status.isOpen(), () -> status.unavailable().orElse(""));
    }

    @Test
    void auxvShowsSysinfoAndThatStackAndProcAgree() {
        CommandRun run = CommandRun.of("auxv", "--i386");

        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("AT_SYSINFO ", "\"i686\"", "/proc/").doesNotContain(" - ");
        assertThat(run.lines().getLast()).isEqualTo("The sources agree.");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void auxvPrintsTheSameAsJson() {
        JsonObject document = JsonParser.parseString(
                        CommandRun.of("auxv", "--i386", "--json").out())
                .getAsJsonObject();

        assertThat(document.get("agree").getAsBoolean()).isTrue();
        JsonObject first = document.getAsJsonArray("entries").get(0).getAsJsonObject();
        assertThat(first.get("name").getAsString()).isEqualTo("AT_SYSINFO");
        assertThat(first.get("stack").getAsString())
                .isEqualTo(first.get("proc").getAsString())
                .isEqualTo(document.get("sysinfo").getAsString());
    }

    @Test
    void vdsoShowsTheCodeThatEntersTheKernel() {
        CommandRun run = CommandRun.of("vdso", "--i386");

        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out())
                .contains("i386, ELF32", "__kernel_vsyscall", "LINUX_2.5", "__vdso_clock_gettime64", "int $0x80")
                .containsPattern("This kernel enters by (syscall|sysenter|int \\$0x80);");
    }

    @Test
    void vdsoPrintsTheSameAsJson() {
        JsonObject document = JsonParser.parseString(
                        CommandRun.of("vdso", "--i386", "--json").out())
                .getAsJsonObject();

        assertThat(document.get("class").getAsString()).isEqualTo("ELF32");
        assertThat(document.getAsJsonArray("kernelVsyscall")).isNotEmpty();
        assertThat(document.getAsJsonArray("symbols")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386-int80", "i386-vsyscall"})
    void aCallThatEndsTheCompanionIsShownAsEnded(String gate) {
        CommandRun run = CommandRun.of("call", "exit_group", "3", "--gate", gate);

        assertThat(run.lines().getFirst()).startsWith("exit_group(3) = ?");
        assertThat(run.lines().get(1)).isEqualTo("+++ exited with 3 +++");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void aCallThatWouldCopyTheCompanionIsRefused() {
        CommandRun run = CommandRun.of("call", "fork", "--gate", "i386-int80");

        assertThat(run.exitStatus()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).contains("fork is not made through I386_INT80");
    }
}
