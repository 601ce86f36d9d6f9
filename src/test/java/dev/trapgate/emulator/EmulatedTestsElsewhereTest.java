package dev.trapgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.ChildJvm;
import dev.trapgate.modular.TestLauncher;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The emulator's own tests, the contract of every gate among them, where there is no Linux and no native access. */
class EmulatedTestsElsewhereTest {

    private static final Pattern SUMMARY = Pattern.compile("passed (\\d+), failed (\\d+)");

    @Test
    void passOnAnotherSystemWithNativeAccessDenied() throws Exception {
        String[] tests = Stream.of(
                        "EmulatedEntryTest",
                        "EmulatedMachineTest",
                        "semantics.SemanticsTest",
                        "cpu.DescriptorTest",
                        "cpu.RandomMachineTest",
                        "linux.arch.x86.entry.SyscallTableTest",
                        "linux.arch.x86.entry.vdso.VdsoImageTest",
                        "linux.kernel.SignalCallsTest",
                        "linux.kernel.entry.SyscallTraceTest",
                        "linux.mm.UaccessTest")
                .map(name -> EmulatedTestsElsewhereTest.class.getPackageName() + '.' + name)
                .toArray(String[]::new);
        ChildJvm.Outcome outcome = ChildJvm.running(TestLauncher.class, tests)
                .withoutNativeAccess()
                .with("--illegal-native-access=deny", "-Ddev.trapgate.os=Plan9")
                .run();

        Matcher summary = SUMMARY.matcher(outcome.output());
        assertThat(summary.find()).as(outcome.output()).isTrue();
        assertThat(summary.group(2)).as(outcome.output()).isEqualTo("0");
        assertThat(Integer.parseInt(summary.group(1))).isGreaterThan(1000);
        assertThat(outcome.exitStatus()).isZero();
    }
}
