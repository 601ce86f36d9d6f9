package dev.trapgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.cli.Main;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import dev.trapgate.modular.ModuleProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gates say in a JVM that is not as they would like it. */
class GatesElsewhereTest {

    private static final String STACK_TRACE = "\tat ";

    private static ChildJvm.Outcome run(ChildJvm child) throws Exception {
        ChildJvm.Outcome outcome = child.run();
        assertThat(outcome.output()).doesNotContain(STACK_TRACE);
        return outcome;
    }

    private static boolean isOpenHere(Gate gate) {
        return Gates.status(gate).isOpen();
    }

    @Test
    void onAnotherSystemEveryGateIsShutWithThatReason() throws Exception {
        ChildJvm.Outcome outcome = run(ChildJvm.running(ModuleProgram.class).with("-Ddev.trapgate.os=Plan9"));

        assertThat(outcome.exitStatus()).isZero();
        for (Gate gate : OpenGate.nativeGates()) {
            assertThat(outcome.output()).contains(gate + ": this is Plan9 on ");
        }
        assertThat(outcome.output()).contains("native gates need Linux on x86-64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gates", "gates --json", "table getpid", "table --json"})
    void onAnotherSystemTheCommandLineStillTellsWhatItKnows(String command) throws Exception {
        ChildJvm.Outcome outcome =
                run(ChildJvm.running(Main.class.getName(), command.split(" ")).with("-Ddev.trapgate.os=Plan9"));

        assertThat(outcome.exitStatus()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains(command.startsWith("gates") ? "this is Plan9" : "getpid");
    }

    @Test
    void onAnotherSystemACallEndsWithTheStatusForAMissingGate() throws Exception {
        ChildJvm.Outcome outcome = run(ChildJvm.running(Main.class, "call", "getpid", "--gate", "SYSCALL")
                .with("-Ddev.trapgate.os=Plan9"));

        assertThat(outcome.exitStatus()).as(outcome.output()).isEqualTo(3);
        assertThat(outcome.output()).contains("this is Plan9");
    }

    @Test
    void whereNativeAccessIsDeniedEveryGateSaysHowToAllowIt() throws Exception {
        OpenGate.orSkip(Gate.LIBC_SYSCALL);
        ChildJvm.Outcome outcome =
                run(ChildJvm.running(ModuleProgram.class).withoutNativeAccess().with("--illegal-native-access=deny"));

        assertThat(outcome.exitStatus()).as(outcome.output()).isZero();
        for (Gate gate : OpenGate.nativeGates()) {
            assertThat(outcome.output())
                    .containsPattern(gate + ": .*start it with --enable-native-access=dev.trapgate, or =ALL-UNNAMED");
        }
    }

    @Test
    void withoutJnrsJarOnlyThatGateIsShutAndNamesTheJar() throws Exception {
        OpenGate.orSkip(Gate.SYSCALL);
        ChildJvm.Outcome outcome = run(ChildJvm.running(ModuleProgram.class)
                .withClassPath(entry -> !entry.getFileName().toString().startsWith("jnr-")));

        assertThat(outcome.output()).contains("JNR: JNR-FFI is not on the class path; add com.github.jnr:jnr-ffi");
        for (Gate gate : OpenGate.nativeGates()) {
            assertThat(outcome.output().contains(gate + ": open"))
                    .as("%s", gate)
                    .isEqualTo(gate != Gate.JNR && isOpenHere(gate));
        }
    }

    @Test
    void asAModuleWithoutAnyOtherJarTheGatesAreOpen() throws Exception {
        OpenGate.orSkip(Gate.SYSCALL);
        Path library = Path.of(
                Gates.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path tests = Path.of(ModuleProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ChildJvm.Outcome outcome = run(ChildJvm.running(ModuleProgram.class)
                .withoutNativeAccess()
                .withClassPath(tests::equals)
                .with("--module-path=" + library, "--add-modules=dev.trapgate")
                .with("--enable-native-access=dev.trapgate", "--illegal-native-access=deny"));

        assertThat(outcome.output()).contains("Trapgate is in module dev.trapgate");
        assertThat(OpenGate.nativeGates().stream().filter(gate -> gate != Gate.JNR && isOpenHere(gate)))
                .allSatisfy(gate -> assertThat(outcome.output()).contains(gate + ": open"));
        assertThat(outcome.output()).contains("JNR: JNR-FFI is not");
        assertThat(outcome.exitStatus()).isZero();
    }
}
