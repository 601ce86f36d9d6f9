package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.capability.Availability;
import dev.trapgate.capability.Basis;
import dev.trapgate.capability.Capabilities;
import dev.trapgate.capability.Capability;
import dev.trapgate.capability.KernelVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a kernel has of its calls, for a person or a program.
 *
 * @param capabilities what was found
 */
record CapabilityReport(Capabilities capabilities) {

    /** {@return what the answers rest on, how many there are of each, then one line a call} */
    List<String> lines() {
        List<String> lines = new ArrayList<>(capabilities.facts());
        lines.add(counts());
        lines.add("");
        Columns table = new Columns(
                        Columns.Side.RIGHT,
                        Columns.Side.LEFT,
                        Columns.Side.LEFT,
                        Columns.Side.LEFT,
                        Columns.Side.LEFT,
                        Columns.Side.LEFT)
                .row("NUMBER", "NAME", "SINCE", "STATE", "", "EVIDENCE");
        for (Capability call : capabilities.all()) {
            table.row(
                    String.valueOf(call.number()),
                    call.call().callName(),
                    call.since().map(KernelVersion::toString).orElse("-"),
                    lower(call.availability()),
                    call.basis() == Basis.INFERRED ? "inferred" : "",
                    call.evidence());
        }
        lines.addAll(table.lines());
        return lines;
    }

    private String counts() {
        return capabilities.abi() + ": "
                + Arrays.stream(Availability.values())
                        .filter(state -> count(state) > 0)
                        .map(state -> count(state) + " " + lower(state))
                        .collect(Collectors.joining(", "));
    }

    private long count(Availability state) {
        return capabilities.all().stream()
                .filter(call -> call.availability() == state)
                .count();
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** {@return the same as JSON} */
    JsonObject json() {
        JsonArray facts = new JsonArray();
        capabilities.facts().forEach(facts::add);
        JsonArray calls = new JsonArray();
        capabilities.all().stream().map(CapabilityReport::object).forEach(calls::add);
        JsonObject document = new JsonObject();
        document.addProperty("abi", capabilities.abi().displayName());
        document.add("facts", facts);
        document.add("calls", calls);
        return document;
    }

    private static JsonObject object(Capability capability) {
        JsonObject object = new JsonObject();
        object.addProperty("name", capability.call().callName());
        object.addProperty("number", capability.number());
        capability.since().ifPresent(since -> object.addProperty("since", since.toString()));
        object.addProperty("availability", capability.availability().name());
        object.addProperty("basis", capability.basis().name());
        object.addProperty("evidence", capability.evidence());
        return object;
    }
}
