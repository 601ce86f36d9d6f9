package dev.trapgate.bench.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class RowTest {

    @Test
    void everyBenchmarkThatJmhKnowsHasARowAndEveryRowABenchmark() {
        Set<String> known = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(entry -> entry.getUsername())
                .filter(name -> name.startsWith(Row.class.getPackageName() + '.'))
                .collect(Collectors.toSet());

        assertThat(Row.all().map(Row::benchmark)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest
    @EnumSource
    void everyRowHasExactlyOneBaselineWhichIsItsOwnUnlessTheRowRepeatsAnother(Operation operation) {
        List<Row> rows = operation.rows();

        for (Row row : rows) {
            List<Row> baselines = rows.stream().filter(row::isMeasuredAgainst).toList();
            assertThat(baselines).as(row.label()).hasSize(1);
            assertThat(row.duplicate() || baselines.getFirst().isMeasuredAgainst(baselines.getFirst()))
                    .as(row.label())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EMPTY", "EXIT"})
    void everyNativeGateThatMakesEveryCallHasARow(Operation operation) {
        Set<Gate> gates = operation.rows().stream()
                .filter(row -> row.caller() == Caller.JAVA)
                .flatMap(row -> row.gate().stream())
                .collect(Collectors.toSet());

        assertThat(gates)
                .containsAll(Arrays.stream(Gate.values())
                        .filter(gate -> gate.kind() == Gate.Kind.NATIVE && gate != Gate.VDSO)
                        .filter(gate -> makesEveryCall(gate, operation))
                        .toList());
    }

    private static boolean makesEveryCall(Gate gate, Operation operation) {
        return !Gates.status(gate).isOpen()
                || operation.calls().stream().allMatch(call -> Gates.open(gate)
                        .refusal(call.number(gate.abi()))
                        .isEmpty());
    }

    @Test
    void everyEmulatedGateHasARowThatIsComparedWithTheRealInstruction() {
        List<Row> emulated = Row.all()
                .filter(row -> row.gate().map(Gate::kind).equals(Optional.of(Gate.Kind.EMULATED)))
                .toList();

        assertThat(emulated)
                .flatExtracting(row -> row.gate().stream().toList())
                .contains(Gate.EMULATED_INT80, Gate.EMULATED_SYSENTER, Gate.EMULATED_SYSCALL, Gate.EMULATED_VDSO);
        assertThat(emulated).allSatisfy(row -> assertThat(Row.all().filter(row::isMeasuredAgainst))
                .extracting(Row::label)
                .containsExactly("c SYSCALL"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EMPTY")
    void onlyPromptCallsHaveCriticalRows(Operation operation) {
        boolean prompt = operation.calls().stream().allMatch(call -> call.prompt());

        assertThat(operation.rows().stream().anyMatch(row -> row.linkage().equals(Optional.of(Linkage.CRITICAL))))
                .isEqualTo(prompt);
    }

    @Test
    void gateInCIsTheSameExceptForJnr() {
        assertThat(label(Caller.JAVA, Gate.SYSCALL)).isEqualTo("c SYSCALL");
        assertThat(label(Caller.JAVA, Gate.INT80)).isEqualTo("c INT80");
        assertThat(label(Caller.JAVA, Gate.JNR)).isEqualTo("c LIBC_SYSCALL");
        assertThat(label(Caller.JNI, Gate.GLIBC)).isEqualTo("c GLIBC");
        assertThat(label(Caller.FFM, Gate.GLIBC)).isEqualTo("c GLIBC");
    }

    @Test
    void the32BitProcessIsComparedWithCByTheSameInstruction() {
        assertThat(label(Caller.I386, Gate.I386_INT80)).isEqualTo("c INT80");
        assertThat(label(Caller.I386, Gate.I386_VSYSCALL)).isEqualTo("c SYSCALL");
    }

    @Test
    void rowsAtDepthAreComparedWithPlainFfmAtThatDepth() {
        Row deep = Operation.GETPPID.rows().stream()
                .filter(row -> row.depth() > 0 && row.caller() == Caller.JAVA)
                .findFirst()
                .orElseThrow();

        assertThat(baseline(deep).label()).isEqualTo("ffm at depth 6 GLIBC");
    }

    @Test
    void noRowIsMeasuredWithoutItsBaseline() {
        assertThat(Row.all()).allSatisfy(row -> assertThat(Row.all().filter(row::isMeasuredAgainst))
                .as(row.benchmark())
                .allSatisfy(baseline -> assertThat(baseline.from()).isLessThanOrEqualTo(row.from())));
    }

    @Test
    void duplicateIsComparedWithWhatItRepeats() {
        List<Row> duplicates = Row.all().filter(Row::duplicate).toList();

        assertThat(duplicates).hasSizeGreaterThanOrEqualTo(3).allSatisfy(row -> {
            Row repeated = Row.all().filter(row::isMeasuredAgainst).findFirst().orElseThrow();
            assertThat(repeated.duplicate()).isFalse();
            assertThat(row.label()).isEqualTo(repeated.label().replace(repeated.callerLabel(), row.callerLabel()));
        });
    }

    private static String label(Caller caller, Gate gate) {
        Row row = Operation.GETPPID.rows().stream()
                .filter(candidate ->
                        candidate.caller() == caller && candidate.gate().equals(Optional.of(gate)))
                .findFirst()
                .orElseThrow();
        return baseline(row).label();
    }

    private static Row baseline(Row row) {
        return Operation.GETPPID.rows().stream()
                .filter(row::isMeasuredAgainst)
                .findFirst()
                .orElseThrow();
    }
}
