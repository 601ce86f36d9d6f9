package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where there is no Linux and no native access, everything emulated works all the same. */
class EmulatedElsewhereTest {

    private record Run(int exitStatus, String output) {}

    private static Run elsewhere(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--illegal-native-access=deny",
                "-Ddev.trapgate.os=Plan 9",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emulated-int80", "emulated-sysenter", "EMULATED_SYSCALL"})
    void callGoesThroughEmulatedGates(String gate) throws Exception {
        Run run = elsewhere("call", "getpid", "--gate", gate);

        assertThat(run.output()).contains("= 1000");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void callShowsWhatTheEmulatedKernelWrote() throws Exception {
        Run run = elsewhere("call", "uname", "&new_utsname", "--gate", "emulated-syscall");

        assertThat(run.output()).contains("trapgate", "5.17.0");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void exitEndsTheEmulatedProgramOnly() throws Exception {
        Run run = elsewhere("call", "exit_group", "42", "--gate", "emulated-int80");

        assertThat(run.output()).contains("exit_group(42) = ?", "+++ exited with status 42 +++");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void walkWorks() throws Exception {
        Run run = elsewhere("walk", "getpid", "--gate", "syscall");

        assertThat(run.output()).contains("The answer is 1000");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void tableWorks() throws Exception {
        Run run = elsewhere("table", "getpid");

        assertThat(run.output()).contains("getpid");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void aNativeGateSaysWhyItIsNotThere() throws Exception {
        Run run = elsewhere("call", "getpid", "--gate", "SYSCALL");

        assertThat(run.output()).contains("Plan 9");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.NO_SUCH_GATE);
    }
}
