package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.Gates;
import dev.trapgate.abi.Abi;
import dev.trapgate.capability.Capabilities;
import dev.trapgate.cli.Columns.Side;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.host.HostFacts;
import dev.trapgate.notation.UsageException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trapgate gates}: shows which ways into the kernel this host has. */
@Command(
        name = "gates",
        mixinStandardHelpOptions = true,
        description = {
            "Shows every gate: whose numbers it speaks, open or not and why, and what probing found.",
            "With --calls: each system call, whether this kernel has it and lets it through, and how that is known."
        },
        footer = {
            "",
            "The JSON is an object of two: \"gates\", an array of {gate, abi, open, reason, findings}, where",
            "reason is there for a shut gate only, and \"host\", facts by name.",
            "",
            "With --calls it is {abi, facts, calls}, calls an array of {name, number, since, availability, basis,",
            "evidence}. Availability is PRESENT, MISSING (the kernel answers ENOSYS), REFUSED (a seccomp filter does),",
            "or UNKNOWN; basis is OBSERVED or INFERRED. Calls are tried in child processes, with arguments that can",
            "only fail."
        })
final class GatesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--calls", description = "Show the system calls that this kernel has.")
    private boolean calls;

    @Option(
            names = "--abi",
            paramLabel = "ABI",
            description = "With --calls: by whose numbers, x86_64 (the default) or i386.")
    private @Nullable Abi abi;

    @Override
    public Integer call() {
        if (calls) {
            return callsOf(abi == null ? Abi.X86_64 : abi);
        }
        if (abi != null) {
            throw new UsageException("--abi goes with --calls; gates are shown of all ABIs");
        }
        List<GateStatus> gates = Gates.all();
        Map<String, String> host = HostFacts.all();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonText.of(document(gates, host)));
        } else {
            print(out, gates, host);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private int callsOf(Abi wanted) {
        if (wanted != Abi.X86_64 && wanted != Abi.I386) {
            throw new UsageException("no gate speaks " + wanted + "; take x86_64 or i386");
        }
        CapabilityReport report = new CapabilityReport(Capabilities.ofTheHost(wanted));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonText.of(report.json()));
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private static JsonObject document(List<GateStatus> gates, Map<String, String> host) {
        JsonArray array = new JsonArray();
        gates.stream().map(GatesCommand::object).forEach(array::add);
        JsonObject document = new JsonObject();
        document.add("gates", array);
        document.add("host", object(host));
        return document;
    }

    private static JsonObject object(GateStatus status) {
        JsonObject object = new JsonObject();
        object.addProperty("gate", status.gate().name());
        object.addProperty("abi", status.gate().abi().displayName());
        object.addProperty("open", status.isOpen());
        status.unavailable().ifPresent(reason -> object.addProperty("reason", reason));
        object.add("findings", object(status.findings()));
        return object;
    }

    private static JsonObject object(Map<String, String> texts) {
        JsonObject object = new JsonObject();
        texts.forEach(object::addProperty);
        return object;
    }

    private static void print(PrintWriter out, List<GateStatus> gates, Map<String, String> host) {
        Columns table = new Columns(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT).row("GATE", "ABI", "STATE", "FOUND");
        for (GateStatus status : gates) {
            String gate = status.gate().name();
            String abi = status.gate().abi().displayName();
            table.row(
                    gate,
                    abi,
                    status.isOpen() ? "open" : "shut",
                    status.unavailable().orElse(""));
            status.findings().forEach((name, finding) -> table.row("", "", "", name + ": " + finding));
        }
        table.lines().forEach(out::println);
        out.println();
        Columns facts = new Columns(Side.LEFT, Side.LEFT).row("HOST", "");
        host.forEach(facts::row);
        facts.lines().forEach(out::println);
    }
}
