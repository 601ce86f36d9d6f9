package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trapgate.Gates;
import dev.trapgate.bench.call.Caller;
import dev.trapgate.bench.call.Operation;
import dev.trapgate.bench.call.Row;
import dev.trapgate.bench.peer.CCompiler;
import dev.trapgate.bench.peer.CompilerException;
import dev.trapgate.cli.CostFailedException;
import dev.trapgate.cli.CostMeasurement;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.cli.CostMeasurement.Request;
import dev.trapgate.entry.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One short round of everything, through the real gates: the figures mean nothing, but they are all there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JmhCostMeasurementTest {

    private static final Schedule SHORT = new Schedule(1, 1, 10, 3, 10, 2, 300);
    private final List<String> progress = new ArrayList<>();
    private final CostReport report;

    JmhCostMeasurementTest() throws CostFailedException, InterruptedException {
        report = new JmhCostMeasurement().measure(new Request(Effort.FULL, List.of()), SHORT, progress::add);
    }

    @Test
    void isFoundByTheCommandLine() {
        assertThat(ServiceLoader.load(CostMeasurement.class)).hasOnlyElementsOfType(JmhCostMeasurement.class);
    }

    @Test
    void namesEveryOperationAndTheFirstCallOfEach() {
        assertThat(new JmhCostMeasurement().calls())
                .contains("getppid", "clock_gettime", "getcpu", "read", "read-1", "read-4096", "write", "openat+close")
                .doesNotHaveDuplicates();
    }

    @Test
    void hasEveryRowEitherMeasuredOrWithItsReason() {
        assertThat(report.rows()).containsExactlyElementsOf(Row.all().toList());
        assertThat(ComparedRow.of(report)).allSatisfy(compared -> assertThat(compared.figures())
                .as(compared.row().benchmark())
                .satisfies(figures -> assertThat(figures.isPresent())
                        .isNotEqualTo(compared.note().isPresent())));
    }

    @Test
    void measuresEveryRowOfEveryOpenGate() {
        assertThat(ComparedRow.of(report))
                .filteredOn(compared -> compared.row().caller() == Caller.JAVA)
                .filteredOn(compared -> compared.row()
                        .gate()
                        .map(JmhCostMeasurementTest::isOpen)
                        .orElse(false))
                .allSatisfy(compared -> assertThat(compared.note())
                        .as(compared.row().benchmark())
                        .isEmpty());
    }

    @Test
    void measuresEveryPeerWhereThereIsACompiler() {
        assumeThat(compiler()).as("a C compiler").isPresent();

        assertThat(ComparedRow.of(report))
                .filteredOn(compared -> compared.row().caller() != Caller.JAVA)
                .filteredOn(compared -> compared.row()
                        .gate()
                        .map(JmhCostMeasurementTest::isOpenToC)
                        .orElse(true))
                .allSatisfy(compared -> {
                    assertThat(compared.note()).as(compared.row().benchmark()).isEmpty();
                    assertThat(compared.ratio()).as(compared.row().benchmark()).isPresent();
                });
    }

    @Test
    void findsThatNoGateAllocatesButJnr() throws CostFailedException, InterruptedException {
        // Until its code is compiled a gate allocates, so this takes a longer warm-up.
        Schedule warm = new Schedule(1, 10, 50, 3, 20, 0, 300);

        CostReport getppid =
                new JmhCostMeasurement().measure(new Request(Effort.QUICK, List.of("getppid")), warm, ignored -> {});

        assertThat(ComparedRow.of(getppid))
                .filteredOn(compared -> compared.row().caller() == Caller.JAVA)
                .filteredOn(compared -> !compared.row().gate().equals(Optional.of(Gate.JNR)))
                .allSatisfy(compared -> assertThat(
                                compared.figures().map(Figures::bytesPerOp).orElse(0.0))
                        .as(compared.row().benchmark())
                        .isZero());
    }

    @Test
    void entersTheKernelInEveryRowThatSaysSo() {
        // Nothing enters a kernel in less than 20 ns; what a compiler has removed takes less than one.
        assertThat(ComparedRow.of(report))
                .filteredOn(compared -> compared.row().operation() == Operation.GETPPID)
                .allSatisfy(compared -> assertThat(
                                compared.figures().map(Figures::nanosPerOp).orElse(1e9))
                        .as(compared.row().benchmark())
                        .isGreaterThan(20));
    }

    @Test
    void timesSingleCallsOfEveryRowThatIsToBeSampled() {
        assertThat(ComparedRow.of(report))
                .filteredOn(compared -> compared.figures().isPresent())
                .allSatisfy(compared -> assertThat(compared.figures().flatMap(Figures::samples))
                        .as(compared.row().benchmark())
                        .matches(
                                samples -> samples.isPresent() == compared.row().sampled()));
    }

    @Test
    void countsCyclesOfEveryRow() {
        assumeThat(isOpen(Gate.SYSCALL)).as("machine code of our own").isTrue();

        assertThat(ComparedRow.of(report))
                .flatExtracting(compared -> compared.figures().stream().toList())
                .allSatisfy(figures -> assertThat(figures.cyclesPerOp()).isPresent());
    }

    @Test
    void beginsNoRoundThatItHasNoTimeFor() throws CostFailedException, InterruptedException {
        Schedule hurried = new Schedule(1000, 1, 10, 1, 10, 0, 1);

        CostReport empty =
                new JmhCostMeasurement().measure(new Request(Effort.QUICK, List.of("getppid")), hurried, ignored -> {});

        assertThat(empty.environment().facts())
                .extractingByKey("rounds")
                .asString()
                .endsWith(" of 1000, for want of time");
    }

    @Test
    void measuresWhatIsNamedWhateverTheEffort() {
        List<Row> rows = JmhCostMeasurement.rows(new Request(Effort.QUICK, List.of("pipe-ping-pong")));

        assertThat(rows).isNotEmpty().allMatch(row -> row.operation() == Operation.PIPE);
        assertThat(JmhCostMeasurement.rows(new Request(Effort.QUICK, List.of())))
                .isNotEmpty()
                .noneMatch(row -> row.operation() == Operation.PIPE);
    }

    @Test
    void tellsHowFarItIs() {
        assertThat(progress.getLast()).startsWith("round 1 of 1, row ");
    }

    private static boolean isOpen(Gate gate) {
        return Gates.status(gate).isOpen();
    }

    private static boolean isOpenToC(Gate gate) {
        return gate != Gate.INT80 || isOpen(gate);
    }

    private static Optional<CCompiler> compiler() {
        try {
            return Optional.of(CCompiler.find());
        } catch (CompilerException none) {
            return Optional.empty();
        }
    }
}
