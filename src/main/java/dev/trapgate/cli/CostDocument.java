package dev.trapgate.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What {@code trapgate cost --json} wrote, as far as reports are compared.
 *
 * @param host the facts about where it was measured, by name, in the report's order
 * @param rows the rows, in the report's order
 */
record CostDocument(Map<String, String> host, List<Row> rows) {

    private static final Gson GSON = new Gson();

    /**
     * One row.
     *
     * @param key what is measured, which no two rows of a report share
     * @param nanos nanoseconds of one operation, the median of the rounds; empty if it was not measured
     * @param error half the width of their interval, in nanoseconds; 0 if there was but one
     * @param ratio to what the row is compared with; empty if that was not measured or is the row itself
     */
    record Row(RowKey key, OptionalDouble nanos, double error, Optional<Spread> ratio) {}

    /**
     * What a row measures, in the report's words.
     *
     * @param call the operation
     * @param caller who calls
     * @param gate the way in, or empty
     * @param linkage how Java lets the thread out, or empty
     */
    record RowKey(String call, String caller, String gate, String linkage) {}

    /**
     * A median within what the rounds found.
     *
     * @param lowest the least
     * @param median the median
     * @param highest the greatest
     */
    record Spread(double lowest, double median, double highest) {

        /**
         * Says whether two spreads have nothing in common.
         *
         * @param other the other
         * @return whether one ends before the other begins
         */
        boolean isApartFrom(Spread other) {
            return highest < other.lowest || other.highest < lowest;
        }
    }

    /** The file's own form; a field that is missing or null stays null. */
    private static final class Json {
        @Nullable
        Map<String, String> host;

        @Nullable
        List<@Nullable JsonRow> rows;
    }

    private static final class JsonRow {
        @Nullable
        String call;

        @Nullable
        String caller;

        @Nullable
        String gate;

        @Nullable
        String linkage;

        int depth;
        int batch = 1;

        @Nullable
        Double nsPerOp;

        @Nullable
        Double error;

        @Nullable
        Double ratio;

        @Nullable
        Double ratioLowest;

        @Nullable
        Double ratioHighest;
    }

    /**
     * Reads a report.
     *
     * @param file where
     * @return the report
     * @throws UsageException if the file cannot be read or is not such a report
     */
    static CostDocument read(Path file) {
        try {
            return of(GSON.fromJson(Files.readString(file), Json.class), file);
        } catch (NoSuchFileException missing) {
            throw new UsageException("cannot read " + file + ": there is no such file");
        } catch (CharacterCodingException binary) {
            throw new UsageException(notAReport(file, "it is not text"));
        } catch (IOException refused) {
            throw new UsageException("cannot read " + file + ": " + refused.getMessage());
        } catch (JsonParseException broken) {
            throw new UsageException(notAReport(file, broken.getMessage()));
        }
    }

    private static String notAReport(Path file, @Nullable String why) {
        return file + " is not what 'trapgate cost --json' writes: " + why;
    }

    private static CostDocument of(@Nullable Json json, Path file) {
        if (json == null || json.host == null || json.rows == null) {
            throw new UsageException(notAReport(file, "it has no object of 'host' and 'rows'"));
        }
        List<Row> rows = new ArrayList<>();
        for (JsonRow row : json.rows) {
            rows.add(row(row).orElseThrow(() ->
                    new UsageException(notAReport(file, "row " + (rows.size() + 1) + " names no call and caller"))));
        }
        return new CostDocument(new LinkedHashMap<>(json.host), rows);
    }

    private static Optional<Row> row(@Nullable JsonRow json) {
        if (json == null || json.call == null || json.caller == null) {
            return Optional.empty();
        }
        String caller = json.caller
                + (json.depth > 0 ? " at depth " + json.depth : "")
                + (json.batch > 1 ? " batch of " + json.batch : "");
        RowKey key = new RowKey(json.call, caller, orEmpty(json.gate), orEmpty(json.linkage));
        OptionalDouble nanos = json.nsPerOp == null ? OptionalDouble.empty() : OptionalDouble.of(json.nsPerOp);
        return Optional.of(new Row(key, nanos, json.error == null ? 0 : json.error, spread(json)));
    }

    /** A baseline's ratio to itself is 1 in every report, and says nothing. */
    private static Optional<Spread> spread(JsonRow json) {
        if (json.ratio == null || json.ratioLowest == null || json.ratioHighest == null) {
            return Optional.empty();
        }
        Spread spread = new Spread(json.ratioLowest, json.ratio, json.ratioHighest);
        return spread.equals(new Spread(1, 1, 1)) ? Optional.empty() : Optional.of(spread);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
