package dev.trapgate.host;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.host.glibc.LinkedShapes;
import dev.trapgate.host.libc.Downcalls;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What GraalVM's native-image has to be told of this library, in the form of its reachability-metadata-schema-v1.2.0.json.
 * Running {@code main} writes the file anew.
 */
public final class ReachabilityMetadata {

    /** The file that the jar has. */
    static final Path FILE =
            Path.of("src/main/resources/META-INF/native-image/dev.trapgate/trapgate/reachability-metadata.json");

    private static final int MOST_ARGUMENTS = 7;

    private ReachabilityMetadata() {}

    /** Writes the file, by what is linked on this host. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(FILE, text(downcalls(LinkedShapes.all())));
    }

    /** {@return downcalls as the file has them, each one line of JSON} */
    static Set<String> downcalls(Set<Downcalls.Shape> shapes) {
        Set<String> downcalls = new TreeSet<>();
        shapes.forEach(shape -> downcalls.add(downcall(shape).toString()));
        return downcalls;
    }

    private static JsonObject downcall(Downcalls.Shape shape) {
        JsonObject downcall = new JsonObject();
        downcall.addProperty(
                "returnType",
                shape.descriptor()
                        .returnLayout()
                        .map(ReachabilityMetadata::type)
                        .orElse("void"));
        JsonArray parameters = new JsonArray();
        shape.descriptor().argumentLayouts().forEach(layout -> parameters.add(type(layout)));
        downcall.add("parameterTypes", parameters);
        JsonObject options = options(shape.options());
        if (!options.isEmpty()) {
            downcall.add("options", options);
        }
        return downcall;
    }

    private static JsonObject options(List<Linker.Option> linked) {
        JsonObject options = new JsonObject();
        if (linked.contains(Linker.Option.captureCallState("errno"))) {
            options.addProperty("captureCallState", true);
        }
        if (linked.contains(Linker.Option.critical(false))) {
            JsonObject critical = new JsonObject();
            critical.addProperty("allowHeapAccess", false);
            options.add("critical", critical);
        }
        IntStream.rangeClosed(0, MOST_ARGUMENTS)
                .filter(index -> linked.contains(Linker.Option.firstVariadicArg(index)))
                .forEach(index -> options.addProperty("firstVariadicArg", index));
        if (options.size() != linked.size()) {
            throw new IllegalStateException("a linker option that is not known here is among " + linked);
        }
        return options;
    }

    private static String type(MemoryLayout layout) {
        if (layout instanceof AddressLayout) {
            return "void*";
        }
        if (layout instanceof ValueLayout value) {
            return "j" + value.carrier();
        }
        throw new IllegalStateException("a structure by value: " + layout);
    }

    /** {@return the whole file} */
    static String text(Set<String> downcalls) {
        String resources = String.join(
                ",\n    ",
                List.of(
                        "{\"glob\": \"dev/trapgate/abi/*\"}",
                        "{\"glob\": \"dev/trapgate/capability/*\"}",
                        "{\"glob\": \"dev/trapgate/differential/**\"}"));
        return "{\n  \"resources\": [\n    " + resources + "\n  ],\n  \"foreign\": {\n    \"downcalls\": [\n      "
                + String.join(",\n      ", downcalls) + "\n    ]\n  }\n}\n";
    }
}
