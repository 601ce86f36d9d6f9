package dev.trapgate.cli;

import dev.trapgate.notation.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a program finds in its environment: this command's, as with env(1), changed by options. */
final class EnvironmentOptions {

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "Set a variable of the program's environment; without a value it is passed on from this "
                    + "command's, if it is there. May be repeated.")
    private List<String> changes = new ArrayList<>();

    @Option(
            names = "--clear-env",
            description = "Begin with no environment. Without it the program gets this command's whole environment.")
    private boolean clear;

    /** {@return whether any was given} */
    boolean areGiven() {
        return clear || !changes.isEmpty();
    }

    /** {@return the environment as execve(2) takes it: {@code NAME=VALUE}; of a name that is given twice the last counts} */
    List<String> of(Map<String, String> own) {
        Map<String, String> environment = clear ? new LinkedHashMap<>() : new LinkedHashMap<>(own);
        for (String change : changes) {
            int end = change.indexOf('=');
            String name = end < 0 ? change : change.substring(0, end);
            if (name.isEmpty()) {
                throw new UsageException("--env '" + change + "' has no name; NAME=VALUE or NAME is wanted");
            }
            if (end >= 0) {
                environment.put(name, change.substring(end + 1));
            } else if (own.containsKey(name)) {
                environment.put(name, own.get(name));
            } else {
                environment.remove(name);
            }
        }
        return environment.entrySet().stream()
                .map(variable -> variable.getKey() + '=' + variable.getValue())
                .toList();
    }
}
