package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.host.vdso.ElfImage;
import dev.trapgate.host.vdso.ElfSymbol;
import dev.trapgate.host.vdso.Vdso;
import dev.trapgate.host.vdso.VdsoEntry;
import dev.trapgate.host.vdso.VdsoFunction;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trapgate vdso}: where this process's vDSO is, and what it exports. */
@Command(
        name = "vdso",
        mixinStandardHelpOptions = true,
        description = "Shows this process's vDSO: load address, size, hash tables, versions, symbols.",
        footer = {"", "Exit status: 0 done; 3 the kernel maps no vDSO, or runs no 32-bit programs."})
final class VdsoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--i386", description = "Show a real 32-bit process's, with the code of __kernel_vsyscall.")
    private boolean i386;

    /**
     * Prints what was found.
     *
     * @throws GateUnavailableException if the process has no vDSO, or a 32-bit one was asked for and this host runs none
     */
    @Override
    public Integer call() {
        if (i386) {
            return new CompanionVdsoReport(RunningCompanion.orThrow())
                    .print(spec.commandLine().getOut(), json);
        }
        Vdso vdso = Vdso.ofThisProcess();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? JsonText.of(document(vdso)) : String.join(System.lineSeparator(), text(vdso)));
        out.flush();
        return ExitStatus.DONE;
    }

    private static List<String> text(Vdso vdso) {
        ElfImage image = vdso.image();
        Map<String, String> findings = VdsoEntry.findings();
        Columns facts = new Columns(Columns.Side.LEFT, Columns.Side.LEFT)
                .row("load address", hex(vdso.loadAddress()))
                .row("size", image.byteSize() + " bytes, up to " + hex(vdso.loadAddress() + image.byteSize()))
                .row("linked at", hex(image.linkedAddress()))
                .row("image", image.machine().displayName() + ", " + image.elfClass())
                .row("hash tables", joined(image.hashKinds()))
                .row("versions", image.versions().isEmpty() ? "none" : joined(image.versions()))
                .row("clocksource", findings.getOrDefault("clocksource", ""))
                .row("getrandom states", findings.getOrDefault("getrandom states", ""));
        List<String> lines = new ArrayList<>(facts.lines());
        lines.add("");
        lines.addAll(symbols(vdso).lines());
        missing(vdso)
                .forEach(function -> lines.add(function.symbol() + " is not exported: the gate makes the call "
                        + function.call().callName() + " itself"));
        return lines;
    }

    private static Columns symbols(Vdso vdso) {
        Columns.Side left = Columns.Side.LEFT;
        Columns columns = new Columns(left, left, left, Columns.Side.RIGHT, left, left, left);
        columns.row("symbol", "version", "address", "size", "type", "binding", "called by the gate");
        for (ElfSymbol symbol : vdso.symbols()) {
            columns.row(
                    symbol.name(),
                    symbol.version().orElse("-"),
                    hex(vdso.address(symbol)),
                    Long.toString(symbol.byteSize()),
                    symbol.type().name(),
                    symbol.binding().name(),
                    use(vdso, symbol));
        }
        return columns;
    }

    private static String use(Vdso vdso, ElfSymbol symbol) {
        return called(vdso, symbol)
                .map(function -> function.symbol().equals(symbol.name())
                        ? "for " + function.call().callName()
                        : "as " + function.symbol())
                .orElse("no");
    }

    private static Optional<VdsoFunction> called(Vdso vdso, ElfSymbol symbol) {
        return Arrays.stream(VdsoFunction.values())
                .filter(function -> vdso.address(function).stream()
                        .anyMatch(address -> !symbol.isAbsolute() && address == vdso.address(symbol)))
                .findFirst();
    }

    private static List<VdsoFunction> missing(Vdso vdso) {
        return Arrays.stream(VdsoFunction.values())
                .filter(function -> vdso.address(function).isEmpty())
                .toList();
    }

    private static String joined(Iterable<?> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.toString()));
        return texts.stream().collect(Collectors.joining(", "));
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static JsonObject document(Vdso vdso) {
        ElfImage image = vdso.image();
        Map<String, String> findings = VdsoEntry.findings();
        JsonObject document = new JsonObject();
        document.addProperty("loadAddress", hex(vdso.loadAddress()));
        document.addProperty("size", image.byteSize());
        document.addProperty("linkedAddress", hex(image.linkedAddress()));
        document.addProperty("machine", image.machine().displayName());
        document.addProperty("class", image.elfClass().name());
        document.add("hashTables", array(image.hashKinds()));
        document.add("versions", array(image.versions()));
        document.addProperty("clocksource", findings.get("clocksource"));
        document.addProperty("getrandomStates", findings.get("getrandom states"));
        JsonArray symbols = new JsonArray();
        vdso.symbols().forEach(symbol -> symbols.add(symbol(vdso, symbol)));
        document.add("symbols", symbols);
        document.add(
                "missing",
                array(missing(vdso).stream().map(VdsoFunction::symbol).toList()));
        return document;
    }

    private static JsonArray array(Iterable<?> values) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }

    private static JsonObject symbol(Vdso vdso, ElfSymbol symbol) {
        JsonObject object = new JsonObject();
        object.addProperty("name", symbol.name());
        symbol.version().ifPresent(version -> object.addProperty("version", version));
        object.addProperty("address", hex(vdso.address(symbol)));
        object.addProperty("size", symbol.byteSize());
        object.addProperty("type", symbol.type().name());
        object.addProperty("binding", symbol.binding().name());
        called(vdso, symbol)
                .ifPresent(function ->
                        object.addProperty("calledFor", function.call().callName()));
        return object;
    }
}
