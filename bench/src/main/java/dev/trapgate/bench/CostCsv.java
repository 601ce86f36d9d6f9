package dev.trapgate.bench;

import dev.trapgate.bench.call.Row;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report as comma-separated values, RFC 4180: a header line, then a line a row. What is not known is empty. The facts about
 * the host are left to JSON, which has room for them.
 */
final class CostCsv {

    private static final String LINE_END = "\r\n";

    private static final List<String> HEADER = List.of(
            "call",
            "caller",
            "gate",
            "linkage",
            "depth",
            "batch",
            "ns_per_op",
            "error",
            "bytes_per_op",
            "cycles_per_op",
            "baseline",
            "ratio",
            "ratio_lowest",
            "ratio_highest",
            "vs_glibc",
            "rounds",
            "note");

    private CostCsv() {}

    static String of(CostReport report) {
        return Stream.concat(Stream.of(HEADER), ComparedRow.of(report).stream().map(CostCsv::cells))
                .map(cells -> cells.stream().map(CostCsv::quoted).collect(Collectors.joining(",")))
                .collect(Collectors.joining(LINE_END));
    }

    private static List<String> cells(ComparedRow compared) {
        Row row = compared.row();
        Optional<Figures> figures = compared.figures();
        return List.of(
                row.operation().label(),
                row.caller().label(),
                row.gate().map(Enum::name).orElse(""),
                row.linkage().map(CostTable::nameOf).orElse(""),
                String.valueOf(row.depth()),
                String.valueOf(row.batch()),
                figures.map(found -> number(found.nanosPerOp())).orElse(""),
                figures.map(found -> number(found.error())).orElse(""),
                figures.map(found -> number(found.bytesPerOp())).orElse(""),
                figures.map(found -> number(found.cyclesPerOp())).orElse(""),
                compared.baseline().map(Row::label).orElse(""),
                compared.ratio().map(ratio -> number(ratio.median())).orElse(""),
                compared.ratio().map(ratio -> number(ratio.lowest())).orElse(""),
                compared.ratio().map(ratio -> number(ratio.highest())).orElse(""),
                compared.vsGlibc().map(ratio -> number(ratio.median())).orElse(""),
                figures.map(found -> String.valueOf(found.rounds())).orElse("0"),
                compared.note().orElse(""));
    }

    private static String number(OptionalDouble number) {
        return number.stream().mapToObj(CostCsv::number).findFirst().orElse("");
    }

    private static String number(double number) {
        return CostJson.rounded(number).toString();
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(character -> ",\"\r\n".indexOf(character) >= 0);
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
