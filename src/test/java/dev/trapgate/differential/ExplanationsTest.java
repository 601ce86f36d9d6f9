package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.Gates;
import dev.trapgate.abi.Abi;
import dev.trapgate.entry.Gate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExplanationsTest {

    /** A scenario for each row of the table, which shows the difference that the row explains. */
    private static final Map<String, Scenario> SHOWING = Map.of(
            "getcwd ERANGE",
            Scenario.of("getcwd of no size", "getcwd(@16, 0)"),
            "getcwd \\d+",
            Scenario.of("getcwd", "getcwd(@256, 256)"),
            "epoll_pwait EINVAL",
            Scenario.of("epoll_pwait's mask of no size", "e = epoll_create1(0)", "epoll_pwait($e, @24, 2, 0, 1, 0)"),
            "getrlimit EFAULT",
            Scenario.of("getrlimit without memory", "getrlimit(0, 0)"),
            "rt_sigpending EINVAL",
            Scenario.of("rt_sigpending's mask too large", "rt_sigpending(@16, 16)"),
            "rt_sigtimedwait EINVAL",
            Scenario.of(
                    "rt_sigtimedwait's mask of no size", "rt_sigtimedwait(@8, 0, &timespec{tv_sec=0,tv_nsec=0}, 0)"));

    @TestFactory
    Stream<DynamicTest> everyRowIsSeenAndExplained() {
        assumeTrue(Gates.status(Gate.SYSCALL).isOpen(), "the kernel's own calls need the SYSCALL gate");
        return Explanations.rows().stream()
                .map(row ->
                        DynamicTest.dynamicTest(row.call() + " " + row.kernel().pattern(), () -> {
                            Scenario scenario =
                                    SHOWING.get(row.call() + " " + row.kernel().pattern());
                            assertThat(scenario).as("a scenario that shows it").isNotNull();
                            try (DifferentialRunner runner = new DifferentialRunner(Gate.SYSCALL, Gate.GLIBC)) {
                                Verdict raw = runner.compare(
                                                scenario, runner.users().getFirst())
                                        .join();
                                Map<String, Long> counts = new HashMap<>();
                                Verdict applied = Explanations.between(Gate.SYSCALL, Gate.GLIBC)
                                        .applied(raw, counts);

                                assertThat(raw.outcome()).isEqualTo(Verdict.Outcome.DIFFERED);
                                assertThat(applied.outcome()).isEqualTo(Verdict.Outcome.AGREED);
                                assertThat(counts).containsOnlyKeys(row.call() + ": " + row.reason());
                            }
                        }));
    }

    @Test
    void nothingIsExplainedBetweenTwoKernels() {
        Scenario scenario = SHOWING.get("getcwd ERANGE");
        Verdict differing = new Verdict(
                scenario,
                Abi.X86_64,
                User.ROOT,
                Verdict.Outcome.DIFFERED,
                "",
                List.of(new Difference(1, "result", "ERANGE", "EINVAL")),
                Optional.empty());

        assertThat(Explanations.between(Gate.SYSCALL, Gate.EMULATED_SYSCALL).applied(differing, new HashMap<>()))
                .isSameAs(differing);
    }
}
