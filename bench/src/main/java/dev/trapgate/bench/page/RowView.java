package dev.trapgate.bench.page;

import dev.trapgate.cli.CostDocument.Figures;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.Sample;
import dev.trapgate.cli.CostDocument.Spread;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row of a table on the page, every cell as it is shown.
 *
 * @param caller who calls
 * @param gate the way in
 * @param linkage how Java lets the thread out
 * @param nanos nanoseconds of one operation
 * @param error half the width of their interval
 * @param p99 the 99th percentile of single calls, in nanoseconds
 * @param cycles of the time-stamp counter
 * @param bytes of Java heap
 * @param ratio to its baseline
 * @param range of that from round to round
 * @param vsGlibc ratio to C through glibc
 * @param note why figures are missing
 */
record RowView(
        String caller,
        String gate,
        String linkage,
        String nanos,
        String error,
        String p99,
        String cycles,
        String bytes,
        String ratio,
        String range,
        String vsGlibc,
        String note) {

    static RowView of(Row row) {
        Optional<Figures> figures = row.figures();
        Optional<Spread> ratio = row.isItsOwnBaseline() ? Optional.empty() : row.ratio();
        return new RowView(
                row.key().caller(),
                row.key().gate(),
                row.key().linkage(),
                figures.map(found -> Numbers.fixed(found.nanos())).orElse("–"),
                figures.map(found -> text("%.1f", found.error())).orElse(""),
                figures.flatMap(Figures::sample)
                        .map(Sample::p99)
                        .map(p99 -> text("%.0f", OptionalDouble.of(p99)))
                        .orElse(""),
                figures.map(found -> text("%.0f", found.cycles())).orElse(""),
                figures.map(found -> text("%.1f", OptionalDouble.of(found.bytes())))
                        .orElse(""),
                row.isItsOwnBaseline() && figures.isPresent()
                        ? "="
                        : ratio.map(found -> Numbers.fixed(found.median())).orElse(""),
                ratio.map(found -> Numbers.fixed(found.lowest()) + "–" + Numbers.fixed(found.highest()))
                        .orElse(""),
                row.vsGlibc().map(found -> Numbers.fixed(found.median())).orElse(""),
                row.note().orElse(""));
    }

    /** {@return whether there is a note} */
    boolean hasNote() {
        return !note.isEmpty();
    }

    private static String text(String format, OptionalDouble number) {
        return number.stream()
                .mapToObj(found -> String.format(Locale.ROOT, format, found))
                .findFirst()
                .orElse("");
    }
}
