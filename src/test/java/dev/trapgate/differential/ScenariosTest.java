package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trapgate.Gates;
import dev.trapgate.abi.Abi;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scenario that is kept, on the real kernel and on the emulated one. */
class ScenariosTest {

    private static final long DEADLINE_SECONDS = 120;

    @TestFactory
    Stream<DynamicNode> theEmulatedKernelDoesWhatTheRealOneDoes() {
        return Stream.of(container(Gate.SYSCALL, Gate.EMULATED_SYSCALL), container(Gate.INT80, Gate.EMULATED_INT80));
    }

    private static DynamicNode container(Gate real, Gate emulated) {
        GateStatus status = Gates.status(real);
        Stream<DynamicTest> tests = status.isOpen()
                ? tests(real, emulated)
                : Stream.of(DynamicTest.dynamicTest(
                        real.name(), () -> abort(status.unavailable().orElse(""))));
        return DynamicContainer.dynamicContainer(real.abi().displayName(), tests);
    }

    private static Stream<DynamicTest> tests(Gate real, Gate emulated) {
        DifferentialRunner runner = new DifferentialRunner(real, emulated);
        List<DynamicTest> tests = new ArrayList<>();
        for (Scenario scenario : ScenarioFiles.own()) {
            for (User user : User.values()) {
                if (scenario.isFor(user) && scenario.isFor(runner.abi())) {
                    tests.add(test(runner, scenario, user));
                }
            }
        }
        return tests.stream().onClose(runner::close);
    }

    private static DynamicTest test(DifferentialRunner runner, Scenario scenario, User user) {
        String name = scenario.name() + " as " + user;
        if (!runner.users().contains(user)) {
            return DynamicTest.dynamicTest(name, () -> abort("to play as root, the runner must be root"));
        }
        CompletableFuture<Verdict> verdict = runner.compare(scenario, user);
        return DynamicTest.dynamicTest(name, () -> {
            Verdict found = verdict.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(found.outcome())
                    .as(String.join(
                            "\n",
                            found.lines(runner.left().name(), runner.right().name())))
                    .isEqualTo(Verdict.Outcome.AGREED);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyScenarioIsForSomeConvention() {
        return ScenarioFiles.own().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> assertThat(
                                Scenario.ABIS.stream().anyMatch((Abi abi) -> scenario.isFor(abi)))
                        .isTrue()));
    }
}
