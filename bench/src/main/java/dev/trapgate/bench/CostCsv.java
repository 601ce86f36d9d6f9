package dev.trapgate.bench;

import dev.trapgate.cli.CostDocument;
import dev.trapgate.cli.CostDocument.Figures;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.Sample;
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
            "label",
            "gate",
            "linkage",
            "depth",
            "batch",
            "duplicate",
            "ns_per_op",
            "error",
            "bytes_per_op",
            "cycles_per_op",
            "baseline",
            "ratio",
            "ratio_lowest",
            "ratio_highest",
            "vs_glibc",
            "p50",
            "p90",
            "p99",
            "p999",
            "max",
            "rounds",
            "note");

    private CostCsv() {}

    static String of(CostDocument document) {
        return Stream.concat(Stream.of(HEADER), document.rows().stream().map(CostCsv::cells))
                .map(cells -> cells.stream().map(CostCsv::quoted).collect(Collectors.joining(",")))
                .collect(Collectors.joining(LINE_END));
    }

    private static List<String> cells(Row row) {
        Optional<Figures> figures = row.figures();
        Optional<Sample> sample = figures.flatMap(Figures::sample);
        return List.of(
                row.key().call(),
                row.kind(),
                row.key().caller(),
                row.key().gate(),
                row.key().linkage(),
                String.valueOf(row.depth()),
                String.valueOf(row.batch()),
                String.valueOf(row.isTwin()),
                figures.map(found -> number(found.nanos())).orElse(""),
                figures.map(found -> number(found.error())).orElse(""),
                figures.map(found -> number(found.bytes())).orElse(""),
                figures.map(found -> number(found.cycles())).orElse(""),
                row.baseline().orElse(""),
                row.ratio().map(ratio -> number(ratio.median())).orElse(""),
                row.ratio().map(ratio -> number(ratio.lowest())).orElse(""),
                row.ratio().map(ratio -> number(ratio.highest())).orElse(""),
                row.vsGlibc().map(ratio -> number(ratio.median())).orElse(""),
                sample.map(found -> number(found.p50())).orElse(""),
                sample.map(found -> number(found.p90())).orElse(""),
                sample.map(found -> number(found.p99())).orElse(""),
                sample.map(found -> number(found.p999())).orElse(""),
                sample.map(found -> number(found.max())).orElse(""),
                figures.map(found -> String.valueOf(found.nanosByRound().size()))
                        .orElse("0"),
                row.note().orElse(""));
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
