package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Parameter;
import dev.trapgate.cli.Columns.Side;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.notation.CallTarget;
import dev.trapgate.notation.ParameterCount;
import dev.trapgate.notation.PlacedArguments;
import dev.trapgate.notation.RoomySpace;
import dev.trapgate.notation.UsageException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapgate walk}: one call through a gate of the emulated machine, step by step. */
@Command(
        name = "walk",
        mixinStandardHelpOptions = true,
        description = "Makes a call on the emulated machine and shows every step of the way in and out.",
        footer = {
            "",
            "Arguments are written as for call. A gate that the processor or kernel lacks shows the fault it raises.",
            "'push' and 'pop' are the processor's own; the kernel's code saves and restores.",
            "",
            "The JSON is an object: call, number, abi, gate, kernel, vendor; steps, an array of {actor, kind, text};",
            "pushes, what the processor pushed; frame, an array of {actor, address, size, value, meaning}; result or end;",
            "bill, an array of {item, entry, whole}.",
            "",
            "Exit status: 0 done; 1 the call answered an error, or its program was killed; 2 wrong usage."
        })
final class WalkCommand implements Callable<Integer> {

    /** Offsets of one pt_regs are below this. */
    private static final int ONE_FRAME = 256;

    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CALL", description = "The call, by its name or its gate's number.")
    private String target = "";

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Its arguments.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            defaultValue = "INT80",
            description = "The gate: ${COMPLETION-CANDIDATES}. INT80 unless given.")
    private WalkGate gate = WalkGate.INT80;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            defaultValue = "MODERN",
            description = "The kernel: CLASSIC is 2.6.18 of i386, MODERN is 5.17 of x86-64. MODERN unless given.")
    private WalkKernel kernel = WalkKernel.MODERN;

    @Option(
            names = "--vendor",
            paramLabel = "VENDOR",
            defaultValue = "INTEL",
            description = "The processor: ${COMPLETION-CANDIDATES}. INTEL unless given.")
    private Vendor vendor = Vendor.INTEL;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /**
     * Takes the command's own description, and has it read {@code -1} as an argument.
     *
     * @param spec the description
     */
    @Spec
    void describedBy(CommandSpec spec) {
        this.spec = spec;
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() {
        words.stream().filter(word -> word.startsWith("--")).findFirst().ifPresent(WalkCommand::refuseOption);
        CallRequest request = CallRequest.parse(target, words);
        try (Walk walk = new Walk(gate, kernel, vendor)) {
            CallTarget call = CallTarget.of(request.target(), walk.abi());
            call.call().ifPresent(known -> ParameterCount.check(known, walk.abi(), words.size()));
            if (words.size() > ParameterCount.OF_UNKNOWN_CALL) {
                throw new UsageException(words.size() + " arguments; a call has at most six");
            }
            PlacedArguments arguments = new PlacedArguments(
                    request.arguments(), parameters(call, walk.abi()), walk.abi(), new RoomySpace(walk.scope()));
            walk.go(call.number(), arguments.values());
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(JsonText.of(document(walk, call)));
            } else {
                print(walk, call, out::println);
            }
            out.flush();
            return walk.end().isPresent() || Errno.isError(walk.result()) ? ExitStatus.DIFFERED : ExitStatus.DONE;
        }
    }

    private static List<Parameter> parameters(CallTarget call, Abi abi) {
        return call.call().map(known -> known.parameters(abi)).orElse(List.of());
    }

    private static void refuseOption(String word) {
        throw new UsageException(
                "unknown option '" + word + "'; walk has --gate, --kernel, --vendor, --json and --help");
    }

    private void print(Walk walk, CallTarget call, Consumer<String> out) {
        out.accept(call.name() + " is " + call.number() + " of " + walk.abi() + ", through " + lower(gate)
                + " into the " + lower(kernel) + " kernel on " + lower(vendor));
        out.accept("");
        Columns steps = new Columns(Side.LEFT, Side.LEFT, Side.LEFT);
        walk.steps().forEach(step -> steps.row(step.actor(), step.kind(), step.text()));
        steps.lines().forEach(out);
        printFrame(words(walk, "cpu"), base(walk), "Pushed by the processor", out);
        printFrame(words(walk, "kernel"), base(walk), "Saved by the kernel's entry", out);
        out.accept("");
        out.accept(outcome(walk));
        out.accept("");
        bill(walk).lines().forEach(out);
    }

    /** The frame as the manuals draw it: high addresses first. */
    private static void printFrame(List<WalkWord> words, long frameBase, String title, Consumer<String> out) {
        out.accept("");
        if (words.isEmpty()) {
            out.accept(title + ": nothing");
            return;
        }
        boolean joined = words.getFirst().address() - frameBase < ONE_FRAME
                && words.getLast().address() >= frameBase;
        long base = joined ? frameBase : words.getLast().address();
        Columns columns =
                new Columns(Side.RIGHT, Side.LEFT, Side.RIGHT, Side.LEFT).row("offset", "address", "value", "");
        for (WalkWord word : words) {
            String value = WalkRecorder.hex(word.value());
            columns.row(
                    WalkRecorder.hex(word.address() - base), WalkRecorder.hex(word.address()), value, word.meaning());
        }
        out.accept(title + ':');
        columns.lines().forEach(out);
    }

    /** The last word saved: where pt_regs begins. */
    private static long base(Walk walk) {
        List<WalkWord> frame = walk.recorder().frame();
        return frame.isEmpty() ? 0 : frame.getLast().address();
    }

    private static List<WalkWord> words(Walk walk, String actor) {
        return walk.recorder().frame().stream()
                .filter(word -> word.actor().equals(actor))
                .toList();
    }

    private static String outcome(Walk walk) {
        Optional<TaskEnd> end = walk.end();
        if (end.isPresent()) {
            return "The program was " + end.get();
        }
        long result = walk.result();
        return "The answer is " + result
                + Errno.of(result)
                        .map(errno -> " (" + errno + ", " + errno.message() + ')')
                        .orElse("");
    }

    private static Columns bill(Walk walk) {
        Columns columns =
                new Columns(Side.LEFT, Side.RIGHT, Side.RIGHT).row("the bill", "instruction in", "whole passage");
        for (WalkBill.Item item : WalkBill.Item.values()) {
            columns.row(
                    item.words(),
                    String.valueOf(walk.recorder().entryBill().of(item)),
                    String.valueOf(walk.recorder().wholeBill().of(item)));
        }
        return columns;
    }

    private JsonObject document(Walk walk, CallTarget call) {
        JsonObject document = new JsonObject();
        document.addProperty("call", call.name());
        document.addProperty("number", call.number());
        document.addProperty("abi", walk.abi().displayName());
        document.addProperty("gate", lower(gate));
        document.addProperty("kernel", lower(kernel));
        document.addProperty("vendor", lower(vendor));
        JsonArray steps = new JsonArray();
        walk.steps().forEach(step -> steps.add(object(step)));
        document.add("steps", steps);
        JsonArray pushes = new JsonArray();
        JsonArray frame = new JsonArray();
        for (WalkWord word : walk.recorder().frame()) {
            frame.add(object(word));
            if ("cpu".equals(word.actor())) {
                pushes.add(word.meaning());
            }
        }
        document.add("pushes", pushes);
        document.add("frame", frame);
        walk.end()
                .ifPresentOrElse(
                        end -> document.addProperty("end", end.toString()),
                        () -> document.addProperty("result", walk.result()));
        document.add("bill", billArray(walk));
        return document;
    }

    private static JsonObject object(WalkStep step) {
        JsonObject object = new JsonObject();
        object.addProperty("actor", step.actor());
        object.addProperty("kind", step.kind());
        object.addProperty("text", step.text());
        return object;
    }

    private static JsonObject object(WalkWord word) {
        JsonObject object = new JsonObject();
        object.addProperty("actor", word.actor());
        object.addProperty("address", WalkRecorder.hex(word.address()));
        object.addProperty("size", word.size());
        object.addProperty("value", WalkRecorder.hex(word.value()));
        object.addProperty("meaning", word.meaning());
        return object;
    }

    private static JsonArray billArray(Walk walk) {
        JsonArray bill = new JsonArray();
        for (WalkBill.Item item : WalkBill.Item.values()) {
            JsonObject row = new JsonObject();
            row.addProperty("item", item.words());
            row.addProperty("entry", walk.recorder().entryBill().of(item));
            row.addProperty("whole", walk.recorder().wholeBill().of(item));
            bill.add(row);
        }
        return bill;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
