package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Syscall;
import dev.trapgate.notation.CallLookup;
import dev.trapgate.notation.CallText;
import dev.trapgate.notation.UsageException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapgate table}: the system calls of each ABI, looked up in both directions. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the system calls of an ABI, or looks one up.",
            "By name: its number, parameters and kernel entry point in each ABI.",
            "By number: what that number is in each ABI.",
            "With --emulated: what the emulated kernel has of them."
        })
final class TableCommand implements Callable<Integer> {

    private static final Abi DEFAULT_ABI = Abi.X86_64;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME|NUMBER",
            description = "A call's name, or a number: decimal, 0x hexadecimal, 0o octal.")
    private @Nullable String wanted;

    @Option(
            names = "--abi",
            paramLabel = "ABI",
            description =
                    "x86_64 (the default of the list), i386, x32 or aarch64; a look-up shows all unless one is given.")
    private @Nullable Abi abi;

    @Option(
            names = "--compare",
            paramLabel = "ABI",
            description =
                    "List how that ABI differs from the one of --abi: calls that only one has, and other parameters.")
    private @Nullable Abi compared;

    @Option(
            names = "--emulated",
            description =
                    "List what the emulated kernel has: each call supported, in part (and what is missing) or not, and how many.")
    private boolean emulated;

    @Option(
            names = "--json",
            description = {
                "Write an array of {name, number, parameters, prompt} for one ABI;",
                "with --emulated, of {abi, supported, partial, absent, calls} for each."
            })
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (String line : text()) {
            out.println(line);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private List<String> text() {
        if (emulated) {
            return emulatedTable();
        }
        if (compared != null) {
            return comparison(listed(), compared);
        }
        if (json) {
            return List.of(JsonText.of(json()));
        }
        return wanted == null ? list(listed()) : lookUp(wanted);
    }

    private List<String> emulatedTable() {
        if (wanted != null || compared != null) {
            throw new UsageException("--emulated lists a whole table: leave out NAME, NUMBER and --compare");
        }
        if (abi != null && !EmulatedSupport.ABIS.contains(abi)) {
            throw new UsageException("the emulated kernel has no table for " + abi + "; take x86_64 or i386");
        }
        List<EmulatedSupport> shown = (abi == null ? EmulatedSupport.ABIS : List.of(abi))
                .stream().map(EmulatedSupport::of).toList();
        if (json) {
            JsonArray document = new JsonArray();
            shown.forEach(support -> document.add(support.json()));
            return List.of(JsonText.of(document));
        }
        List<String> lines = new ArrayList<>();
        for (EmulatedSupport support : shown) {
            lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
            lines.addAll(support.lines());
        }
        return lines;
    }

    private Abi listed() {
        return abi == null ? DEFAULT_ABI : abi;
    }

    private List<String> comparison(Abi one, Abi other) {
        if (wanted != null || json) {
            throw new UsageException("--compare sets two whole tables side by side: leave out NAME, NUMBER and --json");
        }
        if (one == other) {
            throw new UsageException(
                    "--compare " + other + " compares " + other + " with itself; set --abi to another");
        }
        return new AbiComparison(one, other).lines();
    }

    private List<String> lookUp(String text) {
        if (CallLookup.isNumber(text) && abi == null) {
            return new NumberReport(CallLookup.number(text)).lines();
        }
        if (abi == null) {
            return CallReport.everywhere(CallLookup.named(text)).lines();
        }
        return CallReport.in(abi, CallLookup.in(abi, text)).lines();
    }

    private static List<String> list(Abi abi) {
        Columns table = new Columns(Columns.Side.RIGHT, Columns.Side.LEFT, Columns.Side.LEFT, Columns.Side.LEFT)
                .row("NUMBER", "NAME", "NOTE", "PARAMETERS");
        for (Syscall call : CallLookup.all(abi)) {
            table.row(
                    String.valueOf(call.number(abi)),
                    call.callName(),
                    CallText.note(call, abi),
                    CallText.parameters(call, abi));
        }
        return table.lines();
    }

    private JsonArray json() {
        Abi shown = listed();
        JsonArray document = new JsonArray();
        List<Syscall> calls = wanted == null ? CallLookup.all(shown) : List.of(CallLookup.in(shown, wanted));
        calls.forEach(call -> document.add(json(call, shown)));
        return document;
    }

    private static JsonObject json(Syscall call, Abi abi) {
        JsonArray parameters = new JsonArray();
        for (Parameter parameter : call.parameters(abi)) {
            JsonObject element = new JsonObject();
            element.addProperty("type", parameter.type());
            element.addProperty("name", parameter.name());
            parameters.add(element);
        }
        JsonObject object = new JsonObject();
        object.addProperty("name", call.callName());
        object.addProperty("number", call.number(abi));
        object.add("parameters", parameters);
        object.addProperty("prompt", call.prompt());
        return object;
    }
}
