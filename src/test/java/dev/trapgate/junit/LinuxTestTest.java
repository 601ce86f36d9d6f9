package dev.trapgate.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.trapgate.ChildJvm;
import dev.trapgate.Linux;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Test classes that a user might write, run by JUnit itself. */
class LinuxTestTest {

    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

    private static Events run(Class<?> testClass) {
        SEEN.clear();
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents();
    }

    static final class WritingAFile {

        private Linux before;

        @BeforeEach
        void remember(Linux linux) {
            before = linux;
        }

        @LinuxTest(gates = {Gate.LIBC_SYSCALL, Gate.EMULATED_SYSCALL, Gate.EMULATED_INT80})
        void findsItsDirectoryEmpty(
                Linux linux,
                SyscallEntry entry,
                Gate gate,
                @WorkingDirectory String directory,
                @WorkingDirectory Path path) {
            assertThat(linux).isSameAs(before);
            assertThat(linux.gate()).isEqualTo(gate);
            assertThat(entry.gate()).isEqualTo(gate);
            assertThat(path).hasToString(directory);
            try (FileDescriptor file = linux.fs()
                    .open(
                            directory + "/new",
                            OpenFlags.O_WRONLY.or(OpenFlags.O_CREAT).or(OpenFlags.O_EXCL),
                            Mode.RW_______)) {
                linux.io().writeFully(file, "text".getBytes(StandardCharsets.UTF_8));
            }
            SEEN.add(directory);
        }
    }

    @Test
    void aTestRunsOncePerGateWithAPlaceOfItsOwn() {
        Events events = run(WritingAFile.class);

        events.assertStatistics(statistics -> statistics.started(3).succeeded(3));
        events.succeeded()
                .assertEventsMatchLoosely(
                        event(test(), displayName("LIBC_SYSCALL"), finishedSuccessfully()),
                        event(test(), displayName("EMULATED_SYSCALL"), finishedSuccessfully()),
                        event(test(), displayName("EMULATED_INT80"), finishedSuccessfully()));
    }

    @Test
    void theHostsDirectoryIsGoneAfterwards() {
        run(WritingAFile.class);

        assertThat(SEEN).hasSize(3);
        assertThat(Path.of(SEEN.getFirst())).doesNotExist();
    }

    static final class Failing {

        @LinuxTest(gates = {Gate.LIBC_SYSCALL, Gate.EMULATED_SYSCALL})
        void fails(Gate gate, @WorkingDirectory Path directory) {
            SEEN.add(directory.toString());
            throw new IllegalStateException("over " + gate);
        }
    }

    @Test
    void aFailureIsToldForItsGateAndLeavesNothingBehind() {
        run(Failing.class)
                .failed()
                .assertEventsMatchLoosely(
                        event(displayName("LIBC_SYSCALL"), finishedWithFailure(message("over LIBC_SYSCALL"))),
                        event(displayName("EMULATED_SYSCALL"), finishedWithFailure(message("over EMULATED_SYSCALL"))));
        assertThat(Path.of(SEEN.getFirst())).doesNotExist();
    }

    static final class Needing {

        @LinuxTest(
                gates = Gate.EMULATED_SYSCALL,
                needs = {Syscall.READ, Syscall.KEXEC_LOAD})
        void neverRuns() {
            SEEN.add("it ran");
        }
    }

    @Test
    void aCallThatTheEmulatedKernelLacksSkipsATestThatNeedsIt() {
        run(Needing.class)
                .skipped()
                .assertEventsMatchExactly(
                        event(
                                skippedWithReason(
                                        "EMULATED_SYSCALL: kexec_load (since 2.6.13): MISSING, observed: the emulated kernel's table: absent")));
    }

    static final class OverNothing {

        @LinuxTest(gates = {})
        void neverRuns() {}
    }

    @Test
    void noGateAtAllIsAMistakeThatIsNamed() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OverNothing.class))
                .execute()
                .containerEvents()
                .failed()
                .assertEventsMatchExactly(
                        event(finishedWithFailure(message(text -> text.contains("runs over no gate")))));
    }

    static final class BesideTempDir {

        @LinuxTest(gates = Gate.EMULATED_SYSCALL)
        void takesBoth(@TempDir Path own, @WorkingDirectory Path other) {
            assertThat(own).isNotEqualTo(other);
            assertThat(Files.exists(own)).isTrue();
        }
    }

    @Test
    void itLeavesJUnitsOwnParametersAlone() {
        run(BesideTempDir.class).assertStatistics(statistics -> statistics.succeeded(1));
    }

    @Tag("elsewhere")
    static final class Elsewhere {

        @LinuxTest
        void runsWhereItCan() {}
    }

    /** What JUnit says where there is no Linux. */
    static final class OnAnotherSystem {

        public static void main(String[] arguments) {
            run(Elsewhere.class).stream()
                    .forEach(event -> System.out.println(event.getType() + " "
                            + event.getTestDescriptor().getDisplayName() + " " + event.getPayload()));
        }
    }

    @Test
    void aGateThatTheHostLacksIsSkippedWithItsReason() throws Exception {
        ChildJvm.Outcome outcome = ChildJvm.running(OnAnotherSystem.class)
                .with("-Ddev.trapgate.os=Plan 9")
                .run();

        assertThat(outcome.output())
                .contains(
                        "SKIPPED SYSCALL Optional[SYSCALL: this is Plan 9 on amd64; native gates need Linux on x86-64]")
                .contains("FINISHED EMULATED_SYSCALL Optional[TestExecutionResult [status = SUCCESSFUL");
    }

    static final class NeedingMoreOfTheHost {

        @LinuxTest(
                gates = {Gate.LIBC_SYSCALL, Gate.EMULATED_INT80},
                needs = {Syscall.READ, Syscall.CREATE_MODULE})
        void neverRuns() {
            SEEN.add("it ran");
        }

        @LinuxTest(gates = Gate.EMULATED_SYSCALL, needs = Syscall.MMAP2)
        void norThis() {
            SEEN.add("it ran");
        }

        @LinuxTest(gates = Gate.LIBC_SYSCALL, needs = Syscall.READ)
        void thisDoes() {}
    }

    @Test
    void soDoesACallThatTheHostOrTheAbiLacks() {
        Events events = run(NeedingMoreOfTheHost.class);

        events.assertStatistics(statistics -> statistics.skipped(3).succeeded(1));
        events.skipped()
                .assertEventsMatchLoosely(
                        event(skippedWithReason(
                                reason -> reason.startsWith("LIBC_SYSCALL: create_module (since 1.0): MISSING"))),
                        event(skippedWithReason("EMULATED_SYSCALL: x86_64 has no mmap2")));
    }
}
