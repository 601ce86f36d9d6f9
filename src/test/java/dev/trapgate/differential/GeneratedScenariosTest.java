package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.Gates;
import dev.trapgate.abi.Abi;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedScenariosTest {

    private static final long SEED = 1;
    private static final long CASES = 1_500;

    @ParameterizedTest
    @CsvSource({"SYSCALL, EMULATED_SYSCALL", "INT80, EMULATED_INT80"})
    void theEmulatedKernelDoesWhatTheRealOneDoes(Gate real, Gate emulated) {
        CampaignReport report = campaign(real, emulated, CASES);

        assertThat(report.cases()).isEqualTo(CASES);
        assertThat(report.differed()).as(words(report, real, emulated)).isZero();
        assertThat(report.unplayedCases()).as("unplayed: %s", report.unplayed()).isLessThan(CASES / 10);
    }

    @Test
    void theRealKernelDoesTheSameThroughTwoOfItsGates() {
        CampaignReport report = campaign(Gate.SYSCALL, Gate.LIBC_SYSCALL, 200);

        assertThat(report.differed())
                .as(words(report, Gate.SYSCALL, Gate.LIBC_SYSCALL))
                .isZero();
    }

    @Test
    void whatGlibcDoesOtherwiseIsExplained() {
        CampaignReport report = campaign(Gate.SYSCALL, Gate.GLIBC, 300);

        assertThat(report.differed())
                .as(words(report, Gate.SYSCALL, Gate.GLIBC))
                .isZero();
    }

    @Test
    void aSeedMakesTheSameScenarioAgain() {
        ScenarioGenerator one = new ScenarioGenerator(Abi.I386, 7, ScenarioGenerator.calls(Abi.I386));
        ScenarioGenerator other = new ScenarioGenerator(Abi.I386, 7, ScenarioGenerator.calls(Abi.I386));
        ScenarioGenerator another = new ScenarioGenerator(Abi.I386, 8, ScenarioGenerator.calls(Abi.I386));

        assertThat(ScenarioText.of(one.scenario(5))).isEqualTo(ScenarioText.of(other.scenario(5)));
        assertThat(ScenarioText.of(one.scenario(5))).isNotEqualTo(ScenarioText.of(another.scenario(5)));
    }

    @ParameterizedTest
    @CsvSource({"X86_64", "I386"})
    void everyGeneratedScenarioCanBeWrittenAndReadAndMeasured(Abi abi) {
        ScenarioGenerator generator = new ScenarioGenerator(abi, SEED, ScenarioGenerator.calls(abi));
        for (int i = 0; i < 500; i++) {
            String text = ScenarioText.of(generator.scenario(i));
            Scenario read = ScenarioParser.parse("generated", text);

            assertThat(ScenarioText.of(read)).isEqualTo(text);
            assertThat(ScenarioSize.of(read, abi)).isNotNegative();
        }
    }

    private static CampaignReport campaign(Gate left, Gate right, long cases) {
        for (Gate gate : List.of(left, right)) {
            GateStatus status = Gates.status(gate);
            Assumptions.assumeTrue(status.isOpen(), () -> status.unavailable().orElse(""));
        }
        try (DifferentialRunner runner = new DifferentialRunner(left, right)) {
            List<String> calls = ScenarioGenerator.calls(left.abi()).stream()
                    .filter(runner::has)
                    .toList();
            return new Campaign(runner, new ScenarioGenerator(left.abi(), SEED, calls))
                    .run(cases, Duration.ofMinutes(10), played -> {});
        }
    }

    private static String words(CampaignReport report, Gate left, Gate right) {
        return report.minimal().stream()
                .flatMap(minimal -> minimal.verdict().lines(left.name(), right.name()).stream())
                .collect(Collectors.joining("\n"));
    }
}
