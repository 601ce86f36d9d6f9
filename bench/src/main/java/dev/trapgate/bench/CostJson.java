package dev.trapgate.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.trapgate.bench.call.Row;
import dev.trapgate.cli.CostDocument;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A report as JSON: {@code version}, {@code warnings}, {@code host} with the facts by name, and {@code rows}. What is not known
 * is null.
 */
final class CostJson {

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private static final double ROUNDING = 10_000;

    private CostJson() {}

    static String of(CostReport report) {
        JsonObject host = new JsonObject();
        report.environment().facts().forEach(host::addProperty);
        JsonArray rows = new JsonArray();
        ComparedRow.of(report).forEach(row -> rows.add(of(row)));
        JsonObject document = new JsonObject();
        document.addProperty("version", CostDocument.VERSION);
        document.add("warnings", GSON.toJsonTree(report.environment().warnings()));
        document.add("host", host);
        document.add("noiseFloor", NoiseFloor.of(report).map(CostJson::of).orElse(JsonNull.INSTANCE));
        document.add("rows", rows);
        return GSON.toJson(document);
    }

    private static JsonObject of(ComparedRow compared) {
        Row row = compared.row();
        Optional<Figures> figures = compared.figures();
        JsonObject json = new JsonObject();
        json.addProperty("call", row.operation().label());
        json.addProperty("caller", row.caller().label());
        json.addProperty("label", row.callerLabel());
        json.addProperty("gate", row.gate().map(Enum::name).orElse(null));
        json.addProperty("linkage", row.linkage().map(CostTable::nameOf).orElse(null));
        json.addProperty("depth", row.depth());
        json.addProperty("batch", row.batch());
        json.addProperty("by", row.by().orElse(null));
        json.addProperty("duplicate", row.duplicate());
        addNumber(json, "nsPerOp", figures.map(Figures::nanosPerOp).orElse(null));
        addNumber(json, "error", figures.flatMap(CostJson::errorOf).orElse(null));
        addNumber(json, "bytesPerOp", figures.map(Figures::bytesPerOp).orElse(null));
        addNumber(json, "cyclesPerOp", figures.flatMap(CostJson::cyclesOf).orElse(null));
        json.addProperty("baseline", compared.baseline().map(Row::label).orElse(null));
        addNumber(json, "ratio", compared.ratio().map(Ratio::median).orElse(null));
        addNumber(json, "ratioLowest", compared.ratio().map(Ratio::lowest).orElse(null));
        addNumber(json, "ratioHighest", compared.ratio().map(Ratio::highest).orElse(null));
        addNumber(json, "vsGlibc", compared.vsGlibc().map(Ratio::median).orElse(null));
        addNumber(json, "vsGlibcLowest", compared.vsGlibc().map(Ratio::lowest).orElse(null));
        addNumber(json, "vsGlibcHighest", compared.vsGlibc().map(Ratio::highest).orElse(null));
        json.add("nsByRound", of(compared.nanosByRound()));
        json.add("ratioByRound", of(compared.ratiosByRound()));
        json.addProperty("rounds", figures.map(Figures::rounds).orElse(0));
        json.add("sample", figures.flatMap(Figures::samples).map(CostJson::of).orElse(JsonNull.INSTANCE));
        json.addProperty("note", compared.note().orElse(null));
        return json;
    }

    private static JsonElement of(List<Double> numbers) {
        return GSON.toJsonTree(numbers.stream().map(CostJson::rounded).toList());
    }

    private static JsonElement of(Ratio ratio) {
        JsonObject json = new JsonObject();
        json.addProperty("median", rounded(ratio.median()));
        json.addProperty("lowest", rounded(ratio.lowest()));
        json.addProperty("highest", rounded(ratio.highest()));
        return json;
    }

    private static JsonElement of(Samples samples) {
        JsonObject json = new JsonObject();
        json.addProperty("size", samples.size());
        json.addProperty("p50", samples.percentile(50));
        json.addProperty("p90", samples.percentile(90));
        json.addProperty("p99", samples.percentile(99));
        json.addProperty("p999", samples.percentile(99.9));
        json.addProperty("max", samples.max());
        json.add("histogram", GSON.toJsonTree(samples.histogram()));
        return json;
    }

    private static Optional<Double> errorOf(Figures figures) {
        return figures.error().stream().boxed().findFirst();
    }

    private static Optional<Double> cyclesOf(Figures figures) {
        return figures.cyclesPerOp().stream().boxed().findFirst();
    }

    private static void addNumber(JsonObject json, String name, @Nullable Double number) {
        if (number == null) {
            json.add(name, JsonNull.INSTANCE);
        } else {
            json.addProperty(name, rounded(number));
        }
    }

    /**
     * Rounds a figure as reports give it.
     *
     * @param number the figure
     * @return the same to four decimal places
     */
    static Double rounded(double number) {
        return Math.round(number * ROUNDING) / ROUNDING;
    }
}
