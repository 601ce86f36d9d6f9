package dev.trapgate.differential;

import dev.trapgate.notation.WrittenArgument;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes scenarios as {@link ScenarioParser} reads them. */
final class ScenarioText {

    private static final String INDENT = "    ";

    private ScenarioText() {}

    /** {@return a scenario's text, a line each} */
    static String of(Scenario scenario) {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        if (!scenario.description().isEmpty()) {
            lines.add("# " + scenario.description());
        }
        if (!scenario.abis().isEmpty()) {
            lines.add("abi "
                    + scenario.abis().stream()
                            .map(abi -> abi.displayName())
                            .sorted()
                            .collect(Collectors.joining(" ")));
        }
        if (!scenario.users().isEmpty()) {
            lines.add("user "
                    + scenario.users().stream().map(User::toString).sorted().collect(Collectors.joining(" ")));
        }
        String open = Step.FIRST;
        for (Step step : scenario.steps()) {
            String thread = thread(step);
            if (!thread.equals(open) && !open.equals(Step.FIRST)) {
                lines.add("}");
            }
            if (!thread.equals(open) && !thread.equals(Step.FIRST)) {
                lines.add("thread " + thread + " {");
            }
            lines.add((thread.equals(Step.FIRST) ? "" : INDENT) + of(step));
            open = isLastOfBlock(step) ? closed(lines) : thread;
        }
        if (!open.equals(Step.FIRST)) {
            lines.add("}");
        }
        return lines.toString();
    }

    private static String thread(Step step) {
        return step instanceof Step.Call call ? call.thread() : Step.FIRST;
    }

    private static boolean isLastOfBlock(Step step) {
        return step instanceof Step.Call call && call.blocks();
    }

    private static String marker(Step.Return awaited) {
        return switch (awaited) {
            case AT_ONCE -> "";
            case BLOCKS -> " blocks";
            case MAY_BLOCK -> " may block";
        };
    }

    private static String closed(StringJoiner lines) {
        lines.add("}");
        return Step.FIRST;
    }

    /** {@return a step's line} */
    static String of(Step step) {
        return switch (step) {
            case Step.Memory memory ->
                memory.name() + " = " + WrittenArgument.of(memory.argument())
                        + (memory.content() == Step.Content.RANDOM ? " : random" : "");
            case Step.Call call ->
                call.name().map(name -> name + " = ").orElse("")
                        + call.target()
                        + call.arguments().stream().map(WrittenArgument::of).collect(Collectors.joining(", ", "(", ")"))
                        + marker(call.awaited());
            case Step.Handler handler -> handler.name() + " = handler";
            case Step.Await await -> "await " + await.thread();
            case Step.Join join -> "join " + join.thread();
        };
    }
}
