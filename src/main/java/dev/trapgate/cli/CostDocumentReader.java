package dev.trapgate.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.trapgate.cli.CostDocument.Bin;
import dev.trapgate.cli.CostDocument.Figures;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.RowKey;
import dev.trapgate.cli.CostDocument.Sample;
import dev.trapgate.cli.CostDocument.Spread;
import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a {@link CostDocument}, and says what is wrong with one that cannot be read. */
public final class CostDocumentReader {

    private static final Gson GSON = new Gson();

    private CostDocumentReader() {}

    /** The file's own form; a field that is missing or null stays null. */
    private static final class JsonDocument {
        @Nullable
        Integer version;

        @Nullable
        Map<String, String> host;

        @Nullable
        List<String> warnings;

        @Nullable
        JsonSpread noiseFloor;

        @Nullable
        List<@Nullable JsonRow> rows;
    }

    private static final class JsonSpread {
        double median;
        double lowest;
        double highest;

        private Spread spread() {
            return new Spread(lowest, median, highest);
        }
    }

    private static final class JsonSample {
        double p50;
        double p90;
        double p99;
        double p999;
        double max;

        @Nullable
        List<Bin> histogram;

        private Sample sample() {
            return new Sample(p50, p90, p99, p999, max, Objects.requireNonNullElse(histogram, List.of()));
        }
    }

    private static final class JsonRow {
        @Nullable
        String call;

        @Nullable
        String caller;

        @Nullable
        String label;

        @Nullable
        String gate;

        @Nullable
        String linkage;

        int depth;
        int batch = 1;
        boolean duplicate;

        @Nullable
        Double nsPerOp;

        @Nullable
        Double error;

        double bytesPerOp;

        @Nullable
        Double cyclesPerOp;

        @Nullable
        List<Double> nsByRound;

        @Nullable
        List<Double> ratioByRound;

        @Nullable
        String baseline;

        @Nullable
        Double ratio;

        @Nullable
        Double ratioLowest;

        @Nullable
        Double ratioHighest;

        @Nullable
        Double vsGlibc;

        @Nullable
        Double vsGlibcLowest;

        @Nullable
        Double vsGlibcHighest;

        @Nullable
        JsonSample sample;

        @Nullable
        String note;
    }

    /**
     * Reads a report from a file.
     *
     * @param file where
     * @return the report
     * @throws UsageException if the file cannot be read or is not such a report
     */
    static CostDocument read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException missing) {
            throw new UsageException("cannot read " + file + ": there is no such file");
        } catch (CharacterCodingException binary) {
            throw new UsageException(notAReport(file.toString(), "it is not text"));
        } catch (IOException refused) {
            throw new UsageException("cannot read " + file + ": " + refused.getMessage());
        }
    }

    /**
     * Reads a report.
     *
     * @param text the document
     * @param name what to call it where it is wrong
     * @return the report
     * @throws UsageException if it is no such report
     */
    public static CostDocument parse(String text, String name) {
        try {
            return document(GSON.fromJson(text, JsonDocument.class), name);
        } catch (JsonParseException broken) {
            throw new UsageException(notAReport(name, broken.getMessage()));
        }
    }

    private static String notAReport(String name, @Nullable String why) {
        return name + " is not what 'trapgate cost --json' writes: " + why;
    }

    private static CostDocument document(@Nullable JsonDocument json, String name) {
        if (json == null || json.host == null || json.rows == null) {
            throw new UsageException(notAReport(name, "it has no object of 'host' and 'rows'"));
        }
        checkVersion(json.version, name);
        if (json.rows.isEmpty()) {
            throw new UsageException(notAReport(name, "it has no rows"));
        }
        List<Row> rows = new ArrayList<>();
        Set<RowKey> keys = new HashSet<>();
        for (JsonRow each : json.rows) {
            int number = rows.size() + 1;
            Row row = row(each)
                    .orElseThrow(
                            () -> new UsageException(notAReport(name, "row " + number + " names no call and caller")));
            if (!keys.add(row.key())) {
                throw new UsageException(notAReport(name, "row " + number + " is there twice"));
            }
            if (row.nanos().stream().anyMatch(nanos -> !(nanos > 0 && nanos < Double.POSITIVE_INFINITY))) {
                throw new UsageException(notAReport(name, "row " + number + " took no time that can be"));
            }
            rows.add(row);
        }
        return new CostDocument(
                json.host,
                Objects.requireNonNullElse(json.warnings, List.of()),
                Optional.ofNullable(json.noiseFloor).map(JsonSpread::spread),
                rows);
    }

    private static void checkVersion(@Nullable Integer version, String name) {
        if (version == null) {
            throw new UsageException(
                    name + " was written by a Trapgate that did not number its reports yet: measure again");
        }
        if (version != CostDocument.VERSION) {
            throw new UsageException(name + " is a report of version " + version + ", and this Trapgate reads version "
                    + CostDocument.VERSION + ": use the one that wrote it");
        }
    }

    private static Optional<Row> row(@Nullable JsonRow json) {
        if (json == null || json.call == null || json.caller == null) {
            return Optional.empty();
        }
        RowKey key = new RowKey(
                json.call,
                Objects.requireNonNullElse(json.label, json.caller),
                Objects.requireNonNullElse(json.gate, ""),
                Objects.requireNonNullElse(json.linkage, ""));
        return Optional.of(new Row(
                key,
                json.caller,
                json.batch,
                json.depth,
                json.duplicate,
                figures(json),
                Optional.ofNullable(json.baseline),
                spread(json.ratio, json.ratioLowest, json.ratioHighest),
                spread(json.vsGlibc, json.vsGlibcLowest, json.vsGlibcHighest),
                Optional.ofNullable(json.note)));
    }

    private static Optional<Figures> figures(JsonRow json) {
        if (json.nsPerOp == null) {
            return Optional.empty();
        }
        boolean hasRounds = json.nsByRound != null && !json.nsByRound.isEmpty();
        return Optional.of(new Figures(
                json.nsPerOp,
                optional(json.error),
                json.bytesPerOp,
                optional(json.cyclesPerOp),
                hasRounds ? Objects.requireNonNull(json.nsByRound) : List.of(json.nsPerOp),
                Objects.requireNonNullElse(json.ratioByRound, List.of()),
                Optional.ofNullable(json.sample).map(JsonSample::sample)));
    }

    private static Optional<Spread> spread(@Nullable Double median, @Nullable Double lowest, @Nullable Double highest) {
        return median == null
                ? Optional.empty()
                : Optional.of(new Spread(
                        Objects.requireNonNullElse(lowest, median),
                        median,
                        Objects.requireNonNullElse(highest, median)));
    }

    private static OptionalDouble optional(@Nullable Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
