package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scenarios in files. */
public final class ScenarioFiles {

    /** How the names of scenarios' files end. */
    public static final String SUFFIX = ".scenario";

    private static final String OWN = "scenarios";

    private ScenarioFiles() {}

    /** {@return the library's own scenarios, by name} */
    public static List<Scenario> own() {
        try {
            URL found = ScenarioFiles.class.getResource(OWN);
            if (found == null) {
                throw new IllegalStateException("the library's scenarios are missing");
            }
            URI place = found.toURI();
            if (!place.getScheme().equals("jar")) {
                return below(Path.of(place));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                return below(jar.getPath("/dev/trapgate/differential/" + OWN));
            }
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException("the library's scenarios cannot be read", unreadable);
        }
    }

    /**
     * Reads a file, or all below a directory whose names end in {@link #SUFFIX}.
     *
     * @param path the file or directory
     * @return the scenarios, by name
     * @throws UsageException if there is none to read, or one is broken; the message says where
     */
    public static List<Scenario> read(Path path) {
        if (!Files.exists(path)) {
            throw new UsageException("there is no file " + path);
        }
        try {
            return Files.isDirectory(path) ? below(path) : List.of(one(path, path.toString()));
        } catch (IOException | UncheckedIOException unreadable) {
            throw new UsageException("cannot read " + path + ": " + unreadable.getMessage());
        }
    }

    /**
     * Finds a convention by its name.
     *
     * @param word its name
     * @return the convention
     * @throws UsageException if scenarios know none of that name
     */
    public static Abi abi(String word) {
        return ScenarioParser.abi(word);
    }

    private static List<Scenario> below(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
            List<Scenario> scenarios = new java.util.ArrayList<>();
            for (Path file : found) {
                scenarios.add(one(file, directory.relativize(file).toString()));
            }
            return scenarios;
        }
    }

    private static Scenario one(Path file, String name) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > ScenarioParser.TEXT_LIMIT) {
            throw new UsageException(name + ": a scenario has at most " + ScenarioParser.TEXT_LIMIT + " bytes (1 MiB)");
        }
        try (var in = Files.newInputStream(file)) {
            return ScenarioParser.parse(name, in.readNBytes(ScenarioParser.TEXT_LIMIT + 1));
        }
    }
}
