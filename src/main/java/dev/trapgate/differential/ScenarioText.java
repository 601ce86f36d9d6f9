package dev.trapgate.differential;

import dev.trapgate.notation.WrittenArgument;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes scenarios as {@link ScenarioParser} reads them. */
final class ScenarioText {

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
        scenario.steps().forEach(step -> lines.add(of(step)));
        return lines.toString();
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
                        + call.arguments().stream()
                                .map(WrittenArgument::of)
                                .collect(Collectors.joining(", ", "(", ")"));
        };
    }
}
