package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.host.vdso.AuxiliaryComparison;
import dev.trapgate.host.vdso.AuxiliaryComparison.Agreement;
import dev.trapgate.host.vdso.AuxiliaryReading;
import dev.trapgate.host.vdso.AuxiliarySource;
import dev.trapgate.host.vdso.AuxiliaryType;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trapgate auxv}: the auxiliary vector from three sources, decoded and compared. */
@Command(
        name = "auxv",
        mixinStandardHelpOptions = true,
        description = "Decodes this process's auxiliary vector, read in three ways, and compares them.",
        footer = {"", "Exit status: 0 the sources agree; 1 they differ; 3 this host runs no 32-bit programs."})
final class AuxvCommand implements Callable<Integer> {

    private static final String NO_VALUE = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--i386", description = "Show the vector of a real 32-bit process, found by walking its stack.")
    private boolean i386;

    /**
     * Prints what was found.
     *
     * @throws GateUnavailableException if a 32-bit process was asked for and this host runs none
     */
    @Override
    public Integer call() {
        if (i386) {
            return CompanionAuxv.of(RunningCompanion.orThrow())
                    .print(spec.commandLine().getOut(), json);
        }
        AuxiliaryComparison comparison = AuxiliaryComparison.ofThisProcess();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? JsonText.of(document(comparison)) : String.join(System.lineSeparator(), text(comparison)));
        out.flush();
        return comparison.agrees() ? ExitStatus.DONE : ExitStatus.DIFFERED;
    }

    private static List<String> text(AuxiliaryComparison comparison) {
        List<String> lines = new ArrayList<>(table(comparison).lines());
        lines.add("");
        comparison.readings().stream()
                .filter(reading -> !reading.isMade())
                .forEach(reading -> lines.add(reading.source().displayName() + " refused: "
                        + reading.refusal().orElseThrow()));
        if (comparison.sysinfo().isEmpty()) {
            lines.add("AT_SYSINFO is " + AuxiliaryType.NO_SYSINFO + ".");
        }
        comparison.rows().stream()
                .filter(row -> row.agreement() == Agreement.GLIBC_DIFFERS_KNOWINGLY)
                .forEach(row -> lines.add(row.name() + ": " + AuxiliarySource.GETAUXVAL.displayName()
                        + " answers with glibc's own bits, not the kernel's; shown in words are the kernel's."));
        lines.add(verdict(comparison));
        return lines;
    }

    private static Columns table(AuxiliaryComparison comparison) {
        Columns.Side left = Columns.Side.LEFT;
        Columns columns = new Columns(Columns.Side.RIGHT, left, left, left, left, left, left);
        columns.row(
                "type",
                "name",
                AuxiliarySource.GETAUXVAL.displayName(),
                AuxiliarySource.PRCTL.displayName(),
                AuxiliarySource.PROC.displayName(),
                "what it is",
                "value");
        for (AuxiliaryComparison.Row row : comparison.rows()) {
            columns.row(
                    Long.toString(row.type()),
                    row.name() + (row.agreement() == Agreement.DIFFERENT ? " DIFFERS" : ""),
                    value(row, AuxiliarySource.GETAUXVAL),
                    value(row, AuxiliarySource.PRCTL),
                    value(row, AuxiliarySource.PROC),
                    subject(row),
                    row.text());
        }
        return columns;
    }

    private static String value(AuxiliaryComparison.Row row, AuxiliarySource source) {
        return Optional.ofNullable(row.values().get(source))
                .map(AuxvCommand::hex)
                .orElse(NO_VALUE);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String subject(AuxiliaryComparison.Row row) {
        return AuxiliaryType.of(row.type()).map(AuxiliaryType::subject).orElse("not known to Trapgate");
    }

    private static String verdict(AuxiliaryComparison comparison) {
        List<String> different = comparison.rows().stream()
                .filter(row -> row.agreement() == Agreement.DIFFERENT)
                .map(AuxiliaryComparison.Row::name)
                .toList();
        long sources =
                comparison.readings().stream().filter(AuxiliaryReading::isMade).count();
        return different.isEmpty()
                ? "The sources that answered, " + sources + " of 3, agree."
                : "The sources differ: " + String.join(", ", different) + ".";
    }

    private static JsonObject document(AuxiliaryComparison comparison) {
        JsonArray sources = new JsonArray();
        comparison.readings().forEach(reading -> sources.add(source(reading)));
        JsonArray entries = new JsonArray();
        comparison.rows().forEach(row -> entries.add(entry(row)));
        JsonObject sysinfo = new JsonObject();
        comparison
                .sysinfo()
                .ifPresentOrElse(
                        address -> sysinfo.addProperty("address", hex(address)),
                        () -> sysinfo.addProperty("absent", AuxiliaryType.NO_SYSINFO));
        JsonObject document = new JsonObject();
        document.add("sources", sources);
        document.add("entries", entries);
        document.add("sysinfo", sysinfo);
        document.addProperty("agree", comparison.agrees());
        return document;
    }

    private static JsonObject source(AuxiliaryReading reading) {
        JsonObject source = new JsonObject();
        source.addProperty("name", reading.source().displayName());
        source.addProperty("answered", reading.isMade());
        reading.refusal().ifPresent(reason -> source.addProperty("refusal", reason));
        return source;
    }

    private static JsonObject entry(AuxiliaryComparison.Row row) {
        JsonObject values = new JsonObject();
        row.values().forEach((source, value) -> values.addProperty(source.displayName(), hex(value)));
        JsonObject entry = new JsonObject();
        entry.addProperty("type", row.type());
        entry.addProperty("name", row.name());
        entry.add("values", values);
        entry.addProperty("text", row.text());
        entry.addProperty("subject", subject(row));
        entry.addProperty("agreement", row.agreement().name());
        return entry;
    }
}
