package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios with several threads, as the runner plays them: what sleeps, what wakes whom, what never comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreadedScenariosTest {

    private static final String[] A_READER_SLEEPS = {
        "p = &int[2]", "buf = @8", "pipe2($p, 0)", "thread t {", "    n = read($p[0], $buf, 4) blocks", "}",
    };

    private DifferentialRunner runner;

    @BeforeAll
    void open() {
        try {
            runner = new DifferentialRunner(Gate.SYSCALL, Gate.EMULATED_SYSCALL);
        } catch (GateUnavailableException shut) {
            Assumptions.abort(shut.getMessage());
        }
    }

    @AfterAll
    void close() {
        if (runner != null) {
            runner.close();
        }
    }

    private Verdict play(String... lines) {
        return runner.compare(Scenario.of("threads", lines), User.NOBODY).join();
    }

    private static String[] readerAnd(String... more) {
        return Stream.concat(Stream.of(A_READER_SLEEPS), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aThreadSleepsWhileTheScenarioGoesOn() {
        Verdict verdict = play(readerAnd("getpid()", "write($p[1], @text:abc, 3)", "await t", "close($n)", "join t"));

        assertThat(verdict.outcome()).as("%s", verdict).isEqualTo(Verdict.Outcome.AGREED);
        assertThat(verdict.remark()).isEmpty();
    }

    @Test
    void aDeadlockEndsAtTheDeadlineAndSaysWhere() {
        Verdict verdict = play(readerAnd("await t", "close($n)"));

        assertThat(verdict.remark().orElseThrow())
                .contains("both sides stood still in line 7, await t")
                .contains("did not come back within 2000 ms")
                .contains("nothing behind it was played");
    }

    @Test
    void twoThreadsThatWaitForEachOtherEndAtTheDeadline() {
        Verdict verdict = play(readerAnd(
                "q = &int[2]",
                "pipe2($q, 0)",
                "thread u {",
                "    read($q[0], $buf+4, 4) blocks",
                "}",
                "await u",
                "write($p[1], $buf, 1)",
                "await t"));

        assertThat(verdict.remark().orElseThrow()).contains("line 12, await u");
    }

    @Test
    void aCallOfTheFirstThreadThatSleepsEndsThePlay() {
        Verdict verdict = play(
                "p = &int[2]",
                "buf = @8",
                "pipe2($p, 0)",
                "thread t {",
                "getpid()",
                "}",
                "read($p[0], $buf, 1)",
                "getpid()");

        assertThat(verdict.remark().orElseThrow()).contains("line 7").contains("read did not come back");
    }

    @Test
    void aCallThatMayBlockMayComeBackAtOnce() {
        Verdict awake = play("thread t {", "read(-1, 0, 1) may block", "}", "await t");
        Verdict asleep =
                play("w = &int", "thread t {", "futex($w, 0, 0, 0) may block", "}", "futex($w, 1, 1)", "await t");

        assertThat(awake.outcome()).as(awake.why()).isEqualTo(Verdict.Outcome.AGREED);
        assertThat(asleep.outcome()).as(asleep.why()).isEqualTo(Verdict.Outcome.AGREED);
    }

    @Test
    void aCallThatWasToBlockAndDidNotIsAMistakeOfTheScenario() {
        Verdict verdict = play("thread t {", "read(-1, 0, 1) blocks", "}", "await t");

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.MISTAKEN);
        assertThat(verdict.why()).contains("line 2: read is marked 'blocks', but came back at once", "EBADF");
    }

    @Test
    void aSideOnWhichACallDoesNotSleepDiffers() {
        try (DifferentialRunner mutant =
                new DifferentialRunner(Gate.SYSCALL, machine -> {}, Gate.EMULATED_SYSCALL, machine -> machine.table(
                                dev.trapgate.abi.Abi.X86_64)
                        .orElseThrow()
                        .replace(
                                dev.trapgate.abi.Syscall.READ.number(dev.trapgate.abi.Abi.X86_64),
                                (task, regs) -> 0))) {
            Scenario scenario = Scenario.of("threads", readerAnd("write($p[1], $buf, 1)", "await t"));
            Verdict verdict = mutant.compare(scenario, User.NOBODY).join();

            assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.DIFFERED);
            assertThat(verdict.differences().getFirst())
                    .isEqualTo(new Difference(5, "thread t", "sleeps in its call", "came back with 0"));
        }
    }

    @Test
    void whoIsWokenFirstIsCompared() {
        Verdict verdict = play(
                "p = &int[2]",
                "buf = @8",
                "pipe2($p, 0)",
                "thread one {",
                "    read($p[0], $buf, 1) blocks",
                "}",
                "thread two {",
                "    read($p[0], $buf+1, 1) blocks",
                "}",
                "write($p[1], @text:x, 1)",
                "await one",
                "write($p[1], @text:y, 1)",
                "await two",
                "write(-1, $buf, 2)");

        assertThat(verdict.outcome()).as("%s", verdict).isEqualTo(Verdict.Outcome.AGREED);
        assertThat(verdict.remark()).isEmpty();
    }

    @Test
    void playsThroughTheWayIntoThe32BitTable() {
        Assumptions.assumeTrue(Gates.status(Gate.INT80).isOpen(), "no int $0x80 here");
        try (DifferentialRunner narrow = new DifferentialRunner(Gate.INT80, Gate.EMULATED_INT80)) {
            Scenario scenario = Scenario.of("threads", readerAnd("write($p[1], @text:abc, 3)", "await t", "join t"));
            Verdict verdict = narrow.compare(scenario, User.NOBODY).join();

            assertThat(verdict.outcome()).as("%s", verdict).isEqualTo(Verdict.Outcome.AGREED);
        }
    }

    /** SA_ONSTACK, SA_RESETHAND, another address, another restorer: what runs then is not known to be harmless. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sa_handler=$h,sa_flags=0xc000000,sa_restorer=$h+16",
                "sa_handler=$h,sa_flags=0x84000000,sa_restorer=$h+16",
                "sa_handler=$h,sa_flags=0,sa_restorer=$h+16",
                "sa_handler=$h+1,sa_flags=0x4000000,sa_restorer=$h+16",
                "sa_handler=$h,sa_flags=0x4000000,sa_restorer=$h",
                "sa_handler=0,sa_flags=0,sa_restorer=0",
            })
    void noOtherHandlerEverRunsNatively(String action) {
        Verdict verdict = play(
                "h = handler",
                "pid = getpid()",
                "tid = gettid()",
                "rt_sigaction(SIGALRM, &sigaction{" + action + "}, 0, 8)",
                "tgkill($pid, $tid, SIGALRM)");

        assertThat(verdict.outcome()).as("%s", verdict).isEqualTo(Verdict.Outcome.UNPLAYED);
        assertThat(verdict.why()).contains("may send a signal that does something");
    }

    @Test
    void shrinkingKeepsEverySleeperAwaited() {
        Scenario scenario = Scenario.of(
                "threads",
                readerAnd("getpid()", "getppid()", "write($p[1], @text:abc, 3)", "await t", "close($n)", "join t"));
        Shrinker shrinker = new Shrinker(
                candidate -> {
                    ScenarioParser.parse("again", ScenarioText.of(candidate));
                    return candidate.calls().stream()
                            .anyMatch(call -> call.target().equals("write"));
                },
                1000,
                java.time.Duration.ofSeconds(20));
        List<Step.Call> left = shrinker.shrink(scenario).calls();

        assertThat(left).extracting(Step.Call::target).contains("write").doesNotContain("getppid", "close");
    }
}
